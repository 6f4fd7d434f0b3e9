"""One file with traps in it: how it is written, its mapping, and what a careful reader finds in it."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """What is in a file, counted while it was made.

    `rows` per fact; `rejected` lines of rejected rows; `scores` per question: how many, and their sum.
    """

    rows: Mapping[str, int]
    rejected: int = 0
    scores: Mapping[str, tuple[int, float]] = field(default_factory=dict)
    sums: Mapping[tuple[str, str], float] = field(default_factory=dict)  # (fact, column) -> sum over its rows


@dataclass(frozen=True, slots=True)
class TrapFile:
    """A file on disk with its mapping beside it."""

    path: Path
    mapping: Path
    traps: str  # in words
    truth: Truth


@dataclass(slots=True)
class Tally:
    """Counts while a file is being made."""

    scores: dict[str, list[float]] = field(default_factory=dict)
    rejected: int = 0

    def score(self, question: str, value: float) -> None:
        self.scores.setdefault(question, []).append(value)

    def told(self) -> dict[str, tuple[int, float]]:
        return {q: (len(v), float(sum(v))) for q, v in self.scores.items()}

    @property
    def answers(self) -> int:
        return sum(len(v) for v in self.scores.values())


def save(folder: Path, name: str, content: bytes, mapping: str, about: tuple[str, Truth]) -> TrapFile:
    path = folder / name
    path.write_bytes(content)
    toml = folder / f"{name.split('.')[0]}.toml"
    toml.write_text(mapping.lstrip(), encoding="utf-8")
    return TrapFile(path, toml, *about)


def written(rows: Iterable[Sequence[object]], delimiter: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return out.getvalue()


def moments(rng: random.Random, count: int) -> list[datetime]:
    """Moments of the first half of 2026 in working hours, sorted; none in an hour that the clock skips."""
    first = datetime(2026, 1, 5, 8)
    found = [first + timedelta(days=rng.randrange(170), minutes=rng.randrange(600)) for _ in range(count)]
    return sorted(found)


def nps_score(rng: random.Random) -> int:
    return rng.choices(range(11), weights=[1, 1, 1, 2, 2, 5, 6, 12, 20, 18, 22])[0]


def five(rng: random.Random) -> int:
    return rng.choices((1, 2, 3, 4, 5), weights=[4, 8, 18, 40, 30])[0]
