"""Who answers one survey, and who does not: requests by when and how they were sent, answers by how far they came.

Counted over the teams of whoever looks, tests left out, and only what is old enough: of requests `RIPE_DAYS` days,
of answers that were begun one day. Of employees nothing is divided into groups.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, TypeAlias

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import ExtractHour, ExtractIsoWeekDay

from peil.surveys.counting import IN_TIME, Asked, Days, Teams, ripe_requests
from peil.surveys.models import Request, Response

BEGUN_DAYS = 1  # who began later may still go on
_AFTER = timedelta(days=BEGUN_DAYS)
RequestGroup: TypeAlias = Literal["channel", "via", "language", "weekday", "hour"]
AnswerGroup: TypeAlias = Literal["device", "link", "language"]
FLAGS = ("speeder", "straight_line", "duplicate", "flood")


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Which days, and whose: of one survey."""

    survey: str
    teams: Teams
    days: Days
    now: datetime


@dataclass(frozen=True, slots=True)
class Sendings:
    """What became of the requests of a period."""

    sent: int
    bounced: int
    held_back: int
    answered: int


@dataclass(frozen=True, slots=True)
class Course:
    """Answers that were begun: how many were finished, after which question the others stopped, how long it took."""

    begun: int
    finished: int
    stopped: Mapping[str, int]  # by the last question that was sent
    seconds: tuple[float, ...]  # of those finished, where the moment is known
    flags: Mapping[str, int]


def sendings_for_teams(period: Period) -> Sendings:
    rows = _requests(period)
    found = rows.aggregate(
        sent=Count("pk", filter=Q(sent_at__isnull=False)),
        bounced=Count("pk", filter=Q(bounced_at__isnull=False)),
        held=Count("pk", filter=~Q(held_back="")),
        answered=Count("pk", filter=Q(answered_at__isnull=False)),
    )
    return Sendings(found["sent"], found["bounced"], found["held"], found["answered"])


def requests_by_group_for_teams(period: Period, group: RequestGroup) -> dict[str | int, Asked]:
    """Of each group of requests that reached somebody, how many were answered in time."""
    rows = ripe_requests(period.teams, period.days).filter(survey__key=period.survey)
    part = {
        "weekday": ExtractIsoWeekDay("sent_at", tzinfo=period.days.zone),
        "hour": ExtractHour("sent_at", tzinfo=period.days.zone),
    }.get(group, F(group))
    found = (
        rows.annotate(part=part).values_list("part").annotate(n=Count("pk"), yes=Count("pk", filter=IN_TIME)).order_by()
    )
    return {part: Asked(n, yes) for part, n, yes in found}


def answers_by_group_for_teams(period: Period, group: AnswerGroup) -> dict[str, Asked]:
    """Of each group of answers that were begun, how many were finished. A link is called by its label."""
    column = "link__label" if group == "link" else group
    found = (
        _begun(period)
        .values_list(column)
        .annotate(n=Count("pk"), yes=Count("pk", filter=Q(finished_at__isnull=False)))
        .order_by()
    )
    counted: dict[str, Asked] = {}
    for part, n, yes in found:
        before = counted.get(part or "", Asked())
        counted[part or ""] = Asked(before.reached + n, before.answered + yes)
    return counted


def course_for_teams(period: Period) -> Course:
    """How far those came who began."""
    stopped: dict[str, int] = {}
    flags = dict.fromkeys(FLAGS, 0)
    seconds: list[float] = []
    begun = finished = 0
    rows = _begun(period).values_list("started_at", "finished_at", "last_question", "flags", "entered_by")
    for started, done, last, doubts, entered in rows.iterator(2_000):
        begun += 1
        if done is None:
            stopped[last] = stopped.get(last, 0) + 1
            continue
        finished += 1
        if entered is None and done > started:
            seconds.append((done - started).total_seconds())
        for doubt in doubts.split():
            flags[doubt] = flags.get(doubt, 0) + 1
    return Course(begun, finished, stopped, tuple(sorted(seconds)), flags)


def median_of(sorted_values: Sequence[float]) -> tuple[float, float, float] | None:
    """The median, and its interval from the order of the values; None below six, which have no such interval.

    Source: Conover 1999, Practical Nonparametric Statistics, 3.2.

    >>> median_of([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0])
    (4.0, 1.0, 7.0)
    """
    n = len(sorted_values)
    if n < 6:
        return None
    half = 1.959963984540054 * math.sqrt(n) / 2
    low = max(math.floor(n / 2 - half), 0)
    middle = (sorted_values[(n - 1) // 2] + sorted_values[n // 2]) / 2
    return middle, sorted_values[low], sorted_values[n - 1 - low]


def _requests(period: Period) -> QuerySet[Request]:
    rows = Request.objects.filter(
        survey__key=period.survey, test=False, made_at__gte=period.days.start_of(period.days.first)
    )
    return rows if period.teams is None else rows.filter(context__team__in=list(period.teams))


def _begun(period: Period) -> QuerySet[Response]:
    rows = Response.objects.filter(
        survey__key=period.survey,
        test=False,
        started_at__gte=period.days.start_of(period.days.first),
        started_at__lt=period.now - _AFTER,
    )
    return rows if period.teams is None else rows.filter(context__team__in=list(period.teams))
