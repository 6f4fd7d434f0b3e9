"""Making a backup, while everything goes on."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from peil import __version__
from peil.core.errors import UserError
from peil.ops.backup.bundle import Progress, new_bundle
from peil.ops.backup.databases import copy_sqlite, dump_postgresql
from peil.ops.erase.ledger import LEDGER
from peil.ops.stores import ARCHIVE, FILES, SECRET, SETTINGS, SQLITE, Stores
from peil.warehouse.loading.archive import space_on_disk
from peil.warehouse.secret import FILE_NAME as ARCHIVE_SECRET
from peil.warehouse.secret import read_secret

DUMP = "peil.dump"


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that stands on the disk, whole."""

    path: Path
    size: int
    imports: int


def make_backup(stores: Stores, target: Path, progress: Progress | None = None) -> Backup:
    """Write one file: at `target`, or in it under a name of its own when it is a folder."""
    path = _place(target)
    if stores.archive.exists():
        read_secret(stores.archive)  # made when no import needed it yet: whoever is erased later is known by it
    with tempfile.TemporaryDirectory(prefix=".peil-backup-", dir=path.parent) as passing, space_on_disk(path.parent):
        database = _copy_database(stores, Path(passing))
        files = [*database, *_files(stores)]
        told = _Told(sum(p.stat().st_size for p, _ in files), progress)
        with new_bundle(path, told) as bundle:
            for file, name in files:
                bundle.add(file, name)
            ledger = stores.home / LEDGER  # last: whoever is erased while this runs is erased again on restoring
            if ledger.exists():
                bundle.add(ledger, LEDGER)
            imports = {name.split("/")[2] for name in bundle.members if name.startswith(f"{ARCHIVE}/imports/")}
            bundle.seal({"peil": __version__, "made_at": datetime.now(UTC).isoformat(), "imports": len(imports)})
    return Backup(path, path.stat().st_size, len(imports))


class _Told:
    """Adds up what was done."""

    def __init__(self, total: int, progress: Progress | None) -> None:
        self._done, self._total, self._progress = 0, total, progress

    def __call__(self, size: int) -> None:
        self._done += size
        if self._progress is not None:
            self._progress(self._done, max(self._total, self._done))


def _place(target: Path) -> Path:
    if target.is_dir() or target.suffix != ".zip":
        target.mkdir(parents=True, exist_ok=True, mode=0o700)
        return target.absolute() / f"peil-{datetime.now(UTC):%Y-%m-%dT%H%M%SZ}.zip"
    if target.exists():
        raise UserError(f"{target} is there already.", "Name another file, or a folder: each backup gets its own name.")
    target.parent.mkdir(parents=True, exist_ok=True)
    return target.absolute()


def _copy_database(stores: Stores, passing: Path) -> list[tuple[Path, str]]:
    if stores.database is not None:
        dump_postgresql(stores.database, passing / DUMP)
        return [(passing / DUMP, DUMP)]
    if not stores.sqlite.exists():
        return []
    copy_sqlite(stores.sqlite, passing / SQLITE)
    return [(passing / SQLITE, SQLITE)]


def _files(stores: Stores) -> Iterator[tuple[Path, str]]:
    """Everything else. An import is there as a whole once its folder is, so one under way is simply not in it."""
    for path, name in (
        (stores.settings, SETTINGS),
        (stores.home / SECRET, SECRET),
        (stores.archive / ARCHIVE_SECRET, f"{ARCHIVE}/{ARCHIVE_SECRET}"),
    ):
        if path.exists():
            yield path, name
    for root, name in ((stores.archive / "imports", f"{ARCHIVE}/imports"), (stores.home / FILES, FILES)):
        for path in sorted(p for p in root.rglob("*") if p.is_file() and not p.name.endswith(".part")):
            yield path, f"{name}/{path.relative_to(root).as_posix()}"
