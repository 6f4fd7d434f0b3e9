"""What is counted of the answers themselves: how many, when, by whom they were asked.

Everything is counted over the teams of whoever looks (None: all); what was answered as a test counts nowhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TypeAlias
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Max, Q, QuerySet

from peil.surveys.models import Request, Response

RIPE_DAYS = 14  # as the KPI has it: who was asked later may still answer
Teams: TypeAlias = Sequence[str] | None


@dataclass(frozen=True, slots=True)
class Days:
    """Whole days of the organisation, from the first one through today."""

    first: date
    today: date
    zone: ZoneInfo

    def start_of(self, day: date) -> datetime:
        return datetime.combine(day, time(), self.zone)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many answers a survey has, and when the last one came."""

    answers: int = 0
    last: datetime | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """Of those who were reached, how many answered within the days that it takes."""

    reached: int = 0
    answered: int = 0


def tallies_for_teams(teams: Teams) -> dict[str, Tally]:
    """By survey, what was submitted."""
    rows = (
        _responses(teams)
        .filter(finished_at__isnull=False)
        .values_list("survey__key")
        .annotate(n=Count("finished_at"), last=Max("finished_at"))  # both stand in the index
        .order_by()
    )
    return {key: Tally(n, last) for key, n, last in rows}


def asked_for_teams(teams: Teams, days: Days) -> dict[str, Asked]:
    """By survey, requests sent from the first day on that are old enough to count."""
    rows = (
        ripe_requests(teams, days)
        .values_list("survey__key")
        .annotate(n=Count("pk"), yes=Count("pk", filter=IN_TIME))
        .order_by()
    )
    return {key: Asked(n, yes) for key, n, yes in rows}


def as_far_as_told(days: Days) -> Days:
    """Looked at from the last day on which anything happened to requests, as the facts are."""
    found = Request.objects.filter(test=False).aggregate(Max("sent_at"), Max("started_at"), Max("answered_at"))
    happened = [at.astimezone(days.zone).date() for at in found.values() if at is not None]
    return replace(days, today=min(days.today, max(happened))) if happened else days


IN_TIME = Q(started_at__lte=F("sent_at") + timedelta(days=RIPE_DAYS))


def ripe_requests(teams: Teams, days: Days) -> QuerySet[Request]:
    """Requests that reached somebody, at least `RIPE_DAYS` whole days ago, as the KPI counts them."""
    unripe = days.start_of(days.today - timedelta(days=RIPE_DAYS - 1))
    rows = Request.objects.filter(
        test=False, held_back="", bounced_at=None, sent_at__gte=days.start_of(days.first), sent_at__lt=unripe
    )
    return rows if teams is None else rows.filter(context__team__in=list(teams))


def _responses(teams: Teams, *, tests: bool = False) -> QuerySet[Response]:
    rows = Response.objects.all() if tests else Response.objects.filter(test=False)
    return rows if teams is None else rows.filter(context__team__in=list(teams))


def tallies_of_links_for_teams(survey: str, teams: Teams) -> dict[int, int]:
    """By link, what was submitted; of a link to try things out, what was tried."""
    rows = (
        _responses(teams, tests=True)
        .filter(survey__key=survey, finished_at__isnull=False, link__isnull=False)
        .values_list("link")
        .annotate(n=Count("pk"))
        .order_by()
    )
    return {int(link): n for link, n in rows if link is not None}
