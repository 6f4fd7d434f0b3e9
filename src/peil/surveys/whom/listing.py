"""Requests as colleagues see them: what became of each, and how many were held back for what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias, get_args

from django.db.models import Case, CharField, Count, Q, QuerySet, Value, When

from peil.surveys.models import Request
from peil.surveys.whom.reasons import HELD_BACK

State: TypeAlias = Literal["waiting", "sent", "answered", "bounced", "expired", "held_back"]
STATES: tuple[State, ...] = get_args(State)
# the first that fits; answered wins over expired, and what came back over everything
_WHICH: Mapping[State, Q] = {
    "held_back": ~Q(held_back=""),
    "bounced": ~Q(bounced_at=None),
    "answered": ~Q(answered_at=None),
    "expired": ~Q(expired_at=None),
    "sent": ~Q(sent_at=None),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Which requests are looked at. `teams`: those that the reader may see; None is all."""

    survey: str = ""
    state: str = ""
    reason: str = ""
    since: datetime | None = None
    teams: Sequence[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One request. `address` and `customer` are empty for who may not see them."""

    id: int
    survey: str
    via: str
    state: State
    reason: str
    at: datetime  # when it left, is to leave, or was held back
    made_at: datetime
    reminded: bool
    test: bool
    customer: str
    address: str


@dataclass(frozen=True, slots=True)
class Counted:
    """How many requests there are of each state, and how many of each reason."""

    states: Mapping[str, int]
    reasons: tuple[tuple[str, int], ...]

    @property
    def all(self) -> int:
        return sum(self.states.values())


def list_requests(chosen: Chosen, *, before: int | None = None, limit: int = 50, named: bool = False) -> list[Seen]:
    """The newest requests first, before the one of this number. `named`: the reader may see of whom they are."""
    rows = _with_state(chosen).select_related("survey").order_by("-pk")
    rows = rows.filter(pk__lt=before) if before is not None else rows
    return [_seen(row, named) for row in rows[:limit]]


def count_requests(chosen: Chosen) -> Counted:
    """How many there are by state and by reason; tests are not counted."""
    rows = _with_state(chosen).filter(test=False)
    counts = {s: Count("pk", filter=_only(s)) for s in STATES}
    states = rows.order_by().aggregate(**counts)
    reasons = rows.exclude(held_back="").order_by().values_list("held_back").annotate(n=Count("pk"))
    return Counted(
        {state: int(states[state]) for state in STATES},
        tuple(sorted(((r, n) for r, n in reasons if r in HELD_BACK), key=lambda pair: -pair[1])),
    )


def _with_state(chosen: Chosen) -> QuerySet[Request]:
    which = [When(condition, then=Value(state)) for state, condition in _WHICH.items()]
    rows = Request.objects.annotate(state=Case(*which, default=Value("waiting"), output_field=CharField()))
    if chosen.survey:
        rows = rows.filter(survey__key=chosen.survey)
    if chosen.teams is not None:
        rows = rows.filter(context__team__in=list(chosen.teams))
    if chosen.since is not None:
        rows = rows.filter(made_at__gte=chosen.since)
    if chosen.reason:
        rows = rows.filter(held_back=chosen.reason)
    return rows.filter(_only(chosen.state)) if chosen.state else rows


def _only(state: str) -> Q:
    return Q(("state", state))


def _seen(row: Request, named: bool) -> Seen:
    state: State = next((s for s in STATES if s == getattr(row, "state", "")), "waiting")
    at = {"waiting": row.due_at, "held_back": row.made_at, "answered": row.answered_at, "bounced": row.bounced_at}
    return Seen(
        id=row.pk, survey=row.survey.key, via=row.via, state=state, reason=row.held_back,
        at=at.get(state, row.sent_at) or row.made_at, made_at=row.made_at, reminded=row.reminded_at is not None,
        test=row.test, customer=str(row.context.get("customer_id", "")) if named else "", address=row.address if named else "",
    )  # fmt: skip
