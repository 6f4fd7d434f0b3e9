"""What is remembered of an erasure until it is done: who goes on after a process that ended counts both together.

It names nobody: numbers of rows, keyed hashes, and a random salt that goes when the erasure is done.
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

from peil.warehouse.loading.archive import write_json

FOLDER = "erasing"
_STILL_WRITTEN = 60.0  # seconds
ARCHIVE = "archive"
Counted = dict[str, int]


@dataclass(slots=True, kw_only=True)
class Erasure:
    """One erasure under way."""

    number: str
    hashes: list[str]
    person: int | None = None  # who asked for it, where somebody signed in did
    salt: str = field(default_factory=lambda: secrets.token_hex(32))  # the same other names, whoever goes on
    found: dict[str, Counted] = field(default_factory=dict)  # part -> what it held of the person
    files: list[str] = field(default_factory=list)  # keyed hashes of the files that go
    waiting: list[str] = field(default_factory=list)  # files of the archive that take the place of others
    stale: bool = False  # the archive was changed, and the facts were not made anew since
    path: Path | None = field(default=None, repr=False)  # None: nothing is remembered

    def is_about(self, part: str, counted: Counter[str]) -> None:
        """A part of the database is changed so in a moment, or not at all: found anew, it says the same again."""
        known = Counter(self.found.get(part, {}))
        self.found[part] = dict(known | counted)
        self.keep()

    def has_ready(self, counted: Counter[str], waiting: Iterable[str]) -> None:
        """What takes the place of files of the archive stands beside them: from here on it is put there, by whomever."""
        self.waiting = list(waiting)
        if self.waiting:
            self.found[ARCHIVE] = dict(Counter(self.found.get(ARCHIVE, {})) + counted)
            self.stale = True
            self.keep()

    def removes(self, names: Iterable[str]) -> None:
        self.files = sorted({*self.files, *names})
        self.keep()

    def keep(self) -> None:
        if self.path is None:
            return
        told = {name: value for name, value in asdict(self).items() if name != "path"}
        write_json(self.path, told)
        self.path.chmod(0o600)

    def forget(self) -> None:
        if self.path is not None:
            self.path.unlink(missing_ok=True)


def new_erasure(home: Path, hashes: Iterable[str], person: int | None, number: str = "") -> Erasure:
    """One that is remembered from now on, under a number of its own where it has none."""
    folder = home / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    number = number or secrets.token_hex(6)
    made = Erasure(number=number, hashes=sorted(hashes), person=person, path=folder / f"{number}.json")
    made.keep()
    return made


def find_erasure(home: Path, number: str) -> Erasure | None:
    path = home / FOLDER / f"{number}.json"
    return _read(path) if path.exists() else None


def erasures_left(home: Path) -> list[Erasure]:
    """Those that are not done: of a process that ended, or at work."""
    folder = home / FOLDER
    return [_read(path) for path in sorted(folder.glob("*.json"))] if folder.is_dir() else []


def clear_broken(home: Path) -> None:
    """Remove what a process was writing when it ended; what is younger than a minute may still be written."""
    for part in (home / FOLDER).glob("*.part"):
        with suppress(FileNotFoundError):  # another process was first
            if time.time() - part.stat().st_mtime > _STILL_WRITTEN:
                part.unlink()


def _read(path: Path) -> Erasure:
    return Erasure(**json.loads(path.read_text(encoding="utf-8")), path=path)


@contextmanager
def alone(home: Path, *, wait: bool = True) -> Iterator[bool]:
    """One erasure at a time, over all threads and processes; whether it is one's turn."""
    folder = home / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
            return
        yield True
    finally:
        os.close(handle)  # gives the turn away
