"""Where everything that Peil keeps is: what a backup takes along, and what an erasure has to look through."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

SQLITE, SECRET, SETTINGS, FILES, MAIL = "peil.sqlite3", "peil.secret", "peil.toml", "files", "mail"
ARCHIVE, WAREHOUSE = "peil.archive", "peil.duckdb"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stores:
    """One install. `database` is the address of a PostgreSQL database; None for SQLite in `home`."""

    home: Path
    warehouse: str
    archive: Path
    database: str | None = None

    @property
    def sqlite(self) -> Path:
        return self.home / SQLITE

    @property
    def settings(self) -> Path:
        """The settings of the warehouse stand beside its archive."""
        return self.archive.parent / SETTINGS


def stores_in(folder: Path) -> Stores:
    """An install that stands in one folder, as `peil restore` makes it."""
    return Stores(home=folder, warehouse=f"duckdb:///{folder / WAREHOUSE}", archive=folder / ARCHIVE)
