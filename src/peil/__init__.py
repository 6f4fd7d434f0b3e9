"""Peil: every customer-service KPI in one overview, each with its margin of error.

`peil.open("duckdb:///peil.duckdb")` gives the library, `peil.open("https://host")` the same methods on a server;
`peil.core` works alone on lists.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from peil.client import open as open

__all__ = ["open"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    if name == "open":
        from peil.client import open as open_peil

        return open_peil
    raise AttributeError(f"module 'peil' has no attribute '{name}'")
