"""Who is left alone: those who said no more by the link of a mail, and back again; and those on hold for a while."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from peil.core.errors import BadQuery
from peil.surveys.keeping import read_version
from peil.surveys.models import Hold, NoMore, Request
from peil.surveys.whom.leaving import no_more
from peil.surveys.whom.reasons import HOLDS

OPT_OUT, COMPLAINT = "opt_out", "complaint"


@dataclass(frozen=True, slots=True)
class Stopping:
    """Whom a stop link is of: no name, no address."""

    uid: uuid.UUID
    survey: str  # its name, in the language of the mail
    language: str
    stopped: str  # '', 'this' or 'all'


def find_stopping(uid: uuid.UUID) -> Stopping | None:
    """What the page says to who follows the link of this request; nothing is changed."""
    row = Request.objects.select_related("survey", "version").filter(uid=uid).first()
    if row is None:
        return None
    version = row.version or row.survey.versions.order_by("-number").first()
    name, language = row.survey.key, row.language or "nl"
    if version is not None:
        asked = read_version(version.pk, version.content)
        language = row.language if row.language in asked.languages else asked.languages[0]
        name = asked.name.of(language) or name
    said = NoMore.objects.filter(person__in=_persons(row), reason=OPT_OUT)
    everything = said.filter(survey=None).exists()
    stopped = "all" if everything else "this" if said.filter(survey=row.survey_id).exists() else ""
    return Stopping(row.uid, name, language, stopped)


def stop_asking(uid: uuid.UUID, *, everything: bool, reason: str = OPT_OUT, now: datetime | None = None) -> bool:
    """Never ask this person again: anything, or this survey. Whether there is such a request."""
    row, now = Request.objects.filter(uid=uid).first(), now or timezone.now()
    if row is None:
        return False
    with transaction.atomic():
        for person in _persons(row):
            no_more(person, None if everything else row.survey_id, reason, now)
        Request.objects.filter(pk=row.pk).update(reminder_at=None)
    return True


def ask_again(uid: uuid.UUID) -> bool:
    """Take back what was said by a link; an address that does not work stays out."""
    row = Request.objects.filter(uid=uid).first()
    if row is None:
        return False
    return bool(NoMore.objects.filter(person__in=_persons(row), reason=OPT_OUT).delete()[0])


def _persons(row: Request) -> list[str]:
    return [p for p in (row.person, row.address_person) if p]


def add_hold(customer_id: str, reason: str, until: datetime | None = None, now: datetime | None = None) -> None:
    """Leave a customer alone from now on; said twice it is kept once, with the later end."""
    if reason not in HOLDS:
        raise BadQuery(f"'{reason[:40]}' is no reason to leave somebody alone.", f"Choose {', '.join(HOLDS)}.")
    if not customer_id.strip() or len(customer_id) > 200:
        raise BadQuery("A hold needs the number of a customer.", "Send it in at most 200 characters.")
    now = now or timezone.now()
    there = Hold.objects.filter(Q(until=None) | Q(until__gt=now), customer_id=customer_id, reason=reason).first()
    if there is None:
        Hold.objects.create(customer_id=customer_id, reason=reason, since=now, until=until)
    elif there.until is not None and (until is None or until > there.until):
        there.until = until
        there.save(update_fields=["until"])


def end_hold(customer_id: str, reason: str, now: datetime | None = None) -> int:
    """It is over; how many holds ended."""
    now = now or timezone.now()
    running = Hold.objects.filter(Q(until=None) | Q(until__gt=now), customer_id=customer_id, reason=reason)
    return running.update(until=now)
