"""Who took in which file: the warehouse knows no people, so it is kept beside the app's database."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings


def importers() -> Mapping[str, str]:
    """The names of who imported in the browser, by import."""
    if not _file().exists():
        return {}
    lines = _file().read_text(encoding="utf-8").splitlines()
    return {told["import"]: told["name"] for told in map(json.loads, lines)}


def remember_importer(import_id: str, name: str) -> None:
    """One line, written at once, so that several may write."""
    line = json.dumps({"import": import_id, "name": name}, ensure_ascii=True) + "\n"
    handle = os.open(_file(), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(handle, line.encode())
    finally:
        os.close(handle)


def _file() -> Path:
    return Path(settings.HOME) / "importers.jsonl"
