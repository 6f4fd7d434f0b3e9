"""Mappings remembered by the shape of a file: the next file with the same columns is proposed the same mapping."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from peil.facts.mapping import fold
from peil.web.pages.data.upload.toml import write_toml

if TYPE_CHECKING:
    from peil.web.pages.data.upload.folder import Upload

_OF_THE_FILE = ("delimiter", "encoding", "header_rows", "skip_rows", "sheet", "quote")


@dataclass(frozen=True, slots=True)
class Known:
    """A mapping that was used before, and for which file."""

    text: str
    file: str


def known_mapping(columns: Sequence[str], draft: str) -> Known | None:
    """The mapping last used for these columns; how this file is written stays as its own draft has it."""
    path = _path(columns)
    if not path.exists():
        return None
    told = json.loads(path.read_text(encoding="utf-8"))
    raw, own = tomllib.loads(told["text"]), tomllib.loads(draft).get("file", {})
    kept = {word: value for word, value in raw.get("file", {}).items() if word not in _OF_THE_FILE}
    found = {word: value for word, value in own.items() if word in _OF_THE_FILE}
    if raw.get("file", {}) == found | kept:
        return Known(told["text"], told["file"])
    ordered = {"source": raw.pop("source"), "file": found | kept}
    raw.pop("file", None)
    return Known(write_toml(ordered | raw), told["file"])


def remember_mapping(upload: Upload) -> None:
    """Keep the mapping of a file that was taken in."""
    columns = json.loads((upload.folder / "columns.json").read_text(encoding="utf-8"))
    path = _path(columns)
    path.parent.mkdir(parents=True, exist_ok=True)
    told = {"text": upload.mapping, "file": upload.state.name}
    beside = path.with_suffix(f".{upload.token[:8]}")
    beside.write_text(json.dumps(told), encoding="utf-8")
    beside.replace(path)


def _path(columns: Sequence[str]) -> Path:
    """Case, spaces and the order of columns make no other shape."""
    shape = "\n".join(sorted(fold(c) for c in columns))
    return Path(settings.HOME) / "mappings" / f"{hashlib.sha256(shape.encode()).hexdigest()[:32]}.json"
