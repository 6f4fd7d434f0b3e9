"""Peil elsewhere: the same methods as on a warehouse of one's own, answered by a server.

import peil

with peil.open("https://kpi.example.nl", key="peil_...") as p:
    p.kpi("nps", by=["touchpoint", "month"]).to_pandas()
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from peil.library import warehouse_url

if TYPE_CHECKING:
    from peil.library import Peil

__all__ = ["open"]


def open(
    url: str | None = None,
    *,
    read_only: bool = False,
    key: str | None = None,
    tell: Callable[[str], None] | None = None,
) -> Peil:
    """Open a warehouse by its address, or a Peil that runs elsewhere by `https://host`.

    A server wants a key, made there under one's own name: `key`, else what PEIL_KEY holds.
    """
    asked = warehouse_url(url)
    if asked.partition("://")[0].lower() in ("http", "https"):
        from peil.client.online import PeilOnline

        return PeilOnline(asked, key or os.environ.get("PEIL_KEY"))
    from peil.library import open as open_here

    return open_here(asked, read_only=read_only, tell=tell)
