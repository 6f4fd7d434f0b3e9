"""A share with its interval and number, in words: of the facts where they know it, else of what was counted here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from peil.core.intervals import wilson_limits
from peil.core.kpi import Estimate
from peil.report.figure import Figures
from peil.report.words import Language
from peil.surveys.counting import Asked
from peil.web.facts import the_peil

Why: TypeAlias = Literal["", "none", "few"]


@dataclass(frozen=True, slots=True)
class Share:
    """Value, interval and number as elements of the page; `why` where there is no value."""

    value: str = ""
    limits: str = ""
    n: str = ""
    why: Why = ""
    estimate: Estimate | None = None


def smallest() -> int:
    """Below how many answers nothing is shown."""
    return the_peil().warehouse.settings.min_answers


def share_of(e: Estimate | None, language: Language) -> Share:
    """A figure of the facts."""
    if e is None or not e.n:
        return Share(why="none")
    if e.value is None:
        return Share(why="few")
    figures = Figures(language)
    return Share(figures.value(e), figures.limits(e), figures.n(e), estimate=e)


def share_of_counts(asked: Asked | None, language: Language) -> Share:
    """What was counted here, with Wilson's interval."""
    return share_of(None if asked is None else estimate_of(asked.answered, asked.reached), language)


def estimate_of(yes: int, n: int) -> Estimate:
    """A share of `n`, hidden where they are too few."""
    few = n < smallest()
    low, high = wilson_limits(yes / n, n) if n and not few else (None, None)
    return Estimate(
        kpi="response_rate",
        value=None if few else 100 * yes / n,
        low=None if low is None else 100 * float(low),
        high=None if high is None else 100 * float(high),
        n=n,
        unit="percent",
        status="too_few" if few else "ok",
        method="wilson",
    )
