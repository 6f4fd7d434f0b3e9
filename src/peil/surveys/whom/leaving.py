"""A request at the moment at which it leaves: looked at once more, marked once it left, reminded once, expired at last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from peil.surveys.answering.spent import waiting_to_be_marked
from peil.surveys.keeping import read_version
from peil.surveys.models import NoMore, Request
from peil.surveys.questionnaires.questionnaire import Questionnaire
from peil.surveys.whom.asking import ASK, REMIND, Terms, lock_turns, put_in_line
from peil.surveys.whom.reasons import HeldBack, Via, asked_of, has_newer, hold_reason, is_resting, no_more_reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """A request that may leave now, with all that its letter needs."""

    row: Request
    questionnaire: Questionnaire
    version: int
    reminder: bool

    @property
    def via(self) -> Via:
        return cast("Via", self.row.via)

    @property
    def known(self) -> Mapping[str, str]:
        return dict(self.row.known)


def take_request(number: int, terms: Terms, now: datetime) -> Parcel | None:
    """The request, if it is still to be sent and may be now; what became impossible since it was asked is kept."""
    with transaction.atomic():
        row = _locked(number)
        if row is None or row.sent_at or row.held_back or row.answered_at or row.due_at is None:
            return None
        version = row.survey.versions.order_by("-number").first()
        questionnaire = read_version(version.pk, version.content) if version else None
        held = _held_now(row, questionnaire, terms, now)
        if held or version is None or questionnaire is None:
            hold_back(row, held or "unpublished")
            return None
        if not row.test and not terms.hours.allows(now):
            row.due_at = terms.hours.first_from(now)
            row.save(update_fields=["due_at"])
            put_in_line(ASK, row.pk, row.due_at)
            return None
    return Parcel(row=row, questionnaire=questionnaire, version=version.pk, reminder=False)


def mark_sent(parcel: Parcel, terms: Terms, now: datetime) -> None:
    """It left. The only reminder is put in line with it."""
    lasts, after = timedelta(days=terms.manner.lasts), terms.manner.remind_after
    remind = terms.hours.first_from(now + timedelta(days=after)) if after and not parcel.row.test else None
    if remind is not None and remind >= now + lasts:
        remind = None
    with transaction.atomic():
        marked = Request.objects.filter(pk=parcel.row.pk, sent_at=None).update(
            sent_at=now, version_id=parcel.version, reminder_at=remind, expires_at=now + lasts, to_facts=True
        )
        if marked and remind is not None:
            put_in_line(REMIND, parcel.row.pk, remind)


def take_reminder(number: int, terms: Terms, now: datetime) -> Parcel | None:
    """The request, if its one reminder may leave now."""
    with transaction.atomic():
        row = _locked(number)
        if row is None or row.reminder_at is None or row.reminded_at is not None or row.version is None:
            return None
        over = row.answered_at or row.bounced_at or row.expired_at or (row.expires_at and row.expires_at <= now)
        persons = _persons(row)
        newer = has_newer(persons, row.pk, row.sent_at)
        refused = no_more_reason(persons, row.survey_id) or hold_reason(_customer(row), {}, now)
        if over or newer or refused or row.survey.ended_at is not None:
            Request.objects.filter(pk=row.pk).update(reminder_at=None)
            return None
        if not terms.hours.allows(now):
            row.reminder_at = terms.hours.first_from(now)
            row.save(update_fields=["reminder_at"])
            put_in_line(REMIND, row.pk, row.reminder_at)
            return None
    return Parcel(
        row=row, questionnaire=read_version(row.version.pk, row.version.content), version=row.version.pk, reminder=True
    )


def mark_reminded(parcel: Parcel, now: datetime) -> None:
    Request.objects.filter(pk=parcel.row.pk).update(reminded_at=now, reminder_at=None)


def hold_back(row: Request, reason: HeldBack) -> None:
    """Keep why a request does not leave; where it would have gone is forgotten."""
    Request.objects.filter(pk=row.pk).update(
        held_back=reason, address="", known={}, due_at=None, reminder_at=None, to_facts=True
    )


def mark_bounced(number: int, now: datetime, *, gone: bool) -> None:
    """It came back. Where there is no such address, that is never written to again."""
    with transaction.atomic():
        row = Request.objects.filter(pk=number).first()
        if row is None:
            return
        changed = {"bounced_at": now, "reminder_at": None, "to_facts": True}
        Request.objects.filter(pk=number, bounced_at=None).update(**changed, sent_at=row.sent_at or now)
        if gone and row.address_person:
            no_more(row.address_person, None, "bounced", now)


def no_more(person: str, survey: int | None, reason: str, now: datetime) -> None:
    """Somebody is not asked again; said twice is kept once."""
    lock_turns([person])
    same = NoMore.objects.filter(person=person, reason=reason)
    if not same.filter(survey=survey).exists():
        NoMore.objects.create(person=person, survey_id=survey, reason=reason, at=now)


def expire_requests(now: datetime | None = None) -> int:
    """Requests that can no longer be answered are over; how many. What never left is held back as such."""
    now = now or timezone.now()
    answered = [one for all_of in waiting_to_be_marked().values() for one in all_of]
    over = Request.objects.filter(expires_at__lte=now, answered_at=None, expired_at=None, held_back="")
    over = over.exclude(pk__in=answered)
    late = over.filter(sent_at=None, due_at__lte=now)
    waiting = late.update(held_back="expired", address="", known={}, due_at=None, to_facts=True)
    return waiting + over.exclude(sent_at=None).update(expired_at=F("expires_at"), reminder_at=None, to_facts=True)


def _held_now(row: Request, questionnaire: Questionnaire | None, terms: Terms, now: datetime) -> HeldBack | None:
    """What changed since it was asked: a refusal, a hold, an end, or a turn that somebody else took."""
    if questionnaire is None:
        return "unpublished"
    if row.survey.ended_at is not None:
        return "ended"
    if row.test:
        return None
    if row.expires_at is not None and row.expires_at <= now:
        return "expired"
    persons = _persons(row)
    refused = no_more_reason(persons, row.survey_id) or hold_reason(_customer(row), {}, now)
    return refused or ("resting" if _has_had_a_turn(row, persons, terms.manner.rest_days, now) else None)


def _has_had_a_turn(row: Request, persons: list[str], days: int, now: datetime) -> bool:
    """Whether another request left meanwhile, or one that was asked before this one is about to."""
    if days <= 0:
        return False
    earlier = Q(sent_at=None, due_at__lte=now, pk__lt=row.pk)
    others = asked_of(persons).exclude(pk=row.pk).filter(~Q(sent_at=None) | earlier)
    return is_resting(persons, now, days, among=others)


def _locked(number: int) -> Request | None:
    """The request, with the turns of its person held until the transaction ends."""
    found = Request.objects.filter(pk=number).first()
    if found is None:
        return None
    lock_turns(_persons(found))
    rows = Request.objects.filter(pk=number).select_related("survey", "version")
    if connection.features.has_select_for_update:
        rows = rows.select_for_update(of=("self",))
    return rows.first()


def _persons(row: Request) -> list[str]:
    return [p for p in (row.person, row.address_person) if p]


def _customer(row: Request) -> str:
    return str(row.context.get("customer_id", ""))
