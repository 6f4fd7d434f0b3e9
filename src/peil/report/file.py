"""Write a report to a file: all of it or nothing, and never over something that is no report."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from peil.core.errors import UserError

MARK = '<meta name="generator" content="Peil">'


def check_place(path: Path, *, force: bool = False) -> None:
    """Refuse a place where no report may be written: a folder, no folder around it, a file that is no report."""
    if path.is_dir():
        raise UserError(f"{path} is a folder.", f"Name a file in it: {path / 'report.html'}.")
    if not path.parent.is_dir():
        raise UserError(f"There is no folder {path.parent}.", "Make it first, or name another place.")
    if path.exists() and not force and MARK not in _beginning(path):
        raise UserError(f"{path} is there already and is no report of Peil.", "Name another file, or say --force.")


def write_report(html: str, path: Path, *, force: bool = False) -> None:
    """Put the page at `path`, replacing an earlier report there."""
    check_place(path, force=force)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".peil-", suffix=".html")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(html)
        os.chmod(name, 0o666 & ~_umask())
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _beginning(path: Path) -> str:
    with path.open("rb") as file:
        return file.read(4096).decode("utf-8", "replace")


def _umask() -> int:
    """The permissions that new files of this user don't get; reading them means setting them for a moment."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
