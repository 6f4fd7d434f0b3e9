"""Why somebody is not asked: each reason is kept with the request, and counted as a fact."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Literal, TypeAlias, get_args

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from peil.surveys.models import Hold, NoMore, Request

Via: TypeAlias = Literal["email", "sms", "whatsapp", "page", "phone", "paper"]
VIA: tuple[Via, ...] = get_args(Via)
SENT: tuple[Via, ...] = ("email", "sms", "whatsapp")  # what Peil delivers; the rest is shown or handed over by others
HoldReason: TypeAlias = Literal["open_complaint", "open_case", "collections", "death", "minor", "other_hold"]
HOLDS: tuple[HoldReason, ...] = get_args(HoldReason)
HeldBack: TypeAlias = Literal[
    "unpublished", "ended", "anonymous", "no_address", "opted_out", "bounced", "complained",
    "open_complaint", "open_case", "collections", "death", "minor", "other_hold",
    "not_sampled", "too_late", "resting", "not_needed", "expired",
]  # fmt: skip
HELD_BACK: tuple[HeldBack, ...] = get_args(HeldBack)
_NO_MORE: Mapping[str, HeldBack] = {"opt_out": "opted_out", "bounced": "bounced", "complaint": "complained"}
ADULT = 16  # years: below it nobody is asked by themselves
_TRUE = ("1", "true", "yes", "ja", "y", "j")


def no_more_reason(persons: list[str], survey: int) -> HeldBack | None:
    """Whether they asked not to be asked, or can't be reached, by customer or by address."""
    rows = NoMore.objects.filter(Q(survey=None) | Q(survey=survey), person__in=persons).order_by("pk")
    reason = rows.values_list("reason", flat=True).first()
    return None if reason is None else _NO_MORE.get(reason, "opted_out")


def hold_reason(customer_id: str, attributes: Mapping[str, object], now: datetime) -> HeldBack | None:
    """Whether they are to be left alone: by what came with the event, else by what is kept of them."""
    told = next((reason for reason in HOLDS if _is_true(attributes.get(reason))), None)
    if told is not None or _is_young(attributes.get("birth_date"), now):
        return told or "minor"
    if not customer_id:
        return None
    held = Hold.objects.filter(Q(until=None) | Q(until__gt=now), customer_id=customer_id, since__lte=now)
    reason = held.order_by("pk").values_list("reason", flat=True).first()
    if reason is None:
        return None
    return next((known for known in HOLDS if known == reason), "other_hold")


def is_resting(persons: list[str], moment: datetime, days: int, *, among: QuerySet[Request] | None = None) -> bool:
    """Whether somebody was asked, or is to be, within so many days of this moment, for whatever survey."""
    if days <= 0 or not persons:
        return False
    near = asked_of(persons) if among is None else among
    return near.filter(**_around(moment, days)).exists()


def asked_of(persons: list[str]) -> QuerySet[Request]:
    """The requests to somebody that left or are to leave, each with its moment as `at`."""
    theirs = Q(person__in=persons) | Q(address_person__in=persons)
    return Request.objects.filter(theirs, held_back="", test=False).annotate(at=Coalesce(F("sent_at"), F("due_at")))


def has_newer(persons: list[str], number: int, moment: datetime | None) -> bool:
    """Whether somebody was asked again since a request of theirs left."""
    if moment is None:
        return False
    return asked_of(persons).exclude(pk=number).filter(**_after(moment)).exists()


def _after(moment: datetime) -> dict[str, datetime]:
    return {"at__gt": moment}


def _around(moment: datetime, days: int) -> dict[str, datetime]:
    span = timedelta(days=days)
    return {"at__gt": moment - span, "at__lt": moment + span}


def bad_address(via: Via, address: str) -> bool:
    """Whether nothing could arrive there."""
    if via == "email":
        try:
            validate_email(address)
        except ValidationError:
            return True
        return False
    return via in SENT and not 8 <= sum(c.isdigit() for c in address) <= 15


def _is_true(value: object) -> bool:
    return value is True or str(value).strip().lower() in _TRUE


def _is_young(born: object, now: datetime) -> bool:
    """A date that can't be read tells nothing; an age is counted by birthdays."""
    try:
        birth = datetime.fromisoformat(str(born)).date()
    except ValueError:
        return False
    today = now.date()
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day)) < ADULT
