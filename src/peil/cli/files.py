"""The commands about files: map, import, imports, undo, rebuild."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from peil.cli.aside import say_aside
from peil.cli.speech.options import Shared, takes
from peil.core.errors import UserError
from peil.report.words.numbers import printable

if TYPE_CHECKING:
    from peil.facts.drafting.draft import Draft
    from peil.warehouse.load import ImportEntry, ImportReport
    from peil.warehouse.rejected import Rejected

_SHOWN = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class MapOptions(Shared):
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="CSV, XLSX, SPSS, Parquet or JSON lines; gzip of those.", show_default=False
        ),
    ] = field()
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="MAPPING", help="Write it here; without it, to stdout.")
    ] = None
    force: Annotated[bool, typer.Option("--force", help="Write over a mapping that is there.")] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions(Shared):
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE", help="One or more files of one form.", show_default=False)
    ] = field()
    mapping: Annotated[
        Path,
        typer.Option(
            "--mapping", "-m", metavar="MAPPING", help="Their mapping; `peil map` drafts one.", show_default=False
        ),
    ] = field()


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoOptions(Shared):
    import_id: Annotated[
        str | None,
        typer.Argument(
            metavar="IMPORT", help="Which one; without it, the last. `peil imports` lists them.", show_default=False
        ),
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RebuildOptions(Shared):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportsOptions(Shared):
    import_id: Annotated[
        str | None, typer.Argument(metavar="IMPORT", help="Show the rejected rows of this one.", show_default=False)
    ] = None


@takes(MapOptions)
def map_file(given: MapOptions) -> None:
    """Read a file and draft its mapping: what each column is, and why Peil thinks so."""
    import peil.library

    if given.output and given.output.exists() and not given.force:
        raise UserError(
            f"{given.output} is there already.", "Name another file with -o, or say --force to write over it."
        )
    draft = peil.library.map_file(given.file)
    if given.output:
        given.output.write_text(draft.text, encoding="utf-8")
    if given.json:
        typer.echo(
            json.dumps({"mapping": draft.text, "questions": list(draft.questions)}, ensure_ascii=False, indent=2)
        )
        return
    if not given.output:
        typer.echo(draft.text)
    for question in draft.questions:
        sys.stderr.write(f"To be answered in the mapping: {question}\n")
    if given.output:
        sys.stderr.write(_what_next(given.output, given.file, draft))


def _what_next(output: Path, file: Path, draft: Draft) -> str:
    then = f"then: peil import {file} --mapping {output}\n"
    if not draft.questions:
        return f"Wrote {output}. Read it, {then}"
    if '"ask"' not in draft.text:
        return f"Wrote {output}.\nWrite the block that fits in {output}, {then}"
    asked = len(draft.questions)
    return f"Wrote {output}.\nAnswer the {'entry' if asked == 1 else f'{asked} entries'} marked ask in {output}, {then}"


@takes(ImportOptions)
def import_files(given: ImportOptions) -> None:
    """Take in a file by its mapping: all of it or nothing; rows that fail a check are kept apart and told."""
    import peil.client
    from peil.cli.speech.progress import progress_bar

    told = []
    with peil.client.open(given.warehouse, tell=say_aside) as opened:
        for file in given.files:
            notes: list[str] = []
            with progress_bar(file.name, shown=not given.json) as advance:
                report = opened.import_file(file, given.mapping, progress=advance, tell=notes.append)
            rejected = opened.rejected(report.import_id) if report.rejected and not report.already else []
            told.append(asdict(report) | {"notes": notes, "rejected_rows": [asdict(r) for r in rejected]})
            if not given.json:
                typer.echo("\n".join([_told(file, report), *(f"  {printable(note)}" for note in notes)]))
                _print_rejected(rejected[:_SHOWN], report.rejected if rejected else 0, report.import_id)
    if given.json:
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))


@takes(ImportsOptions)
def imports(given: ImportsOptions) -> None:
    """List the imports, the undone ones too; with an IMPORT, its rejected rows and why."""
    import peil.client

    with peil.client.open(given.warehouse, read_only=True, tell=say_aside) as opened:
        if given.import_id is not None:
            rejected = opened.rejected(given.import_id, limit=None)
            if given.json:
                typer.echo(json.dumps([asdict(r) for r in rejected], ensure_ascii=False, indent=2))
            else:
                _print_rejected(rejected, len(rejected), given.import_id)
            return
        entries = opened.imports()
    if given.json:
        typer.echo(json.dumps([_as_json(e) for e in entries], ensure_ascii=False, indent=2))
    else:
        _print_imports(entries)


@takes(UndoOptions)
def undo(given: UndoOptions) -> None:
    """Take an import out again, the last one when none is named; earlier versions of its rows come back."""
    import peil.client

    with peil.client.open(given.warehouse, tell=say_aside) as opened:
        entry = opened.undo(given.import_id)
    if given.json:
        typer.echo(json.dumps(_as_json(entry), ensure_ascii=False, indent=2))
    else:
        typer.echo(f"Undone: {entry.import_id}, {printable(entry.file_name)} ({_rows(entry.rows)}).")


@takes(RebuildOptions)
def rebuild(given: RebuildOptions) -> None:
    """Make the facts anew from the archive of imports; figures stay equal."""
    import peil.client

    with peil.client.open(given.warehouse, tell=say_aside) as opened:
        opened.rebuild()
        entries = [e for e in opened.imports() if e.status == "loaded"]
    if given.json:
        typer.echo(json.dumps([_as_json(e) for e in entries], ensure_ascii=False, indent=2))
    else:
        typer.echo(f"Rebuilt from {len(entries)} imports.")


def _told(file: Path, report: ImportReport) -> str:
    name = printable(file.name)
    if report.already:
        return f"{name}: imported before as {report.import_id}; nothing was changed."
    parts = [_rows(report.rows) or "no rows"]
    if report.rejected:
        parts.append(f"{report.rejected:,} rejected")
    if report.copies:
        parts.append(f"{report.copies:,} identical copies left out")
    return f"{name}: {', '.join(parts)}. Import {report.import_id}; to take it back: peil undo {report.import_id}"


def _rows(rows: Mapping[str, int]) -> str:
    return ", ".join(f"{count:,} {fact}" for fact, count in rows.items())


def _print_rejected(rejected: Sequence[Rejected], count: int, import_id: str) -> None:
    from peil.cli.speech.tables import new_table, show

    if not count:
        return
    several = ["of"] if len({r.fact for r in rejected}) > 1 else []
    table = new_table(["row", *several, "column", "value", "why", "what to do"], right=["row"])
    for r in rejected:
        place = ["" if r.row is None else f"{r.row:,}", *([r.fact] if several else [])]
        table.add_row(*place, *map(printable, (r.column or "", r.value or "", r.reason, r.remedy)))
    show(table)
    if count > len(rejected):
        typer.echo(f"... and {count - len(rejected):,} more: peil imports {import_id}")


def _print_imports(entries: Sequence[ImportEntry]) -> None:
    from peil.cli.speech.tables import new_table, show

    table = new_table(["import", "when (UTC)", "file", "source", "rows", "rejected", "status"], right=["rejected"])
    for e in entries:
        when = e.imported_at.strftime("%Y-%m-%d %H:%M")
        names = map(printable, (e.file_name, e.source))
        table.add_row(e.import_id, when, *names, _rows(e.rows), f"{e.rejected:,}", e.status)
    show(table)


def _as_json(entry: ImportEntry) -> dict[str, Any]:
    return asdict(entry) | {"imported_at": entry.imported_at.isoformat()}
