"""Many pass at the same time, or one is alone."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Gate:
    """DuckDB can't be closed, nor its file swapped, while a question is under way.

    Who wants to be alone waits until those inside are out, and keeps newcomers waiting meanwhile. One who passes
    does not pass a second time inside.
    """

    def __init__(self) -> None:
        self._state = threading.Condition()
        self._inside = 0
        self._closed = False

    @contextmanager
    def passing(self) -> Iterator[None]:
        with self._state:
            self._state.wait_for(lambda: not self._closed)
            self._inside += 1
        try:
            yield
        finally:
            with self._state:
                self._inside -= 1
                self._state.notify_all()

    @contextmanager
    def alone(self) -> Iterator[None]:
        with self._state:
            self._state.wait_for(lambda: not self._closed)
            self._closed = True
        try:
            with self._state:
                self._state.wait_for(lambda: self._inside == 0)
            yield
        finally:
            with self._state:
                self._closed = False
                self._state.notify_all()
