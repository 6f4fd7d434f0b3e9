"""Asking one person: decided once per cause, kept with the reason where it is not done, and put in line where it is."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from django.conf import settings as django_settings
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from peil.core.errors import BadQuery
from peil.surveys.keeping import read_version
from peil.surveys.manner import Manner, read_manner
from peil.surveys.models import Request, Survey, Turn
from peil.surveys.questionnaires.ordering import first_ones
from peil.surveys.questionnaires.questionnaire import Questionnaire
from peil.surveys.questionnaires.scales import channel_options
from peil.surveys.questionnaires.texts import ATTRIBUTES, clean_value
from peil.surveys.tokens import digest_of, lot_of, token_of
from peil.surveys.trials import Drawn, draw
from peil.surveys.whom.addresses import address_hash, customer_hash, find_contact
from peil.surveys.whom.moments import Hours, hours_of, slot
from peil.surveys.whom.reasons import (
    SENT,
    VIA,
    HeldBack,
    Via,
    asked_of,
    bad_address,
    hold_reason,
    is_resting,
    no_more_reason,
)
from peil.warehouse.settings import Settings

Put: TypeAlias = Callable[..., object]
ASK, REMIND = "ask", "ask_reminder"  # kinds of work in the outbox
CONTEXT = ("customer_id", "interaction_id", "visit_id", "employee_id", "team", "touchpoint")
_ISO = re.compile(r"\d{4}-\d\d-\d\d")
LATE_DAYS = 14  # what happened longer ago is not asked about any more


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One person to be asked one survey, after a cause. The same cause asks once, however often it comes."""

    survey: str
    cause: str
    via: Via = "email"
    customer_id: str = ""
    address: str = ""  # else that of the address book
    language: str = ""
    channel: str = ""  # of the contact it is about
    happened_at: datetime | None = None
    context: Mapping[str, str] = field(default_factory=dict)
    known: Mapping[str, str] = field(default_factory=dict)
    attributes: Mapping[str, object] = field(default_factory=dict)  # reasons to leave them alone, for this event
    delay_hours: float = 0
    share: float = 1.0  # of those who may be asked, drawn by lot
    late_days: int = LATE_DAYS
    again_days: int = 0  # the same survey no sooner than this after the last time
    test: bool = False  # to a colleague: leaves at once, and counts nowhere


@dataclass(frozen=True, slots=True)
class Terms:
    """How this organisation asks, read once for many requests."""

    manner: Manner
    hours: Hours

    @property
    def organisation(self) -> str:
        return self.hours.settings.organisation


@dataclass(frozen=True, slots=True)
class Asked:
    """What became of it. `new` is False where the cause asked before."""

    number: int
    survey: str
    uid: uuid.UUID
    new: bool
    held_back: str
    due_at: datetime | None


def terms_of(settings: Settings) -> Terms:
    manner = read_manner()
    return Terms(manner, hours_of(manner, settings))


def ask(wanted: Wanted, terms: Terms, now: datetime | None = None) -> Asked:
    """Ask one person, or keep why not. Safe to call for one cause from several processes at once."""
    _check(wanted)
    now = now or timezone.now()
    before = Request.objects.filter(cause=wanted.cause).select_related("survey").first()
    if before is not None:
        return _told(before, new=False)
    try:
        with transaction.atomic():
            return _ask(_complete(wanted), terms, now)
    except IntegrityError:  # another process asked for the same cause meanwhile
        found = Request.objects.filter(cause=wanted.cause).first()
        if found is None:
            raise
        return _told(found, new=False)


def _ask(wanted: Wanted, terms: Terms, now: datetime) -> Asked:
    survey = Survey.objects.filter(key=wanted.survey).first()
    if survey is None:
        raise BadQuery(f"There is no survey '{wanted.survey[:60]}'.", "Choose one from the list of surveys.")
    uid = uuid.uuid4()
    drawn = Drawn() if wanted.test else draw(survey.pk, uid)
    version = survey.versions.order_by("-number").first()
    questionnaire = read_version(version.pk, version.content) if version else None
    wanted, drawn = _with_arm(wanted, drawn, questionnaire)
    persons = _persons(wanted)
    lock_turns(persons)
    if Request.objects.filter(cause=wanted.cause).exists():  # decided while this one waited for its turn
        raise IntegrityError(wanted.cause)
    due = _due(wanted, terms, now)
    held = _ended(survey, questionnaire, wanted) or _held(wanted, persons, survey.pk, (terms, due, now))
    if not held and terms.manner.a_day and not wanted.test and wanted.via in SENT:
        due = _spread(terms, due)
        held = "resting" if is_resting(persons, due, _rest(terms, wanted.via)) else None
    row = _row(wanted, (survey, uid, drawn), (due, now), held)
    row.known = {} if held else _known(wanted, questionnaire, terms.hours)
    row.expires_at = due + timedelta(days=terms.manner.lasts)
    row.save()
    if not held and wanted.via in SENT:
        put_in_line(ASK, row.pk, due)
    return _told(row, new=True)


def _row(
    wanted: Wanted, what: tuple[Survey, uuid.UUID, Drawn], when: tuple[datetime, datetime], held: str | None
) -> Request:
    """The request as it is kept. One that is held back keeps no address."""
    (survey, uid, drawn), (due, now) = what, when
    shown_at_once = not held and wanted.via not in SENT
    return Request(
        uid=uid, survey=survey, digest=digest_of(token_of(uid, "answer")), cause=wanted.cause, via=wanted.via,
        address="" if held else wanted.address.strip(), person=customer_hash(wanted.customer_id) if wanted.customer_id else "",
        address_person=address_hash(wanted.address) if wanted.address else "", language=wanted.language,
        channel=wanted.channel[:40], context=_context(wanted), arm=drawn.arm,
        test=wanted.test, made_at=now, due_at=None if held else due, sent_at=now if shown_at_once else None,
        held_back=held or "",
    )  # fmt: skip


def put_in_line(kind: str, number: int, due: datetime) -> None:
    """Have a request delivered from this moment on, once: the outbox knows its number alone."""
    carrier: Put = import_string(django_settings.WORK_CARRIER)
    carrier(kind, {"request": number}, key=f"{number}-{due:%Y%m%d%H%M%S}", not_before=due)


def lock_turns(persons: Sequence[str]) -> None:
    """Have others who decide about the same person wait until this transaction ends. SQLite has one writer anyway."""
    if connection.vendor == "sqlite" or not persons:
        return
    Turn.objects.bulk_create([Turn(person=p) for p in sorted(set(persons))], ignore_conflicts=True)
    list(Turn.objects.select_for_update().filter(person__in=persons).order_by("person"))


def _check(wanted: Wanted) -> None:
    if not wanted.cause or len(wanted.cause) > 200:
        raise BadQuery("A request needs a cause of at most 200 characters.", "Send the id of what happened.")
    if wanted.via not in VIA:
        raise BadQuery(f"Nobody is asked by '{str(wanted.via)[:20]}'.", f"Choose {', '.join(VIA)}.")
    if len(wanted.customer_id) > 200 or len(wanted.address) > 254:
        raise BadQuery("A customer number or an address is too long.", "Send at most 200 and 254 characters.")


def _complete(wanted: Wanted) -> Wanted:
    """With what the address book knows, where the event does not say it."""
    line = find_contact(wanted.customer_id)
    if line is None:
        return wanted
    return replace(
        wanted,
        address=wanted.address or line.address(wanted.via),
        language=wanted.language or line.language,
        known={**line.known, **wanted.known},
    )


def _with_arm(wanted: Wanted, drawn: Drawn, questionnaire: Questionnaire | None) -> tuple[Wanted, Drawn]:
    """As the lot has it: another way or another moment, where the trial is about that. Who can be reached one way only
    takes no part in a trial of ways: else its arms would differ in whom they reach. Nor does anybody in a trial of what
    they would not see: the subject of a text message, the order of a conversation by phone, or a question that is gone."""
    if drawn.what == "subject" and wanted.via != "email":
        return wanted, Drawn()
    if drawn.first and (wanted.via == "phone" or not _all_first(drawn, questionnaire)):
        return wanted, Drawn()
    if drawn.what == "moment":
        return replace(wanted, delay_hours=drawn.hours), drawn
    if drawn.what != "way":
        return wanted, drawn
    line = find_contact(wanted.customer_id)
    ways = {way: line.address(way) for way in drawn.ways} if line else {}
    if not ways or not all(ways.values()):
        return wanted, Drawn()
    return replace(wanted, via=drawn.way, address=ways[drawn.way]), drawn


def _all_first(drawn: Drawn, questionnaire: Questionnaire | None) -> bool:
    there = first_ones(questionnaire) if questionnaire else ()
    return all(value in there for value in drawn.values)


def _persons(wanted: Wanted) -> list[str]:
    found = [customer_hash(wanted.customer_id)] if wanted.customer_id else []
    return found + ([address_hash(wanted.address)] if wanted.address else [])


def _due(wanted: Wanted, terms: Terms, now: datetime) -> datetime:
    if wanted.test:
        return now
    moment = max(now, (wanted.happened_at or now) + timedelta(hours=wanted.delay_hours))
    return terms.hours.first_from(moment) if wanted.via in SENT else now


def _ended(survey: Survey, questionnaire: Questionnaire | None, wanted: Wanted) -> HeldBack | None:
    if questionnaire is None:
        return "unpublished"
    if survey.ended_at is not None:
        return "ended"
    if questionnaire.anonymous:
        return "anonymous"
    return "no_address" if wanted.via in SENT and bad_address(wanted.via, wanted.address.strip()) else None


def _held(wanted: Wanted, persons: list[str], survey: int, when: tuple[Terms, datetime, datetime]) -> HeldBack | None:
    """Why this person is not asked now; None where they are."""
    terms, due, now = when
    if wanted.test:
        return None
    refused = no_more_reason(persons, survey) or hold_reason(wanted.customer_id, wanted.attributes, now)
    if refused:
        return refused
    if wanted.happened_at and now - wanted.happened_at > timedelta(days=wanted.late_days):
        return "too_late"
    if lot_of("sample", str(survey), wanted.cause) >= wanted.share:
        return "not_sampled"
    if is_resting(persons, due, wanted.again_days, among=asked_of(persons).filter(survey=survey)):
        return "resting"
    return "resting" if is_resting(persons, due, _rest(terms, wanted.via)) else None


def _rest(terms: Terms, via: Via) -> int:
    return terms.manner.rest_days_page if via == "page" else terms.manner.rest_days


def _spread(terms: Terms, due: datetime) -> datetime:
    """A moment on the first day that still has room, at the place of the next in line."""
    lock_turns(["a_day"])
    day = terms.hours.day_of(due)
    for _ in range(400):
        if terms.hours.sends_on(day):
            opens, closes = terms.hours.window(day)
            taken = Request.objects.filter(due_at__gte=opens, due_at__lt=closes, held_back="", test=False).count()
            place = slot(terms.hours, day, taken, terms.manner.a_day)
            if taken < terms.manner.a_day and max(place, due) < closes:
                return max(place, due)
        day += timedelta(days=1)
    return due


def _context(wanted: Wanted) -> dict[str, Any]:
    given = {k: str(v)[:200] for k, v in wanted.context.items() if (k in CONTEXT or k.startswith("x_")) and v}
    return given | ({"customer_id": wanted.customer_id} if wanted.customer_id else {})


def _known(wanted: Wanted, questionnaire: Questionnaire | None, hours: Hours) -> dict[str, str]:
    """What may be filled in, with days and channels as a sentence names them."""
    given = {k: clean_value(str(v)) for k, v in wanted.known.items() if k in ATTRIBUTES and str(v).strip()}
    if questionnaire is None:
        return given
    language = wanted.language if wanted.language in questionnaire.languages else questionnaire.languages[0]
    called = {o.key: o.text for o in channel_options()}.get(wanted.channel)
    if called is not None:
        given.setdefault("contact.channel", called.of(language))
    days = {k: _day_in_words(v, language, hours) for k, v in given.items() if k.endswith(".day") and _ISO.match(v)}
    return {k: v for k, v in (given | days).items() if v}


def _day_in_words(value: str, language: str, hours: Hours) -> str:
    """A day as a sentence names it, such as 6 november; '' where that can't be said, for which texts have other words."""
    try:
        moment = datetime.fromisoformat(value)
        day = hours.day_of(moment) if moment.tzinfo else moment.date()
        return str(format_date(day, "d MMMM", locale=Locale.parse(language.replace("-", "_"))))
    except (UnknownLocaleError, ValueError):
        return ""


def _told(row: Request, *, new: bool) -> Asked:
    return Asked(row.pk, row.survey.key, row.uid, new, row.held_back, row.due_at)


def count_asked(customer_id: str) -> int:
    """How many requests went to a customer, or are to go."""
    return asked_of([customer_hash(customer_id)]).count()
