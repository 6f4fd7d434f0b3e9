"""The folder in which a running Peil keeps what people enter: its database, its secret, its mail."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

SECRET, DATABASE = "peil.secret", "peil.sqlite3"


def home() -> Path:
    """What PEIL_HOME names, else the folder of the warehouse's file, else this folder."""
    named = os.environ.get("PEIL_HOME")
    if named:
        return Path(named).absolute()
    parts = urlsplit(os.environ.get("PEIL_WAREHOUSE", ""))
    return Path(parts.path[1:]).absolute().parent if parts.scheme in ("duckdb", "chdb") else Path.cwd()


def make_home(folder: Path) -> None:
    """Make the folder and its secret, readable by their owner only; what is there stays."""
    folder.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(folder / SECRET, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(50))
        file.flush()
        os.fsync(file.fileno())


def secret_key(folder: Path) -> str:
    """The key that signs sessions; of a folder that was not made yet one that lasts as long as this process."""
    path = folder / SECRET
    return path.read_text(encoding="ascii") if path.exists() else secrets.token_urlsafe(50)
