"""One measurement, and how to take it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many rows each benchmark takes."""

    answers: int
    in_memory: int
    csv_rows: int
    answers_in_app: int


@dataclass(frozen=True, slots=True)
class Measured:
    """Peil's figure, the peer's, and the limit on what `compared` says of the two."""

    what: str
    peil: float
    peer: float | None
    compared: float
    limit: float
    unit: str = "times"
    at_least: bool = False

    @property
    def within(self) -> bool:
        return self.compared >= self.limit if self.at_least else self.compared <= self.limit

    def __str__(self) -> str:
        sides = f"{self.peil:.3f}" if self.peer is None else f"{self.peil:.3f} against {self.peer:.3f}"
        word = "at least" if self.at_least else "at most"
        mark = "ok  " if self.within else "FAIL"
        return f"{mark} {self.what}: {sides}; {self.compared:.2f} {self.unit}, {word} {self.limit:g}"


def best(work: Callable[[], object], rounds: int = 3) -> float:
    """The fastest of some rounds, in seconds: what else the machine does only adds to it."""
    return min(_timed(work) for _ in range(rounds))


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
