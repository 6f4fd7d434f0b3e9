"""Telling the runners of this process that there is work; those of other processes look by themselves."""

from __future__ import annotations

import threading

_changed = threading.Condition()
_count = 0


def wake() -> None:
    global _count
    with _changed:
        _count += 1
        _changed.notify_all()


def count() -> int:
    """How often there was work so far."""
    return _count


def wait_for_work(seen: int, seconds: float) -> None:
    """Wait until there was work since `seen`, or until the time is up."""
    with _changed:
        _changed.wait_for(lambda: _count != seen, timeout=seconds)
