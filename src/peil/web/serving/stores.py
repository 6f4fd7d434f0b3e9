"""Where what people enter is kept: SQLite beside the warehouse, or PostgreSQL."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from peil.core.errors import UserError
from peil.web.serving.home import DATABASE

# of one process, opened as they are needed: eight reports may hold one each and those who answer still have some. With
# the readers of the warehouse four processes stay below the hundred that PostgreSQL allows by itself.
MOST_CONNECTIONS = 14


def database(url: str | None, home: Path) -> dict[str, Any]:
    """Django's settings for one database.

    SQLite answers only after what was written is on disk, and a writer waits for another instead of failing.
    """
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": home / DATABASE,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
        raise UserError(
            "DATABASE_URL is no address of a PostgreSQL database.",
            "Write postgresql://user:password@host:5432/name, or leave it out for SQLite.",
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": {"pool": {"min_size": 2, "max_size": MOST_CONNECTIONS, "timeout": 10}}
        | dict(parse_qsl(parts.query)),
    }


def cache(url: str | None) -> dict[str, Any]:
    """Where counts of attempts are kept: in this process, or in PostgreSQL, where other processes see them too."""
    if not url:
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "peil"}
    return {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "peil_cache"}
