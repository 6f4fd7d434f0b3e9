"""The commands that keep an install: backup, restore, erase."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from peil.cli.aside import say_aside
from peil.cli.speech.options import JsonOption, Shared, takes
from peil.cli.speech.progress import progress_bar

if TYPE_CHECKING:
    from peil.ops.backup.bundle import Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupOptions(Shared):
    target: Annotated[
        Path, typer.Argument(metavar="FOLDER|FILE", help="A folder, or a zip file to write.", show_default=False)
    ] = field()


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreOptions:
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The backup.", show_default=False)] = field()
    into: Annotated[
        Path, typer.Option("--into", metavar="FOLDER", help="A new or empty folder.", show_default=False)
    ] = field()
    erased: Annotated[
        Path | None,
        typer.Option(
            "--erased",
            metavar="FILE",
            help="Who was erased since: the newest peil.erased.json; without it, the one beside the backup.",
            show_default=False,
        ),
    ] = None
    json: JsonOption = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EraseOptions(Shared):
    customer: Annotated[
        list[str],
        typer.Option(
            "--customer",
            metavar="WORD",
            help="Customer number, e-mail address or phone number; repeat for all that name the same person.",
            show_default=False,
        ),
    ] = field()


@takes(BackupOptions)
def backup(given: BackupOptions) -> None:
    """Write a backup: one zip file with database, imports, settings and secrets. Everything goes on meanwhile."""
    _name_warehouse(given.warehouse)
    from peil.web.serving.running import set_up

    set_up()
    from peil.ops.backup import make_backup
    from peil.ops.backup.record import record_backup
    from peil.web.serving.keeping import the_stores

    with progress_bar("backup", shown=not given.json) as bar:
        made = make_backup(the_stores(), given.target, _bytes(bar))
    record_backup(made, the_stores().home)
    if given.json:
        typer.echo(json.dumps({"backup": str(made.path), "bytes": made.size, "imports": made.imports}))
    else:
        typer.echo(f"Wrote {made.path} ({made.size / 1e6:,.1f} MB, {made.imports} imports).")
        say_aside("It holds secrets and personal data: keep it as safe as the server itself, and somewhere else.")


@takes(RestoreOptions)
def restore(given: RestoreOptions) -> None:
    """Restore a backup into a new folder: checked first, then written, then its facts made anew."""
    from peil.ops.backup.restoring import restore_backup

    def bring_back(stores: Any) -> int:
        from peil.web.serving.keeping import bring_back as bring

        return bring(stores)

    with progress_bar("restore", shown=not given.json) as bar:
        back = restore_backup(given.file, given.into, bring_back, ledger=given.erased, progress=_bytes(bar))
    if given.json:
        told = {"folder": str(back.folder), "made_at": back.made_at, "imports": back.imports, "erased": back.erased}
        typer.echo(json.dumps(told))
        return
    typer.echo(f"Restored {back.imports} imports as they were at {back.made_at} (UTC) into {back.folder}.")
    if back.ledger is None:
        say_aside("No list of people erased since was found beside the backup; name it with --erased if there is one.")
    elif back.erased:
        typer.echo(f"Erased again: {back.erased} names on {back.ledger}.")
    typer.echo(f"To run it: peil serve --warehouse duckdb:///{back.folder}/peil.duckdb")


@takes(EraseOptions)
def erase(given: EraseOptions) -> None:
    """Erase a customer from everything that Peil keeps; figures stay as they are. There is no way back."""
    import peil.library
    from peil.library.beside import PeilBeside

    url = _name_warehouse(given.warehouse)
    opened = peil.library.open(url, tell=say_aside)
    if isinstance(opened, PeilBeside):
        told: dict[str, Any] = opened.ask("erase", words=given.customer)
    else:
        opened.close()
        told = _erase_here(given.customer)
    if given.json:
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    typer.echo(f"Certificate {told['number']}, {told['erased_at']}")
    for store, count in sorted(told["found"].items()):
        typer.echo(f"  {store:<40} {count:,}")
    if not told["found"]:
        typer.echo("  nothing was found by this name; it will be erased from backups that are restored")
    if told["unread"]:
        typer.echo(f"  {told['unread']} files under files/ can't be searched; look through them yourself")
    typer.echo(f"  backups that know of it: {told['ledgers']} folders; elsewhere, put peil.erased.json beside them")


def _erase_here(words: list[str]) -> dict[str, Any]:
    from peil.web.serving.running import set_up

    set_up()
    from peil.web.facts import close_warehouse
    from peil.web.serving.keeping import erase_customer

    try:
        return erase_customer(words).to_dict()
    finally:
        close_warehouse()


def _name_warehouse(url: str | None) -> str:
    """The rooms below read it from the environment."""
    import peil.library

    found = os.environ["PEIL_WAREHOUSE"] = peil.library.warehouse_url(url)
    return found


def _bytes(bar: Any) -> Progress | None:
    if bar is None:
        return None

    def told(done: int, total: int) -> None:
        bar(done // 1_000_000, done, total)

    return told
