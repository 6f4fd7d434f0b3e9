"""Counting by hand: a share, a mean, a difference of shares, a quantile, over rows as dicts.

Each gives (value, n): n counts rows, whatever they weigh; over no rows the value is None.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import fsum
from typing import TypeAlias

from tests.generated.sets import Row

Figure: TypeAlias = tuple[float | None, int]
NOTHING: Figure = (None, 0)


class Tally:
    """The rows of one data set, and whether each counts for its weight."""

    def __init__(self, facts: dict[str, list[Row]], weighted: bool) -> None:
        self.facts = facts
        self.weighted = weighted
        self._kinds: dict[str, dict[object, list[Row]]] = {}

    def rows(self, fact: str, **wanted: object) -> list[Row]:
        found = self.facts.get(fact, [])
        if "kind" in wanted:
            found = self._of_kind(fact).get(wanted.pop("kind"), [])
        return [row for row in found if all(row.get(name) == value for name, value in wanted.items())]

    def _of_kind(self, fact: str) -> dict[object, list[Row]]:
        """Rows by kind, looked up once: there are a dozen kinds of answers, and a figure reads one."""
        if fact not in self._kinds:
            self._kinds[fact] = {}
            for row in self.facts.get(fact, []):
                self._kinds[fact].setdefault(row["kind"], []).append(row)
        return self._kinds[fact]

    def weight(self, row: Row) -> float:
        return float(row["weight"]) if self.weighted else 1.0

    def total(self, rows: Iterable[Row]) -> float:
        return fsum(self.weight(row) for row in rows)

    def share(self, rows: Iterable[Row], column: str, *, yes: tuple[object, ...] = (1,)) -> Figure:
        """Rows whose `column` is one of `yes`, in percent of those where it is known."""
        known = [row for row in rows if row[column] is not None]
        if not known:
            return NOTHING
        return 100 * self.total(r for r in known if r[column] in yes) / self.total(known), len(known)

    def mean(self, rows: Iterable[Row], column: str) -> Figure:
        known = [row for row in rows if row.get(column) is not None]
        if not known:
            return NOTHING
        return fsum(self.weight(r) * r[column] for r in known) / self.total(known), len(known)

    def net(self, rows: Iterable[Row]) -> Figure:
        """Favourable minus unfavourable boxes, in points."""
        known = [row for row in rows if row["box"] is not None]
        if not known:
            return NOTHING
        return 100 * fsum(self.weight(r) * r["box"] for r in known) / self.total(known), len(known)

    def mean_on_one_scale(self, rows: Iterable[Row], column: str) -> Figure:
        """The mean, unless its answers were given on different scales: then there is none."""
        known = [row for row in rows if row[column] is not None]
        scales = {(row["scale_min"], row["scale_max"]) for row in known}
        value, n = self.mean(known, column)
        return (None, n) if len(scales) > 1 else (value, n)

    def shares(self, rows: Iterable[Row], column: str, whole: float | None = None) -> dict[object, float]:
        """Each value of `column`, in percent of all known ones (or of `whole`)."""
        counts: dict[object, list[float]] = {}
        for row in rows:
            if row[column] is not None:
                counts.setdefault(row[column], []).append(self.weight(row))
        total = fsum(w for ws in counts.values() for w in ws) if whole is None else whole
        return {value: 100 * fsum(ws) / total for value, ws in counts.items()} if total else {}

    def quantile(self, rows: Iterable[Row], column: str, q: float, age: str | None = None) -> Figure:
        """The smallest time by which a share `q` is done; unfinished rows were watched for their `age`.

        Without unfinished rows this is the inverse of the empirical distribution; with them the
        product-limit estimate of Kaplan and Meier, which is the same where nothing is unfinished.
        """
        seen: list[tuple[float, bool, float]] = []
        for row in rows:
            if row[column] is not None:
                seen.append((row[column], True, self.weight(row)))
            elif age is not None and row[age] is not None:
                seen.append((row[age], False, self.weight(row)))
        if not seen:
            return NOTHING
        return _product_limit(seen, q), len(seen)


def _product_limit(seen: list[tuple[float, bool, float]], q: float) -> float | None:
    left = 1.0
    for moment in sorted({at for at, done, _ in seen if done}):
        risk = fsum(w for at, _, w in seen if at >= moment)
        done = fsum(w for at, finished, w in seen if finished and at == moment)
        left *= 1 - done / risk
        if left <= 1 - q + 1e-9:
            return moment
    return None


Measure: TypeAlias = Callable[[Tally], Figure]
Spread: TypeAlias = Callable[[Tally], dict[object, float]]
