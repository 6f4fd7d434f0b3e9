"""The shapes that many KPIs share: which moments a share or a mean needs, and its value.

No column here is large beside its spread, so every origin is 0 and KPIs on one column share
their sums.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from peil.core.intervals import mean_t, wilson
from peil.core.kpi import Array, Kpi, Sums, Words
from peil.core.moments import Count, CountBetween, Is, Moment, Sum

SHARE = wilson("yes")
MEAN = mean_t("total", "squares")
SCALE: Mapping[str, Moment] = {"scale": Sum("scale_code"), "scale2": Sum("scale_code", 2)}

PAIR_SCALE: Mapping[str, Moment] = {"scale_n": Count("scale_code"), **SCALE}

INBOUND = (Is("direction", ("in",)),)
TOUCHPOINT = Is("relationship", (0,))
RELATIONSHIP = Is("relationship", (1,))


def kind(name: str) -> Is:
    """Answers to questions of one kind."""
    return Is("kind", (name,))


def flag(column: str, low: float = 1, high: float | None = None) -> dict[str, Moment]:
    """Rows where `column` is known, and those where it is `low` (or `low` to `high`)."""
    return {"n": Count(column), "yes": CountBetween(column, low, low if high is None else high)}


def mean_of(column: str) -> dict[str, Moment]:
    """Number, sum and sum of squares of `column`."""
    return {"n": Count(column), "total": Sum(column), "squares": Sum(column, 2)}


def over(amount: Array, by: Array) -> Array:
    """`amount` / `by`; NaN where `by` is 0, since nothing answered is no figure."""
    return np.asarray(np.divide(amount, by, out=np.full(np.shape(by), np.nan), where=np.asarray(by) != 0))


def percent(m: Sums) -> Array:
    return 100 * over(m.yes, m.n)


def mean(m: Sums) -> Array:
    return over(m.total, m.n)


def relationship(kpi: Kpi) -> Kpi:
    """The same question about the brand as a whole: of each customer only the last answer in the period."""
    return replace(
        kpi,
        key=f"{kpi.key}_relationship",
        name=Words(f"{kpi.name.nl}, relatie", f"{kpi.name.en}, relationship"),
        formula=Words(
            f"{kpi.formula.nl}; per klant telt het laatste antwoord in de periode",
            f"{kpi.formula.en}; of each customer the last answer in the period counts",
        ),
        tells=Words(
            f"{kpi.tells.nl} Hier gevraagd over de organisatie als geheel, nooit samengevoegd met vragen over één contact.",
            f"{kpi.tells.en} Here asked about the organisation as a whole, never pooled with questions about one contact.",
        ),
        rows=(*(r for r in kpi.rows if r != TOUCHPOINT), RELATIONSHIP),
        last_answer=True,
    )
