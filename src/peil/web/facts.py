"""The warehouse of this process: opened at the first question, closed with the process."""

from __future__ import annotations

import atexit
import threading

from peil.library import Peil, warehouse_url
from peil.warehouse.open import open_warehouse

_lock = threading.Lock()
_open: Peil | None = None


def the_peil() -> Peil:
    """The one warehouse of this process, for reading and writing; every thread may ask it."""
    global _open
    with _lock:
        if _open is None:
            _open = Peil(open_warehouse(warehouse_url()))
            atexit.register(close_warehouse)
        return _open


def close_warehouse() -> None:
    """Close it, so that another process may open it."""
    global _open
    with _lock:
        if _open is not None:
            _open.close()
            _open = None
