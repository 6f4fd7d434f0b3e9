"""Delivering a request: the letter is made when it leaves, sent, and marked as sent, in that order.

A process that ends between sending and marking leaves the row to the next one, which sends it again under the same
Message-ID: SMTP itself can't tell whether the first one arrived.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from django.utils import timezone

from peil.surveys.mails.envelope import Envelope, Refused, addresses_of, mail_of, message_id, send
from peil.surveys.mails.letter import About, Letter, compose, language_for
from peil.surveys.mails.message import send_message
from peil.surveys.questionnaires.ordering import asked_first
from peil.surveys.trials import drawn_of
from peil.surveys.whom.asking import Terms
from peil.surveys.whom.leaving import Parcel, mark_bounced, mark_reminded, mark_sent, take_reminder, take_request

Outcome: TypeAlias = Literal["sent", "bounced", "nothing"]


@dataclass(frozen=True, slots=True)
class Sender:
    """From where it is sent: how this organisation asks, and the address of its pages."""

    terms: Terms
    site: str  # https://kpi.example.nl
    logo: str = ""  # the address of the picture, where there is one


def deliver_request(number: int, sender: Sender, now: datetime | None = None) -> Outcome:
    """Send the request of this number, unless it may not leave any more."""
    parcel = take_request(number, sender.terms, now or timezone.now())
    return _deliver(parcel, sender, now, lambda p, at: mark_sent(p, sender.terms, at))


def deliver_reminder(number: int, sender: Sender, now: datetime | None = None) -> Outcome:
    """Send the one reminder of a request, unless it is not needed any more."""
    parcel = take_reminder(number, sender.terms, now or timezone.now())
    return _deliver(parcel, sender, now, mark_reminded)


def _deliver(
    parcel: Parcel | None, sender: Sender, now: datetime | None, mark: Callable[[Parcel, datetime], None]
) -> Outcome:
    if parcel is None:
        return "nothing"
    letter = letter_of(parcel, sender)
    try:
        which = "reminder" if parcel.reminder else "ask"
        if parcel.via == "email":
            to = Envelope(
                to=parcel.row.address, message_id=message_id(parcel.row.uid, which),
                reply_to=sender.terms.manner.reply_to, logo=sender.logo,
            )  # fmt: skip
            send(mail_of(letter, to))
        else:
            send_message(parcel.via, parcel.row.address, letter, f"{parcel.row.uid.hex}-{which}")
    except Refused as refused:
        mark_bounced(parcel.row.pk, now or timezone.now(), gone=refused.gone)
        return "bounced"
    mark(parcel, now or timezone.now())
    return "sent"


def letter_of(parcel: Parcel, sender: Sender) -> Letter:
    """The letter of a request, with its own links."""
    drawn = drawn_of(parcel.row.arm)
    q = asked_first(parcel.questionnaire, drawn.first)
    language = language_for(q, parcel.row.language)
    about = About(
        questionnaire=q, known=parcel.known, language=language, organisation=sender.terms.organisation,
        manner=sender.terms.manner, reminder=parcel.reminder,
        first=drawn.first,
        subject=str(drawn.value.get(language, "")) if drawn.what == "subject" and isinstance(drawn.value, dict) else "",
    )  # fmt: skip
    return compose(about, addresses_of(parcel.row.uid, sender.site))
