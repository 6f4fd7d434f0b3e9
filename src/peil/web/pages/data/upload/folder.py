"""One folder for each file on its way in, below PEIL_HOME/uploads: the file, its mapping, and how far it is.

    <token>/  file, mapping.toml, draft.toml, sample.arrow, state.json, lock (held while it is worked on), cancel

Everything stands on disk, so a draft outlives a reload, another tab, signing out and the server itself. The name that
a person gave the file is never part of a path.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import secrets
import shutil
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, Literal, TypeAlias

from django.conf import settings

from peil.facts.mapping import parse_mapping
from peil.report.words.numbers import printable

KEPT_DAYS = 7
_NAMED = re.compile(r"[A-Za-z0-9_-]{22}")
Stage: TypeAlias = Literal["reading", "mapping", "checking", "checked", "importing", "done"]
AT_WORK: tuple[Stage, ...] = ("reading", "checking", "importing")


@dataclass(frozen=True, slots=True)
class Wrong:
    """What stopped it, as it was raised: told in the language of whoever reads it."""

    problem: str
    remedy: str = ""
    file: str | None = None
    row: int | None = None
    column: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """How far a file is."""

    owner: int
    owner_name: str
    name: str  # as the person called it
    size: int
    made: str  # ISO, UTC
    stage: Stage = "reading"
    part: str = "wait"  # wait, read, load
    rows: int = 0
    done: int = 0
    total: int = 0
    wrong: Wrong | None = None
    known_from: str = ""  # the file whose mapping was taken over
    tried: dict[str, Any] = field(default_factory=dict)
    report: dict[str, Any] = field(default_factory=dict)


class Upload:
    """One file on its way in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.token = folder.name
        self.file = folder / "file"
        self.sample = folder / "sample.arrow"

    @property
    def state(self) -> State:
        told = json.loads((self.folder / "state.json").read_text(encoding="utf-8"))
        return State(**{**told, "wrong": Wrong(**told["wrong"]) if told["wrong"] else None})

    def save(self, state: State) -> None:
        """Written beside it and moved over it, so that a reader finds either."""
        beside = self.folder / f"state.{secrets.token_hex(4)}"
        beside.write_text(json.dumps(asdict(state)), encoding="utf-8")
        os.replace(beside, self.folder / "state.json")

    def change(self, **changes: Any) -> State:
        state = replace(self.state, **changes)
        self.save(state)
        return state

    @property
    def mapping(self) -> str:
        path = self.folder / "mapping.toml"
        return path.read_text(encoding="utf-8") if path.exists() else ""

    @property
    def draft(self) -> str:
        """The mapping as it was guessed, before anyone changed it."""
        path = self.folder / "draft.toml"
        return path.read_text(encoding="utf-8") if path.exists() else ""

    def write_mapping(self, text: str, *, draft: bool = False) -> None:
        name = "draft.toml" if draft else "mapping.toml"
        (self.folder / name).write_text(text, encoding="utf-8")

    def lock(self) -> IO[str] | None:
        """The right to work on it, until it is closed or this process ends; None while another has it."""
        handle = (self.folder / "lock").open("w")
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            handle.close()
            return None
        return handle

    @property
    def cancelled(self) -> bool:
        return (self.folder / "cancel").exists()

    def cancel(self, *, wanted: bool) -> None:
        if wanted:
            (self.folder / "cancel").touch()
        else:
            (self.folder / "cancel").unlink(missing_ok=True)

    def discard(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def parsed(self) -> Any:
        """The mapping, read; BadMapping says what is wrong with it."""
        return parse_mapping(self.mapping, "mapping")


def new_upload(owner: int, owner_name: str) -> Upload:
    """An empty folder for a file to come."""
    clean()
    upload = Upload(_all() / secrets.token_urlsafe(16))
    upload.folder.mkdir(parents=True, mode=0o700)
    made = datetime.now(UTC).isoformat()
    upload.save(State(owner=owner, owner_name=owner_name, name="", size=0, made=made))
    return upload


def plain_name(given: str) -> str:
    """A file's name as it may be shown and kept: without its folders, control characters and marks of direction.

    >>> plain_name("C:\\\\data\\\\../a\\x00b\\u202egnp.csv")
    'a b gnp.csv'
    """
    return " ".join(printable(given.replace("\\", "/").rsplit("/", 1)[-1]).split())[:200] or "file"


def upload_of_person(token: str, owner: int) -> Upload | None:
    """The upload of this person; None where there is none, or it is another's."""
    upload = Upload(_all() / token)
    if not _NAMED.fullmatch(token) or not (upload.folder / "state.json").exists():
        return None
    return upload if upload.state.owner == owner else None


def uploads_of_person(owner: int) -> list[Upload]:
    """What this person has on its way, the newest first."""
    found = [(u.state.made, u) for u in _uploads() if u.state.owner == owner]
    return [u for _, u in sorted(found, key=lambda pair: pair[0], reverse=True)]


def clean() -> None:
    """Remove what nobody came back for."""
    oldest = time.time() - KEPT_DAYS * 86_400
    for upload in list(_uploads()):
        if (upload.folder / "state.json").stat().st_mtime < oldest and (held := upload.lock()):
            upload.discard()
            held.close()


def _uploads() -> Iterator[Upload]:
    folders = _all().iterdir() if _all().exists() else ()
    return (Upload(f) for f in folders if (f / "state.json").exists())


def _all() -> Path:
    return Path(settings.HOME) / "uploads"
