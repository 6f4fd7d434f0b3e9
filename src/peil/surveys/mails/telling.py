"""'What we did with it': one message to those who answered a survey, written by a person, counted before it leaves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings as django_settings
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.module_loading import import_string

from peil.accounts.models import Person
from peil.core.errors import BadQuery
from peil.report.words.asking.letters import write
from peil.surveys.mails.envelope import Envelope, Refused, addresses_of, mail_of_parts, message_id, send
from peil.surveys.mails.sending import Sender
from peil.surveys.models import Request, Survey, Told
from peil.surveys.questionnaires.texts import clean_value
from peil.surveys.whom.asking import Put
from peil.surveys.whom.leaving import mark_bounced
from peil.surveys.whom.reasons import hold_reason, no_more_reason

TELL = "ask_told"  # kind of work in the outbox
LONGEST = 4_000


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTold:
    """A message: whom it is for, and its words, by language."""

    survey: str
    since: date  # answered from this day on ...
    until: date  # ... up to and including this one
    zone: ZoneInfo  # of these days
    texts: Mapping[str, tuple[str, str]]  # language -> subject, text


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldRow:
    """A message that was sent."""

    id: int
    survey: str
    subject: str
    sent_at: datetime | None
    people: int


def count_people(wanted: NewTold) -> int:
    """To how many it would go now."""
    return sum(1 for _ in _people(wanted))


def send_told(wanted: NewTold, by: Person, now: datetime | None = None) -> int:
    """Put the message in line for everyone whom it is for; to how many it goes."""
    survey, now = Survey.objects.filter(key=wanted.survey).first(), now or timezone.now()
    texts = {code: {"subject": clean_value(s), "text": t.strip()[:LONGEST]} for code, (s, t) in wanted.texts.items()}
    if survey is None or not texts or not all(t["subject"] and t["text"] for t in texts.values()):
        raise BadQuery("This message has no words.", "Write a subject and a text.")
    carrier: Put = import_string(django_settings.WORK_CARRIER)
    with transaction.atomic():
        told = Told.objects.create(
            survey=survey, texts=texts, since=wanted.since, until=wanted.until, made_by=by, sent_at=now
        )
        for number in _people(wanted):
            carrier(TELL, {"told": told.pk, "request": number}, key=f"{told.pk}-{number}")
            told.people += 1
        told.save(update_fields=["people"])
    return told.people


def told_messages() -> list[ToldRow]:
    """What was told so far, the newest first."""
    return [
        ToldRow(id=t.pk, survey=t.survey.key, subject=_subject(t.texts), sent_at=t.sent_at, people=t.people)
        for t in Told.objects.select_related("survey")
    ]


def deliver_told(told: int, request: int, sender: Sender, now: datetime | None = None) -> bool:
    """Send it to one who answered, unless they meanwhile said no more; whether it was sent."""
    message, row = Told.objects.filter(pk=told).first(), Request.objects.filter(pk=request).first()
    now = now or timezone.now()
    if message is None or row is None or not row.address or not _wants(row, now):
        return False
    language = row.language if row.language in message.texts else next(iter(message.texts))
    links = addresses_of(row.uid, sender.site)
    words = message.texts[language]
    shown = told_letter(words["subject"], words["text"], language, sender)
    envelope = Envelope(
        to=row.address,
        message_id=message_id(row.uid, f"told{told}"),
        reply_to=sender.terms.manner.reply_to,
        logo=sender.logo,
    )
    mail = mail_of_parts(
        shown.subject, shown.text(links.stop), shown.html(links.stop), (shown.sender, links.stop, envelope)
    )
    try:
        send(mail)
    except Refused as refused:
        mark_bounced(row.pk, now, gone=refused.gone)
        return False
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldLetter:
    """The message in words, the same for its preview."""

    subject: str
    paragraphs: tuple[str, ...]
    language: str
    sender: str
    organisation: str
    postal: str
    colour: str

    def text(self, stop: str) -> str:
        lines = [write("dear_customer", self.language), "", *(f"{p}\n" for p in self.paragraphs)]
        lines += [write("greeting", self.language), self.sender, "", "-- ", write("told_why", self.language)]
        return (
            "\n".join([*lines, write("text_stop", self.language, url=stop), *([self.postal] if self.postal else [])])
            + "\n"
        )

    def html(self, stop: str) -> str:
        told = {"l": self, "stop": stop, "write": lambda key: write(key, self.language)}
        return render_to_string("mails/told.html", told, using="jinja2")


def told_letter(subject: str, text: str, language: str, sender: Sender) -> ToldLetter:
    manner = sender.terms.manner
    name = clean_value(manner.sender or sender.terms.organisation) or "Peil"
    blocks = text.replace("\r\n", "\n").split("\n\n")
    return ToldLetter(
        subject=clean_value(subject), paragraphs=tuple(" ".join(b.split()) for b in blocks if b.strip()), language=language,
        sender=name, organisation=clean_value(sender.terms.organisation), postal=clean_value(manner.postal), colour=manner.colour,
    )  # fmt: skip


def _people(wanted: NewTold) -> Iterator[int]:
    """The requests of those who answered in these days, one a person, who did not say no more and can be reached."""
    seen: set[str] = set()
    now = timezone.now()
    for row in _answered(wanted).iterator(1_000):
        person = row.address_person or row.person
        if person not in seen and _wants(row, now):
            seen.add(person)
            yield row.pk


def _answered(wanted: NewTold) -> QuerySet[Request]:
    first = datetime.combine(wanted.since, time(), wanted.zone)
    end = datetime.combine(wanted.until + timedelta(days=1), time(), wanted.zone)
    rows = Request.objects.filter(survey__key=wanted.survey, via="email", test=False, bounced_at=None)
    return rows.filter(answered_at__gte=first, answered_at__lt=end).exclude(address="").order_by("-pk")


def _wants(row: Request, now: datetime) -> bool:
    persons = [p for p in (row.person, row.address_person) if p]
    return (
        no_more_reason(persons, row.survey_id) is None
        and hold_reason(str(row.context.get("customer_id", "")), {}, now) is None
    )


def _subject(texts: Mapping[str, Mapping[str, str]]) -> str:
    return next((t.get("subject", "") for t in texts.values()), "")
