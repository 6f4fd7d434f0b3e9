"""Restoring a backup into an empty folder. Nothing is in its place before all of it is."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from peil.core.errors import UserError
from peil.ops.backup.bundle import Progress, extract, open_bundle
from peil.ops.backup.databases import load_postgresql
from peil.ops.backup.making import DUMP, _Told
from peil.ops.erase.ledger import LEDGER, Ledger
from peil.ops.stores import Stores, stores_in
from peil.warehouse.loading.archive import space_on_disk

Replay = Callable[[Stores], int]


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back."""

    folder: Path
    made_at: str
    imports: int
    erased: int  # people who are in the backup and were erased since
    ledger: Path | None  # where it was known from, beside the backup itself


def restore_backup(
    path: Path, folder: Path, replay: Replay, *, ledger: Path | None = None, progress: Progress | None = None
) -> Restored:
    """Check every byte, write, erase again who was erased since, make the facts anew; then, and only then, it is there.

    `replay` is given the restored install and brings database and facts up to date. `ledger` names those erased after
    the backup was made; without it, the one beside the backup is taken.
    """
    folder = folder.absolute()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UserError(f"{folder} is not empty.", "Restore into a new folder; nothing was written.")
    if not path.is_file():
        raise UserError(f"There is no backup at {path}.", "Name the zip file that `peil backup` wrote.")
    beside = ledger or path.parent / LEDGER
    if ledger is not None and not ledger.exists():
        raise UserError(f"There is no list of erased people at {ledger}.", "Name the file peil.erased.json.")
    passing = folder.with_name(f".{folder.name}.restoring")
    shutil.rmtree(passing, ignore_errors=True)  # of a restore that was broken off
    try:
        with open_bundle(path, _Told(2 * path.stat().st_size, progress)) as (packed, manifest):
            _check_database(manifest)
            passing.mkdir(parents=True, mode=0o700)
            with space_on_disk(passing):
                extract(packed, manifest, passing, lambda _: None)
        if beside.exists():
            Ledger(passing / LEDGER).add_all(Ledger(beside))
        if (passing / DUMP).exists():
            load_postgresql(os.environ["DATABASE_URL"], passing / DUMP)
            (passing / DUMP).unlink()
        erased = replay(stores_in(passing))
        if folder.exists():
            folder.rmdir()
        os.rename(passing, folder)
    finally:
        shutil.rmtree(passing, ignore_errors=True)
    return Restored(folder, manifest["made_at"], manifest["imports"], erased, beside if beside.exists() else None)


def _check_database(manifest: dict[str, Any]) -> None:
    """A dump of PostgreSQL goes into an empty database that DATABASE_URL names; SQLite goes into the folder."""
    dumped, named = DUMP in manifest["members"], bool(os.environ.get("DATABASE_URL"))
    if dumped and not named:
        raise UserError(
            "This backup holds a PostgreSQL database.", "Make an empty one and name it: DATABASE_URL=postgresql://..."
        )
    if named and not dumped:
        raise UserError("This backup holds an SQLite database.", "Leave DATABASE_URL out.")
