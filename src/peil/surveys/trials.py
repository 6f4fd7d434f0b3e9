"""Two ways to ask, drawn by lot, to see which gets more answers: one at a time a survey, and judged once.

The number of requests an arm is fixed before the trial begins, from the smallest difference that matters. Until both
arms have as many ripe requests there are rates and intervals, and no verdict: who looks every day and stops at the
first difference finds one far more often than one time in twenty.
"""

from __future__ import annotations

import math
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import NormalDist
from typing import Any, Literal, TypeAlias, cast, get_args

import numpy as np
from django.db import IntegrityError, transaction
from django.db.models import Count, F, Q
from django.utils import timezone

from peil.core.compare import Arm as Side
from peil.core.compare import mover, p_of
from peil.core.errors import BadQuery
from peil.core.intervals import critical, wilson_limits
from peil.surveys.models import Request, Survey, Trial
from peil.surveys.tokens import lot_of

What: TypeAlias = Literal["subject", "moment", "way", "first_question"]
WHATS: tuple[What, ...] = get_args(What)
RIPE = timedelta(days=14)  # until then an answer may still come
LEVEL, POWER = 0.95, 0.80
Verdict: TypeAlias = Literal["too_early", "first", "second", "none"]


@dataclass(frozen=True, slots=True)
class Drawn:
    """What the lot gave one request; nothing where no trial is under way."""

    arm: str = ""
    what: str = ""
    value: Any = None
    values: tuple[Any, ...] = ()

    @property
    def ways(self) -> tuple[Any, ...]:
        return self.values if self.what == "way" else ()

    @property
    def hours(self) -> float:
        return float(self.value) if self.what == "moment" else 0.0

    @property
    def way(self) -> Any:
        return self.value if self.what == "way" else None

    @property
    def first(self) -> str:
        """The question that is asked first, in the letter and on the page."""
        return str(self.value) if self.what == "first_question" else ""


@dataclass(frozen=True, slots=True)
class ArmResult:
    """How one arm stands: of its ripe requests, how many were answered within 14 days."""

    name: str
    ripe: int
    answered: int
    unripe: int
    rate: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialState:
    """A trial with its two arms; the difference is the second less the first, told only with the verdict."""

    id: int
    survey: str
    what: What
    values: tuple[Any, Any]
    expected: float
    smallest: float
    planned: int
    began_at: datetime
    ended_at: datetime | None
    arms: tuple[ArmResult, ArmResult]
    verdict: Verdict
    difference: tuple[float, float, float] | None = None  # value, low, high
    p: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTrial:
    """What is to be tried: two values of one thing."""

    survey: str
    what: What
    values: Sequence[Any] = field(default_factory=tuple)
    expected: float = 0.15
    smallest: float = 0.03


def planned_number(expected: float, smallest: float, level: float = LEVEL, power: float = POWER) -> int:
    """Requests an arm so that a difference of `smallest` is found with this power.

    Fleiss, Levin and Paik 2003, Statistical Methods for Rates and Proportions, formula 4.14, without the correction for
    continuity.

    >>> planned_number(0.15, 0.05)
    906
    """
    one, other = expected, expected + smallest
    if not (0 < one < 1 and 0 < other < 1 and smallest > 0):
        raise BadQuery("These shares can't be told apart.", "Take shares between 0 and 100 % that differ.")
    middle, normal = (one + other) / 2, NormalDist()
    by_chance = normal.inv_cdf(1 - (1 - level) / 2) * math.sqrt(2 * middle * (1 - middle))
    found = normal.inv_cdf(power) * math.sqrt(one * (1 - one) + other * (1 - other))
    return math.ceil(((by_chance + found) / smallest) ** 2)


def begin_trial(wanted: NewTrial) -> TrialState:
    """Begin to draw lots. One at a time a survey: with two, nobody could tell which one made the difference."""
    if wanted.what not in WHATS or len(wanted.values) != 2 or wanted.values[0] == wanted.values[1]:
        raise BadQuery("A trial compares two different ways to ask.", f"Say two values of {', '.join(WHATS)}.")
    planned = planned_number(wanted.expected, wanted.smallest)
    survey = Survey.objects.filter(key=wanted.survey).first()
    if survey is None:
        raise BadQuery(f"There is no survey '{wanted.survey[:60]}'.", "Choose one from the list of surveys.")
    try:
        with transaction.atomic():
            made = Trial.objects.create(
                survey=survey, what=wanted.what, arms=list(wanted.values), expected=wanted.expected,
                smallest=wanted.smallest, planned=planned,
            )  # fmt: skip
    except IntegrityError:
        raise BadQuery("A trial of this survey is under way.", "End that one first.") from None
    return _state(made, timezone.now())


def end_trial(number: int) -> bool:
    """Draw no more lots; whether it was under way. What was drawn keeps its arm."""
    return bool(Trial.objects.filter(pk=number, ended_at=None).update(ended_at=timezone.now()))


def trials_of(survey: str, now: datetime | None = None) -> list[TrialState]:
    """The trials of a survey, the newest first."""
    rows = Trial.objects.filter(survey__key=survey).select_related("survey")
    return [_state(row, now or timezone.now()) for row in rows]


def draw(survey: int, uid: uuid.UUID) -> Drawn:
    """The arm of a request, by a lot that nobody can steer and that always falls the same."""
    trial = Trial.objects.filter(survey_id=survey, ended_at=None).first()
    if trial is None:
        return Drawn()
    place = int(lot_of("trial", str(trial.pk), str(uid)) * len(trial.arms))
    return Drawn(f"{trial.pk}:{place}", trial.what, trial.arms[place], tuple(trial.arms))


def drawn_of(arm: str) -> Drawn:
    """What the arm of a request means for its letter and its page; nothing where it has none, or an odd one."""
    number, _, place = arm.partition(":")
    if not (number.isdecimal() and place.isdecimal()):
        return Drawn()
    trial = Trial.objects.filter(pk=int(number)).first()
    if trial is None or int(place) >= len(trial.arms):
        return Drawn()
    return Drawn(arm, trial.what, trial.arms[int(place)])


def _state(row: Trial, now: datetime) -> TrialState:
    counted = _counts(row, now)
    one, other = (_arm(name, counted.get(f"{row.pk}:{n}", {})) for n, name in enumerate("AB"))
    told: dict[str, Any] = {"verdict": "too_early"}
    if min(one.ripe, other.ripe) >= max(row.planned, 1):
        told = _judged(one, other)
    return TrialState(
        id=row.pk, survey=row.survey.key, what=cast("What", row.what), values=(row.arms[0], row.arms[1]), expected=row.expected,
        smallest=row.smallest, planned=row.planned, began_at=row.began_at, ended_at=row.ended_at, arms=(one, other), **told,
    )  # fmt: skip


def _counts(row: Trial, now: datetime) -> dict[str, dict[str, int]]:
    """By arm: what was delivered and is ripe, what of it was answered in time, and what is not ripe yet."""
    ripe = Q(sent_at__lte=now - RIPE)
    rows = (
        Request.objects.filter(survey=row.survey_id, arm__startswith=f"{row.pk}:", test=False, bounced_at=None)
        .exclude(sent_at=None)
        .values("arm")
        .annotate(
            ripe=Count("pk", filter=ripe),
            answered=Count("pk", filter=ripe & Q(answered_at__lte=F("sent_at") + RIPE)),
            unripe=Count("pk", filter=~ripe),
        )
    )
    return {r["arm"]: {name: int(r[name]) for name in ("ripe", "answered", "unripe")} for r in rows}


def _arm(name: str, counted: Mapping[str, int]) -> ArmResult:
    ripe, answered = counted.get("ripe", 0), counted.get("answered", 0)
    unripe = counted.get("unripe", 0)
    if not ripe:
        return ArmResult(name, 0, 0, unripe, None, None, None)
    low, high = wilson_limits(answered / ripe, ripe)
    return ArmResult(name, ripe, answered, unripe, answered / ripe, float(low), float(high))


def _judged(one: ArmResult, other: ArmResult) -> dict[str, Any]:
    """The verdict with the difference, its interval (Newcombe 1998) and its p: the same method as every other KPI."""
    first, second = _side(one), _side(other)
    none = np.zeros(1)
    low, high = (float(x[0]) for x in mover(first, second, none, LEVEL))
    value = float((second.value - first.value)[0])
    verdict: Verdict = "second" if low > 0 else "first" if high < 0 else "none"
    return {"verdict": verdict, "difference": (value, low, high), "p": float(p_of(first, second, none)[0])}


def _side(arm: ArmResult) -> Side:
    share = np.array([arm.answered / arm.ripe])
    return Side(
        share,
        lambda level: wilson_limits(share, arm.ripe, critical(level, np.array([np.inf]))),
        np.zeros((1, 1)),
        np.ones(1),
    )
