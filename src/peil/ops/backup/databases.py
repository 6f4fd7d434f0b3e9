"""The database as a file and back: SQLite by its own online copy, PostgreSQL by its own programs."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from urllib.parse import parse_qs, quote, unquote, urlsplit

from peil.core.errors import NotNow, UserError


def copy_sqlite(source: Path, target: Path) -> None:
    """A copy as of one moment, whatever is written meanwhile; nobody waits for it."""
    address = f"file:{quote(str(source))}?mode=ro"
    with (
        closing(sqlite3.connect(address, uri=True, timeout=20)) as live,
        closing(sqlite3.connect(target)) as copy,
    ):
        live.backup(copy)
        said = copy.execute("PRAGMA integrity_check").fetchone()[0]
    if said != "ok":
        raise UserError(f"The database {source.name} is damaged: {said}.", "Restore an earlier backup.")


def dump_postgresql(url: str, target: Path) -> None:
    program = _program("pg_dump", "make the backup")
    _run([program, "--format=custom", "--no-owner", "--no-privileges", f"--file={target}"], url)


def load_postgresql(url: str, dump: Path) -> None:
    """Into an empty database: all of it, or nothing."""
    program = _program("pg_restore", "restore this backup")
    database = _environment(url)["PGDATABASE"]
    _run(
        [program, "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction",
         f"--dbname={database}", str(dump)],
        url,
    )  # fmt: skip


def _program(name: str, purpose: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise UserError(
            f"{name} is not installed, and it takes that to {purpose}.",
            "Install PostgreSQL's own programs (on Debian and Ubuntu: apt-get install postgresql-client).",
        )
    return found


def _environment(url: str) -> dict[str, str]:
    """Where to connect, as PostgreSQL's programs read it: the password stands on no command line."""
    parts = urlsplit(url)
    asked = {
        "PGHOST": unquote(parts.hostname or ""),
        "PGPORT": str(parts.port or ""),
        "PGUSER": unquote(parts.username or ""),
        "PGPASSWORD": unquote(parts.password or ""),
        "PGDATABASE": unquote(parts.path.strip("/")),
        "PGSSLMODE": parse_qs(parts.query).get("sslmode", [""])[0],
    }
    return {name: value for name, value in asked.items() if value}


def _run(command: list[str], url: str) -> None:
    done = subprocess.run(command, env=os.environ | _environment(url), capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        said = done.stderr.strip().splitlines()
        raise NotNow(
            f"{Path(command[0]).name} did not succeed: {said[-1] if said else done.returncode}.",
            "See to that and try again.",
        )
