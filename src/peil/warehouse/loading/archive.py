"""The record of what was imported: one folder of Parquet files an import, and what became of it.

    <warehouse>.archive/
      imports/000001-3f2a9c1b/   manifest.json, <fact>.parquet as mapped, rejects.parquet, undone.json once undone
      staging/<random>/          one change under way: raw/ (what will be published), changes/, ready.json
      writers/<random>           held by each process that may write, where the engine lets several do so
      lock, spill/

Facts in the engine are a copy that can be made again from here at any time.
"""

from __future__ import annotations

import errno
import fcntl
import json
import os
import shutil
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from peil.core.errors import NotNow

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Manifest:
    """What an import's folder says about itself."""

    import_id: str
    number: int
    source: str
    file_name: str
    file_hash: str
    mapping_text: str
    imported_at: str  # ISO, UTC
    rows: Mapping[str, int]
    copies: int
    rejected: int


class Archive:
    """The folders; one writer holds them, or several that the engine lets in one at a time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock: IO[str] | None = None
        self._seat: IO[str] | None = None

    @property
    def imports(self) -> Path:
        return self.folder / "imports"

    @property
    def staging(self) -> Path:
        return self.folder / "staging"

    @property
    def writers(self) -> Path:
        return self.folder / "writers"

    def open_for_writing(self, *, shared: bool = False) -> None:
        """Make the folders and keep every other writer out until `close`; with `shared`, those that do not share."""
        for folder in (self.imports, self.staging, self.folder / "spill"):
            folder.mkdir(parents=True, exist_ok=True)
        lock = (self.folder / "lock").open("w")
        try:
            fcntl.flock(lock, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except OSError as error:
            lock.close()
            raise NotNow(
                f"The warehouse of {self.folder.name} is in use by another process, or open twice in this one.",
                "End the other, or open it for reading only.",
            ) from error
        self._lock = lock
        if shared:
            self.writers.mkdir(exist_ok=True)
            self._seat = (self.writers / uuid.uuid4().hex).open("w")
            fcntl.flock(self._seat, fcntl.LOCK_EX)

    def close(self) -> None:
        if self._seat is not None:
            Path(self._seat.name).unlink(missing_ok=True)
            self._seat.close()
            self._seat = None
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def new_job(self) -> Path:
        writer = f"{Path(self._seat.name).name}-" if self._seat is not None else ""
        job = self.staging / f"{writer}{uuid.uuid4().hex}"
        (job / "raw").mkdir(parents=True)
        (job / "changes").mkdir()
        return job

    def jobs(self) -> list[Path]:
        return sorted(self.staging.iterdir()) if self.staging.exists() else []

    def left_behind(self) -> list[Path]:
        """The jobs of processes that are no more: of every other one, where writers do not share."""
        return [job for job in self.jobs() if not self._is_at_work(job.name.partition("-")[0])]

    def _is_at_work(self, writer: str) -> bool:
        """A process holds its seat until it ends, however it ends."""
        try:
            seat = (self.writers / writer).open("r")
        except FileNotFoundError:
            return False
        with seat:
            try:
                fcntl.flock(seat, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                return True
            (self.writers / writer).unlink(missing_ok=True)
            return False

    def publish(self, job: Path, import_id: str) -> None:
        """Make the job's raw files the record of `import_id`: one rename."""
        target = self.imports / import_id
        if not target.exists():
            os.rename(job / "raw", target)
            _sync_folder(self.imports)
        discard(job)

    def publish_joined(self, job: Path, import_id: str, joined: Sequence[str]) -> None:
        """Make the job's raw files the record of `import_id`, which stands for the imports `joined` from now on."""
        if not (self.imports / import_id).exists():
            os.rename(job / "raw", self.imports / import_id)
        for one in joined:
            shutil.rmtree(self.imports / one, ignore_errors=True)
        _sync_folder(self.imports)
        discard(job)

    def mark_undone(self, import_id: str) -> None:
        write_json(self.imports / import_id / "undone.json", {"undone": True})

    def is_undone(self, import_id: str) -> bool:
        return (self.imports / import_id / "undone.json").exists()

    def manifests(self) -> list[Manifest]:
        """Every published import, the oldest first."""
        if not self.imports.exists():
            return []
        found = [read_manifest(folder) for folder in self.imports.iterdir() if folder.is_dir()]
        return sorted(found, key=lambda m: m.number)

    def files(self, import_id: str) -> dict[str, Path]:
        """The Parquet file of each fact of an import."""
        return {p.stem: p for p in sorted((self.imports / import_id).glob("*.parquet")) if p.stem != "rejects"}


def read_manifest(folder: Path) -> Manifest:
    return Manifest(**json.loads((folder / "manifest.json").read_text(encoding="utf-8")))


def write_manifest(folder: Path, manifest: Manifest) -> None:
    write_json(folder / "manifest.json", asdict(manifest))


def write_json(path: Path, value: Any) -> None:
    """Write it whole or not at all, and only return when it is on the disk."""
    passing = path.with_name(path.name + ".part")
    with passing.open("w", encoding="utf-8") as file:
        json.dump(value, file, ensure_ascii=False, indent=1)
        file.flush()
        os.fsync(file.fileno())
    os.replace(passing, path)
    _sync_folder(path.parent)


def sync_files(folder: Path) -> None:
    """Bring every file of a folder to the disk before the engine's commit points at it."""
    for path in folder.iterdir():
        with path.open("rb") as file:
            os.fsync(file.fileno())
    _sync_folder(folder)


def discard(job: Path) -> None:
    shutil.rmtree(job, ignore_errors=True)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def space_on_disk(folder: Path) -> Iterator[None]:
    """A full disk in words."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL or "No space left" in str(error):
            raise NotNow(
                f"There is no space left on the disk of {folder}; nothing was changed.", "Free some and import again."
            ) from error
        raise
