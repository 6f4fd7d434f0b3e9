"""Answers that were worked out before: kept by question and by version of the facts.

An import, an undo or a rebuild changes the version, so an old answer is never given; so do other settings and another day.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from functools import wraps
from typing import TYPE_CHECKING, TypeVar

from sqlglot import exp

from peil.warehouse import sql
from peil.warehouse.query import KpiQuery

if TYPE_CHECKING:
    from peil.warehouse.engines import Engine
    from peil.warehouse.open import Warehouse

MOST_FIGURES = 200_000  # some 100 MB
FRESH_SECONDS = 1.0  # how long another process's import may go unseen
T = TypeVar("T")


class Remembered:
    """Answers of one warehouse, the least used forgotten first; two who ask the same at once wait for one answer."""

    def __init__(self) -> None:
        self._answers: OrderedDict[Hashable, tuple[object, ...]] = OrderedDict()
        self._size = 0
        self._asking: dict[Hashable, threading.Lock] = {}
        self._lock = threading.Lock()
        self._version: tuple[float, Hashable] | None = None
        self._changes = 0

    def __len__(self) -> int:
        """How many questions are answered from memory."""
        with self._lock:
            return len(self._answers)

    def version(self, engine: Engine) -> Hashable:
        """Which facts the engine holds: a new value after every change of them."""
        with self._lock:
            known = self._version
        now = time.monotonic()
        if known is not None and now - known[0] < FRESH_SECONDS:
            return known[1]
        newest = sql.named(exp.Max(this=sql.column("version")), "newest")
        of = exp.select(newest, sql.named(exp.Count(this=exp.Star()), "imports")).from_(exp.to_table("imports"))
        found = engine.fetch(of, {}).to_pylist()[0]
        with self._lock:
            version = (found["newest"], found["imports"], self._changes)
            self._version = (now, version)
        return version

    def facts_changed(self) -> None:
        """Forget the version: this process changed the facts."""
        with self._lock:
            self._version = None
            self._changes += 1

    def get(self, key: Hashable, make: Callable[[], Sequence[T]]) -> list[T]:
        """The answer to `key`, made when it is not there."""
        with self._lock:
            asking = self._asking.setdefault(key, threading.Lock())
        with asking:
            try:
                found = self._find(key)
                if found is None:
                    found = tuple(make())
                    self._keep(key, found)
            finally:
                with self._lock:
                    self._asking.pop(key, None)
        return list(found)  # type: ignore[arg-type]

    def _find(self, key: Hashable) -> tuple[object, ...] | None:
        with self._lock:
            found = self._answers.get(key)
            if found is not None:
                self._answers.move_to_end(key)
            return found

    def _keep(self, key: Hashable, found: tuple[object, ...]) -> None:
        with self._lock:
            self._answers[key] = found
            self._size += len(found) + 1
            while self._size > MOST_FIGURES and len(self._answers) > 1:
                _, gone = self._answers.popitem(last=False)
                self._size -= len(gone) + 1


def remembered(ask: Callable[[Warehouse, KpiQuery], list[T]]) -> Callable[[Warehouse, KpiQuery], list[T]]:
    """Have a question to the warehouse answered from memory where it was asked before."""

    @wraps(ask)
    def asked(warehouse: Warehouse, query: KpiQuery) -> list[T]:
        settings = warehouse.settings
        key = (ask.__name__, query, warehouse.remembered.version(warehouse.engine), settings, warehouse.today)
        return warehouse.remembered.get(key, lambda: ask(warehouse, query))

    return asked
