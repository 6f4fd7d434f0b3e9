"""Answers that a colleague enters: from paper, or while asking by phone. Who entered them is kept with them."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from peil.surveys.answering.doors import Door
from peil.surveys.answering.submitting import Sent, Submitted, submit
from peil.surveys.channels.proven import with_context
from peil.surveys.facts.wake import wake
from peil.surveys.models import Request, Response
from peil.surveys.questionnaires.answers import AnswerError, read_answers
from peil.surveys.questionnaires.as_json import answers_to_json

KINDS = ("paper", "phone")  # of links at which colleagues enter answers
TAKE_BACK = timedelta(hours=12)  # that a request is to be asked again
TAKEN_BACK = "taken_back"
OLDEST = timedelta(days=3 * 365)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One sheet of paper, or one conversation."""

    number: str  # drawn with the empty form, or read from the sheet: the same number is one answer
    form: Mapping[str, Sequence[str]]
    language: str
    day: date | None = None  # of the paper; None: just now
    by: int | None = None
    context: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class ToCall:
    """Somebody who is to be asked by phone."""

    uid: uuid.UUID
    customer: str
    phone: str
    day: datetime
    employee_id: str  # who had the contact that it is about
    interaction_id: str
    language: str


def check_entry(door: Door, form: Mapping[str, Sequence[str]]) -> tuple[AnswerError, ...]:
    """What is wrong with it; nothing is written."""
    return read_answers(door.asked, form).errors


def enter(door: Door, entry: Entry, zone: ZoneInfo) -> Submitted:
    """Keep it, as answered on the day of the paper or just now."""
    now = timezone.now()
    moment = now if entry.day is None else min(now, datetime.combine(entry.day, time(12), zone))
    door = with_context(door, entry.context or {})
    sent = Sent(
        mark=mark_of(door, entry.number), form=entry.form, page=None, language=entry.language, begun=moment, now=moment,
        device="paper" if door.kind == "paper" else "", entered_by_id=entry.by,
    )  # fmt: skip
    return submit(door, sent)


def mark_of(door: Door, number: str) -> str:
    return f"entered:{door.link_id}:{number}"


def for_request(door: Door, request: ToCall, context: Mapping[str, str]) -> Door:
    """The door of a link, for somebody who was to be asked: the answer is theirs, and the request is done with."""
    row = Request.objects.only("pk", "context", "channel").get(uid=request.uid)
    known = {**row.context, "channel": row.channel or door.context.get("channel", ""), **context}
    return with_context(replace(door, request_id=row.pk), {k: v for k, v in known.items() if v})


def to_call(survey: str, teams: Sequence[str] | None, limit: int = 50) -> list[ToCall]:
    """Whom to call for this survey, the first due first; of one's own teams (None: all)."""
    now = timezone.now()
    rows = Request.objects.filter(
        survey__key=survey, via="phone", held_back="", answered_at=None, expired_at=None, test=False, due_at__lte=now
    ).exclude(expires_at__lt=now)
    if teams is not None:
        rows = rows.filter(context__team__in=list(teams))
    return [_to_call(row) for row in rows.order_by("due_at", "pk")[:limit]]


def find_to_call(survey: str, uid: str, teams: Sequence[str] | None) -> ToCall | None:
    """One of them."""
    return next((one for one in to_call(survey, teams, limit=10_000) if str(one.uid) == uid), None)


def take_back(link_id: int, by: int, number: uuid.UUID) -> bool:
    """Empty what one entered oneself; that something was entered and taken back is kept, and no figure has it."""
    since = timezone.now() - TAKE_BACK
    with transaction.atomic():
        rows = Response.objects.filter(link=link_id, entered_by=by, finished_at__isnull=False, pk=number)
        done = rows.update(
            answers=answers_to_json(()),
            finished_at=None,
            last_question="",
            call_back="",
            flags=TAKEN_BACK,
            to_facts=True,
        )
        again = Request.objects.filter(response=number, answered_at__gte=since) if done else Request.objects.none()
        again.update(answered_at=None, to_facts=True)
    wake()
    return bool(done)


def _to_call(row: Request) -> ToCall:
    context = row.context
    return ToCall(
        row.uid, str(row.known.get("customer.name") or context.get("customer_id") or ""), row.address, row.due_at or row.made_at,
        str(context.get("employee_id") or ""), str(context.get("interaction_id") or ""), row.language,
    )  # fmt: skip
