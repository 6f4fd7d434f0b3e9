"""One generated data set: who its customers are, and the chance values that its rows are made of.

The rows hold what real files hold: unknown customers, skipped answers, ties, letters of other
alphabets, moments around a change of the clock and of the year.
"""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import Any, TypeAlias

Row: TypeAlias = dict[str, Any]
Facts: TypeAlias = dict[str, list[Row]]

CORNERS = (
    datetime(2026, 3, 29, 0, 59, 59, tzinfo=UTC),  # the hour that is skipped in Amsterdam
    datetime(2026, 3, 29, 1, 0, 0, tzinfo=UTC),
    datetime(2026, 10, 25, 0, 30, tzinfo=UTC),  # the hour that comes twice
    datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
    datetime(2025, 12, 31, 22, 59, 59, tzinfo=UTC),  # a second before midnight, local
    datetime(2025, 12, 31, 23, 0, 0, tzinfo=UTC),
    datetime(2027, 1, 1, 12, 0, tzinfo=UTC),  # ISO week 53 of 2026
)
START, DAYS = datetime(2025, 11, 1, tzinfo=UTC), 430
SIZES = (0, 1, 2, 3, 5, 8, 13)
CHANNELS = ("phone", "email", "chat", None)
DIMENSIONS = ("reliability", "assurance", "tangibles", "empathy", "responsiveness")
SCALES = ((1, 5), (1, 7), (1, 10), (1, 3), (1, 4), (1, 6), (1, 2))
NAMES = ("anna", "Björn", "Çelik", "Łukasz", "李", "o'neil", "Jan de Vries", "—")
REASONS = ("invoice", "storing", "verhuizing", None)
DURATIONS = (0.0, 1.0, 1.01, 30.0, 60.0, 60.0, 59.999, 3600.0, 86400.0)


class DataSet:
    """One generated data set: its own customers, employees, scale and habits."""

    def __init__(self, number: int, rng: random.Random) -> None:
        self.rng = rng
        self.name = f"{number:04d}{rng.choice(('', ' é', ' 数据', ' %'))}"
        self.weighted = rng.random() < 0.5
        self.customers = [f"{self.name} {rng.choice(NAMES)} {i}" for i in range(rng.choice((1, 2, 6, 30)))]
        self.unknown = rng.choice((0.0, 0.2, 1.0)) if rng.random() < 0.6 else 0.0
        self.scale = rng.choice(SCALES)
        self.mixed = rng.random() < 0.1
        self.serial = 0

    def size(self) -> int:
        return self.rng.choice(SIZES)

    def key(self) -> str:
        self.serial += 1
        return f"{self.name}/{self.serial}"

    def customer(self) -> str | None:
        return None if self.rng.random() < self.unknown else self.rng.choice(self.customers)

    def weight(self) -> float:
        return round(self.rng.lognormvariate(0, 0.6), 3) + 0.001 if self.weighted else 1.0

    def moment(self) -> datetime:
        if self.rng.random() < 0.15:
            return self.rng.choice(CORNERS)
        whole = START + timedelta(days=self.rng.randrange(DAYS), seconds=self.rng.randrange(86_400))
        return whole.replace(hour=23, minute=30) if self.rng.random() < 0.1 else whole

    def maybe(self, value: Any, chance: float = 0.8) -> Any:
        return value if self.rng.random() < chance else None

    def flag(self, chance: float = 0.85) -> int | None:
        return self.rng.randrange(2) if self.rng.random() < chance else None

    def seconds(self, chance: float = 0.85) -> float | None:
        if self.rng.random() > chance:
            return None
        if self.rng.random() < 0.4:
            return self.rng.choice(DURATIONS)
        return round(self.rng.lognormvariate(6, 2), 3)

    def row(self, **columns: Any) -> Row:
        return {"x_data_set": self.name, "weight": self.weight(), **columns}
