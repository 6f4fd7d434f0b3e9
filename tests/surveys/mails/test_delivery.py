"""A request becomes a mail at a real mail server: what it holds, when it leaves, and what comes of refusals."""

from __future__ import annotations

import re
from datetime import timedelta
from email.message import Message

import pytest
from tests.ops.test_mail_server import Inbox, inbox
from tests.surveys.asking import SITE, TUESDAY, published, terms, wanted

from peil.ops.models import OutboxRow
from peil.surveys.mails.sending import Sender, deliver_reminder, deliver_request
from peil.surveys.models import NoMore, Request
from peil.surveys.tokens import stop_token, token_of
from peil.surveys.whom.asking import ask

__all__ = ["inbox"]
pytestmark = pytest.mark.django_db


def parts(message: Message) -> tuple[str, str]:
    """Its text and its HTML."""
    found = [p for p in message.walk() if not p.is_multipart()]
    read = [p.get_payload(decode=True) for p in found]
    text, html = (r.decode() for r in read if isinstance(r, bytes))
    return text, html


def test_one_customer_gets_one_mail_with_eleven_links(inbox: Inbox) -> None:
    survey = published("recommend").key
    asked = ask(wanted(survey, language="nl", known={"customer.name": "M. van Dijk"}), terms(), TUESDAY)
    assert deliver_request(asked.number, Sender(terms(), SITE), TUESDAY) == "sent"
    assert deliver_request(asked.number, Sender(terms(), SITE), TUESDAY) == "nothing"
    ((to, message),) = inbox.came
    assert to == ["mina@example.nl"]
    text, html = parts(message)
    link = f"{SITE}/a/{token_of(asked.uid, 'answer')}/"
    scores = [f"{link}?score={n}" for n in range(11)]
    assert re.findall(r'href="([^"]*\?score=\d+)"', html) == scores
    assert [line for line in text.splitlines() if "?score=" in line] == scores
    assert "Beste M. van Dijk," in text
    assert "Beste M. van Dijk," in html
    assert message["From"] == "Kadewijk Energie <peil@example.nl>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Unsubscribe"].strip() == f"<{SITE}/stop/{stop_token(asked.uid)}/>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "hooguit één herinnering" in html
    assert "Havenkade 12" in html
    assert len(html.encode()) < 60_000
    row = Request.objects.get()
    assert (row.sent_at, row.version is not None) == (TUESDAY, True)


def test_nothing_of_the_token_stands_in_a_row(inbox: Inbox) -> None:
    asked = ask(wanted(published("recommend").key), terms(), TUESDAY)
    deliver_request(asked.number, Sender(terms(), SITE), TUESDAY)
    kept = f"{list(Request.objects.values())}{list(OutboxRow.objects.values())}"
    assert token_of(asked.uid, "answer") not in kept
    assert token_of(asked.uid, "stop") not in kept


def test_one_reminder_and_no_more(inbox: Inbox) -> None:
    asked = ask(wanted(published("recommend").key), terms(remind_after=4), TUESDAY)
    sender = Sender(terms(remind_after=4), SITE)
    deliver_request(asked.number, sender, TUESDAY)
    row = Request.objects.get()
    monday = TUESDAY + timedelta(days=6)
    assert row.reminder_at is not None
    assert row.reminder_at.isoformat() == "2026-11-30T08:00:00+00:00"  # four days on is Saturday
    assert deliver_reminder(asked.number, sender, monday) == "sent"
    assert deliver_reminder(asked.number, sender, monday) == "nothing"
    first, second = (m for _, m in inbox.came)
    assert first["Message-ID"] != second["Message-ID"]
    assert "reminder" in second["Message-ID"]
    assert token_of(asked.uid, "answer") in parts(second)[1]
    assert "enige herinnering" in parts(second)[0]
    assert sorted(OutboxRow.objects.values_list("kind", flat=True)) == ["ask", "ask_reminder"]


def test_who_answered_is_not_reminded(inbox: Inbox) -> None:
    asked = ask(wanted(published("recommend").key), terms(), TUESDAY)
    deliver_request(asked.number, Sender(terms(), SITE), TUESDAY)
    Request.objects.update(answered_at=TUESDAY)
    assert deliver_reminder(asked.number, Sender(terms(), SITE), TUESDAY + timedelta(days=6)) == "nothing"
    assert len(inbox.came) == 1


def test_it_waits_for_the_end_of_quiet_hours(inbox: Inbox) -> None:
    asked = ask(wanted(published("recommend").key), terms(), TUESDAY)
    night = TUESDAY + timedelta(hours=12)
    assert deliver_request(asked.number, Sender(terms(), SITE), night) == "nothing"
    row = Request.objects.get()
    assert row.due_at is not None
    assert row.due_at.isoformat() == "2026-11-25T08:00:00+00:00"
    assert OutboxRow.objects.filter(kind="ask").count() == 2
    assert deliver_request(asked.number, Sender(terms(), SITE), row.due_at) == "sent"


def test_who_said_no_meanwhile_gets_nothing(inbox: Inbox) -> None:
    asked = ask(wanted(published("recommend").key), terms(), TUESDAY)
    row = Request.objects.get()
    NoMore.objects.create(person=row.address_person, reason="opt_out", at=TUESDAY)
    assert deliver_request(asked.number, Sender(terms(), SITE), TUESDAY) == "nothing"
    assert Request.objects.get().held_back == "opted_out"
    assert inbox.came == []


def test_an_address_that_is_not_there_is_never_written_to_again(inbox: Inbox) -> None:
    survey = published("recommend").key
    asked = ask(wanted(survey, address="nobody@example.nl"), terms(), TUESDAY)
    assert deliver_request(asked.number, Sender(terms(), SITE), TUESDAY) == "bounced"
    row = Request.objects.get()
    assert row.bounced_at == TUESDAY
    assert NoMore.objects.get().reason == "bounced"
    again = ask(wanted(survey, address="nobody@example.nl"), terms(), TUESDAY + timedelta(days=60))
    assert again.held_back == "bounced"


@pytest.mark.parametrize(
    ("said", "gone"),
    [
        ("550 5.1.1 no such user", True),
        ("550 no such user", True),
        ("553 this name is not allowed", True),
        ("550 5.7.1 we do not take mail from you", False),
        ("552 5.2.2 the mailbox is full", False),
        ("552 the mailbox is full", False),
        ("554 5.7.1 looks like spam", False),
        ("554 transaction failed", False),
    ],
)
def test_a_mail_that_is_refused_for_good_ends_only_addresses_that_are_not_there(
    inbox: Inbox, said: str, gone: bool
) -> None:
    inbox.refused["full@example.nl"] = said
    asked = ask(wanted(published("recommend").key, address="full@example.nl"), terms(), TUESDAY)
    assert deliver_request(asked.number, Sender(terms(), SITE), TUESDAY) == "bounced"
    assert Request.objects.get().bounced_at == TUESDAY
    assert NoMore.objects.exists() == gone


def test_a_server_that_says_later_is_asked_later(inbox: Inbox) -> None:
    asked = ask(wanted(published("recommend").key, address="later@example.nl"), terms(), TUESDAY)
    with pytest.raises(OSError, match="for now: 451"):
        deliver_request(asked.number, Sender(terms(), SITE), TUESDAY)
    row = Request.objects.get()
    assert (row.sent_at, row.bounced_at) == (None, None)
