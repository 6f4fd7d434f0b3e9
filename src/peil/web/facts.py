"""The warehouse of this process: opened at the first question, closed with the process."""

from __future__ import annotations

import atexit
import logging
import threading
from pathlib import Path

from peil.core.errors import UserError
from peil.library import Peil, warehouse_url
from peil.warehouse.open import open_warehouse
from peil.warehouse.settings import read_settings

_log = logging.getLogger("peil.web")
_lock = threading.Lock()
_open: Peil | None = None
_seen: tuple[Peil, object] | None = None  # the settings' file as it was when the warehouse last had it read


def the_peil() -> Peil:
    """The one warehouse of this process, for reading and writing; every thread may ask it."""
    global _open
    with _lock:
        if _open is None:
            _open = Peil(open_warehouse(warehouse_url()))
            atexit.register(close_warehouse)
        _follow_settings(_open)
        return _open


def close_warehouse() -> None:
    """Close it, so that another process may open it."""
    global _open, _seen
    with _lock:
        if _open is not None:
            _open.close()
            _open = _seen = None


def _follow_settings(peil: Peil) -> None:
    """Take over what another process, or a person with an editor, changed in the settings since they were read."""
    global _seen
    path = peil.warehouse.settings_file
    now = _mark_of(path)
    known, _seen = _seen, (peil, now)
    if known is None or known[0] is not peil or known[1] == now:
        return
    try:
        peil.warehouse.settings = read_settings(path)
    except UserError as error:  # half written, or mistyped: what was read before holds; the settings page tells it
        _log.warning("settings are not followed", extra={"error": type(error).__name__})


def _mark_of(path: Path) -> object:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns
