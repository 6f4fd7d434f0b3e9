"""Telling the follower of this process that there is something for the facts; it looks by itself for what others did."""

from __future__ import annotations

import threading
import time
from collections import deque

RUSH = 100  # answers within a second: with so many, and who answers goes before who counts
_SPAN = 1.0  # seconds
_AWAY = 0.01  # seconds
_news = threading.Event()
_lately: deque[tuple[float, int]] = deque(maxlen=RUSH)  # when, how many


def wake(count: int = 1) -> None:
    """There are so many answers or requests that the facts do not know."""
    _lately.append((time.monotonic(), count))
    _news.set()


def wait_for_news(seconds: float) -> bool:
    """Wait until there is, or until the time is up; whether there was."""
    found = _news.wait(seconds)
    _news.clear()
    return found


def is_rush() -> bool:
    """Whether so many answer just now that work which can wait should."""
    since = time.monotonic() - _SPAN
    return sum(count for moment, count in tuple(_lately) if moment > since) >= RUSH


def give_way() -> None:
    """Between two pieces of work that can wait: in a rush, who answers goes first."""
    if is_rush():
        time.sleep(_AWAY)
