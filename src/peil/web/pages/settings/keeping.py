"""peil.toml as it is kept: written whole or not at all, with one step back, and followed by the figures."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import tempfile
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import transaction

from peil.accounts.audit import record
from peil.core.errors import Bug, NotNow
from peil.ops.outbox import put
from peil.ops.outbox.delivery import Delivery
from peil.warehouse.open import Warehouse
from peil.warehouse.settings import FILE_NAME, Settings, read_settings
from peil.web.facts import the_peil
from peil.web.pages.settings.changes import changes, needs_rebuild, same, values
from peil.web.pages.settings.toml import Path as Place
from peil.web.pages.settings.toml import with_values

if TYPE_CHECKING:
    from peil.accounts.models import Person

REBUILD = "rebuild"  # the kind of work
BEFORE = f"{FILE_NAME}.before"


class ChangedMeanwhile(NotNow):
    """Somebody else changed the settings since the form was opened."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The file as it stands, and what it says."""

    text: str
    settings: Settings

    @property
    def mark(self) -> str:
        """Two files with the same mark are the same."""
        return _mark(self.text)


def read_kept() -> Kept:
    """The file as it is now, whoever wrote it."""
    path = the_peil().warehouse.settings_file
    return Kept(path.read_text(encoding="utf-8") if path.exists() else "", read_settings(path))


def keep(new: Settings, mark: str, person: Person) -> bool:
    """Write the settings where the file is still that of `mark`; whether the figures are worked out anew."""
    path = the_peil().warehouse.settings_file
    with _alone(path.parent):
        kept = read_kept()
        if kept.mark != mark:
            raise ChangedMeanwhile("Someone else changed the settings meanwhile.", "Look at the changes again.")
        text = with_values(kept.text, values(kept.settings, new, tomllib.loads(kept.text)))
        return _put_in_place(path, kept, text, new, person)


def keep_value(place: Place, value: object) -> None:
    """Change one value of the file that another page sets and logs."""
    warehouse = the_peil().warehouse
    path = warehouse.settings_file
    with _alone(path.parent):
        _written(path, with_values(read_kept().text, {place: value})).replace(path)
    warehouse.settings = read_settings(path)


def undoable() -> bool:
    """Whether the last change of the file was made here, so that it can be taken back."""
    path = the_peil().warehouse.settings_file
    return _before(path, read_kept()) is not None


def undo(person: Person) -> bool:
    """Put the file back as it was before the last change; whether the figures are worked out anew."""
    path = the_peil().warehouse.settings_file
    with _alone(path.parent):
        kept = read_kept()
        text = _before(path, kept)
        if text is None:
            raise ChangedMeanwhile("Someone else changed the settings meanwhile.", "Look at the changes again.")
        return _put_in_place(path, kept, text, None, person)


def rebuild(_: Delivery) -> None:
    """Have the facts made anew by the settings as they are kept now."""
    warehouse = the_peil().warehouse
    warehouse.settings = read_settings(warehouse.settings_file)
    warehouse.rebuild()


def _put_in_place(path: Path, kept: Kept, text: str, meant: Settings | None, person: Person) -> bool:
    """The log, the work that follows and the file: all of it or nothing."""
    warehouse = the_peil().warehouse
    passing = _written(path, text)
    try:
        found = read_settings(passing)
        if meant is not None and not same(found, meant):
            raise Bug("the settings were not written as they were meant")
        anew = needs_rebuild(kept.settings, found) and _holds_facts(warehouse)
        told = changes(kept.settings, found, "en")
        with transaction.atomic():
            record(person, "setting_changed", ", ".join(c.name for c in told),
                   changes=[f"{c.name}: {c.before} -> {c.after}" for c in told])  # fmt: skip
            if anew:
                put(REBUILD, {})
            _written(path.with_name(BEFORE), json.dumps({"of": _mark(text), "text": kept.text})).replace(
                path.with_name(BEFORE)
            )
            passing.replace(path)
    finally:
        passing.unlink(missing_ok=True)
    warehouse.settings = found
    return anew


def _holds_facts(warehouse: Warehouse) -> bool:
    return any(entry.status == "loaded" for entry in warehouse.imports())


def _before(path: Path, kept: Kept) -> str | None:
    """The file before the last change; None where that was not made here."""
    earlier = path.with_name(BEFORE)
    if not earlier.exists():
        return None
    said = json.loads(earlier.read_text(encoding="utf-8"))
    return str(said["text"]) if said["of"] == kept.mark else None


def _written(path: Path, text: str) -> Path:
    """The text in a passing file beside `path`, on disk."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise NotNow(
            f"{path.name} can't be written: {error.strerror}.", "See that Peil may write in the folder of its settings."
        ) from None
    return Path(name)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One at a time, of all processes of this machine."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
