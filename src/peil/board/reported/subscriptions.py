"""Who gets which figures by e-mail, when they are due, and who has had them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Literal, TypeAlias
from zoneinfo import ZoneInfo

from django.core import signing
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from peil.accounts.rules import may
from peil.board.models import Subscription
from peil.board.views import View, view_for
from peil.core.errors import UserError
from peil.warehouse.periods import bounds, code_of

if TYPE_CHECKING:
    from peil.accounts.models import Person

Every: TypeAlias = Literal["week", "month"]
_SALT = "peil.board.unsubscribe"  # a token for one thing is worth nothing for another


@dataclass(frozen=True, slots=True)
class Subscribed:
    """A subscription as its owner sees it; without a view it is about the own board."""

    id: int
    every: Every
    only_changed: bool
    view: View | None
    started_at: datetime
    done_until: date | None


def due(subscription: Subscribed, now: datetime) -> tuple[date, date] | None:
    """The last whole period, once it is over and was not told yet; None where nothing is due.

    `now` is in the organisation's time zone. Periods that were missed are not made up for: only the
    last one is told. What was over when somebody subscribed is told at the next period's end.
    """
    kind = subscription.every
    first, _ = bounds(kind, code_of(kind, now.date()))
    since, until = bounds(kind, code_of(kind, first - timedelta(days=1)))
    told = subscription.done_until is not None and subscription.done_until >= until
    return None if told or subscription.started_at.astimezone(now.tzinfo).date() >= until else (since, until)


def last_whole(every: Every, now: datetime) -> tuple[date, date]:
    """The last whole period before now."""
    first, _ = bounds(every, code_of(every, now.date()))
    return bounds(every, code_of(every, first - timedelta(days=1)))


def subscribe(person: Person, every: str, only_changed: bool, view_id: int | None) -> int:
    """Begin a subscription to the own board, or to a view that this person may open."""
    if every not in ("week", "month"):
        raise UserError("A subscription is weekly or monthly.", "Choose week or month.")
    if view_id is not None and view_for(person, view_id) is None:
        raise UserError("That view is not there.", "Choose one of your views.")
    made = {"every": every, "only_changed": only_changed, "view_id": view_id, "ended_at": None}
    found = Subscription.objects.filter(person=person, **made).first()
    return found.pk if found else Subscription.objects.create(person=person, **made).pk


def subscriptions_of(person: Person) -> list[Subscribed]:
    found = _standing().filter(person=person).select_related("view", "view__owner")
    return [_as_subscribed(s) for s in found]


def end_subscription(person: Person, number: int) -> bool:
    return bool(_standing().filter(pk=number, person=person).update(ended_at=timezone.now()))


def restore_subscription(person: Person, number: int) -> bool:
    """Take back that it ended; what fell due meanwhile is told at the next period's end."""
    found = Subscription.objects.filter(pk=number, person=person, ended_at__isnull=False)
    return bool(found.update(ended_at=None, started_at=timezone.now()))


def unsubscribe_token(number: int) -> str:
    """What a mail carries: it ends this one subscription and is good for nothing else."""
    return signing.dumps(number, salt=_SALT)


def read_token(token: str) -> int | None:
    """The subscription of a token; None where nobody of ours wrote it."""
    try:
        number = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    return number if isinstance(number, int) else None


def unsubscribe(number: int) -> None:
    """End a subscription by its token; one that ended already stays so."""
    _standing().filter(pk=number).update(ended_at=timezone.now())


def due_now(now: datetime, zone: ZoneInfo) -> Iterator[tuple[Person, Subscribed, tuple[date, date]]]:
    """Every subscription that is due, of people who may still get it."""
    for s in list(_standing().filter(person__is_active=True).select_related("person", "view", "view__owner")):
        told = _as_subscribed(s)
        period = due(told, now.astimezone(zone))
        if period is not None and may(s.person, "subscribe"):
            yield s.person, told, period


def claim(subscription: Subscribed, until: date) -> bool:
    """Take a period as told; False where another process was first. Call it where the mail is put in line."""
    assert transaction.get_connection().in_atomic_block
    found = _standing().filter(pk=subscription.id, done_until=subscription.done_until)
    return bool(found.update(done_until=until))


def _standing() -> QuerySet[Subscription]:
    return Subscription.objects.filter(ended_at=None)


def _as_subscribed(s: Subscription) -> Subscribed:
    view = None
    if s.view is not None:
        view = View(
            s.view.pk, s.view.name, s.view.path, s.view.parameters, s.view.owner_id == s.person_id,
            str(s.view.owner), s.view.shared_with,
        )  # fmt: skip
    every: Every = "week" if s.every == "week" else "month"
    return Subscribed(s.pk, every, s.only_changed, view, s.started_at, s.done_until)
