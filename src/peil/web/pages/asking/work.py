"""The work of asking that is done after a page or an import: letters leave, rules look at what happened."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from peil.ops.outbox import Delivery, put
from peil.surveys.answering.spent import mark_together
from peil.surveys.mails.bounces import take_folder
from peil.surveys.mails.sending import Sender, deliver_reminder, deliver_request
from peil.surveys.mails.telling import deliver_told
from peil.surveys.whom.asking import Terms, terms_of
from peil.surveys.whom.leaving import expire_requests
from peil.surveys.whom.looking import look_at_rules
from peil.web.asking.brand import the_brand
from peil.web.facts import the_peil

LOOK = "ask_rules"
RETURNED = "returned"  # a Maildir in Peil's folder, where a mail server may put what comes back to the sender
_LOOKS, _QUARTER = 96, timedelta(minutes=15)  # a day, so that a question can leave soon after a contact is known


def the_terms() -> Terms:
    """How this organisation asks, now."""
    return terms_of(the_peil().warehouse.settings)


def the_sender() -> Sender:
    return Sender(the_terms(), settings.PEIL_ADDRESS, logo_address(settings.PEIL_ADDRESS))


def logo_address(site: str) -> str:
    """Where the picture of the organisation is for a mail; '' where there is none."""
    logo = the_brand().logo
    return f"{site}{logo}" if logo else ""


def deliver_ask(delivery: Delivery) -> None:
    deliver_request(int(delivery.payload["request"]), the_sender())


def deliver_ask_reminder(delivery: Delivery) -> None:
    deliver_reminder(int(delivery.payload["request"]), the_sender())


def deliver_ask_told(delivery: Delivery) -> None:
    deliver_told(int(delivery.payload["told"]), int(delivery.payload["request"]), the_sender())


def look_at_events(_: Delivery) -> None:
    """Have the rules ask about what happened since the last look, after what came back was read."""
    returned = Path(settings.HOME) / RETURNED
    if returned.is_dir():
        take_folder(returned)
    look_at_rules(the_peil().warehouse, the_terms())
    _put_look(_quarter(timezone.now()) + _QUARTER)  # so a rule that is set going looks on, and waits for no night


def look_soon() -> None:
    """Have the rules look now: one was set going."""
    put(LOOK, {})


def look_after_requests(due: datetime) -> None:
    """Every night: what was answered anonymously is marked so, what can no longer be answered is over, and the looks of
    the new day are put in line."""
    mark_together(due)
    expire_requests(due)
    for number in range(_LOOKS):
        _put_look(_quarter(due) + number * _QUARTER)


def _put_look(at: datetime) -> None:
    """Each quarter of an hour has one look, however often it is asked for."""
    put(LOOK, {}, key=at.isoformat(), not_before=at)


def _quarter(moment: datetime) -> datetime:
    """The quarter of an hour that a moment is in."""
    whole = moment.astimezone(UTC).replace(second=0, microsecond=0)
    return whole - timedelta(minutes=whole.minute % 15)
