"""Things in line for a thread of their own, which works on all that came while it was busy with those before."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from django.db import connection

from peil.core.errors import NotNow

T = TypeVar("T")

MOST = 200  # at once: in one transaction


class Line(Generic[T]):
    """A thread and what waits for it, the first that came first. It starts with the first of all. `work` raises nothing."""

    def __init__(self, work: Callable[[list[T]], None], name: str) -> None:
        self._work = work
        self._queue: queue.SimpleQueue[T | None] = queue.SimpleQueue()
        self._turn = threading.Lock()
        self._started = self._stopped = False
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    @property
    def waiting(self) -> int:
        """How many wait; those that it is at do not count."""
        return self._queue.qsize()

    def put(self, one: T) -> None:
        """Have it worked on. Raises NotNow once the line is stopped."""
        with self._turn:
            if self._stopped:
                raise NotNow("Peil is stopping.", "Send the answer again in a minute.")
            if not self._started:
                self._started = True
                self._thread.start()
            self._queue.put(one)

    def stop(self, seconds: float = 10) -> None:
        """Work on what waits, and end."""
        with self._turn:
            if self._started and not self._stopped:
                self._queue.put(None)
            self._stopped = True
        if self._started:
            self._thread.join(seconds)

    def _run(self) -> None:
        try:
            while self._batch():
                let_go()
        finally:
            connection.close()

    def _batch(self) -> bool:
        """Work on what waits; whether more may come."""
        first = self._queue.get()
        batch: list[T] = []
        while first is not None:
            batch.append(first)
            if len(batch) == MOST or self._queue.empty():
                break
            first = self._queue.get()
        if batch:
            self._work(batch)
        return first is not None


def let_go() -> None:
    """A pooled connection goes back to the pool; that to SQLite stays open for what this thread does next."""
    if connection.vendor != "sqlite":
        connection.close()
