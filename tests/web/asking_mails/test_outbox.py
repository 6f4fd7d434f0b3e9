"""From an event to a mail through the outbox of the app."""

from __future__ import annotations

import mailbox
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from sqlglot import exp
from tests.ops.test_mail_server import Inbox, inbox
from tests.surveys.asking import published, terms, wanted
from tests.surveys.mails.test_coming_back import DSN

from peil.accounts.models import Person
from peil.library import Peil
from peil.ops.models import OutboxRow
from peil.ops.outbox.runner import run_one
from peil.surveys.mails.envelope import message_id
from peil.surveys.mails.telling import NewTold, count_people, send_told
from peil.surveys.models import NoMore, Request
from peil.surveys.whom.addresses import address_hash
from peil.surveys.whom.asking import ask
from peil.surveys.whom.rules import How, add_rule, start_rule
from peil.web.pages.asking.work import look_after_requests, look_soon, the_terms

__all__ = ["inbox"]


@pytest.mark.django_db
def test_a_request_leaves_through_the_outbox(company: Peil, inbox: Inbox) -> None:
    asked = ask(wanted(published("recommend").key, test=True), the_terms(), timezone.now())
    assert run_one("quick")
    ((to, message),) = inbox.came
    assert to == ["mina@example.nl"]
    assert message["Message-ID"] == f"<{asked.uid.hex}.ask@example.nl>"
    assert Request.objects.get().sent_at is not None


@pytest.mark.django_db
def test_rules_and_what_came_back_are_looked_at(company: Peil, settings: Any, tmp_path: Path) -> None:
    """A quarter of an hour's work: what came back is read first, then the rules ask about the company's contacts."""
    settings.HOME = tmp_path
    before = ask(wanted(published("recommend").key, customer_id="other"), the_terms(), timezone.now())
    box = mailbox.Maildir(str(tmp_path / "returned"))
    box.add(
        DSN.format(message=message_id(before.uid, "ask"), action="failed", status="5.1.1", returned="message/rfc822")
    )
    newest = max(r["resolved_at"] for r in company_contacts(company))
    rule = add_rule(published().key, "a rule", "after_contact", How(late_days=60, delay_hours=0))
    start_rule(rule.id, newest - timedelta(days=1))
    look_soon()
    assert run_one("slow")
    waiting = OutboxRow.objects.filter(kind="ask_rules", state="waiting")
    assert waiting.count() == 1, "a rule that is set going looks on, and waits for no night"
    assert Request.objects.get(pk=before.number).bounced_at is not None
    held = set(Request.objects.exclude(pk=before.number).values_list("held_back", flat=True))
    assert held <= {"no_address", "too_late"}
    look_after_requests(timezone.now())
    assert waiting.count() == 96


@pytest.mark.django_db
def test_what_we_did_leaves_once_for_each_who_answered(
    company: Peil, inbox: Inbox, people: Mapping[str, Person]
) -> None:
    survey, now = published("recommend").key, timezone.now()
    for n in range(3):
        ask(wanted(survey, customer_id=f"K{n}", address=f"k{n}@example.nl", language="nl"), terms(rest_days=0), now)
    Request.objects.update(sent_at=now, answered_at=now)
    OutboxRow.objects.all().delete()
    texts = {"nl": ("Sneller antwoord", "We zijn nu later open.\n\n<b>Dank u</b>\r\nBcc: x@example.nl")}
    zone = ZoneInfo("Europe/Amsterdam")
    today = now.astimezone(zone).date()
    told = NewTold(survey=survey, since=today, until=today, zone=zone, texts=texts)
    assert count_people(told) == send_told(told, people["manager"]) == 3
    NoMore.objects.create(person=address_hash("k1@example.nl"), reason="opt_out", at=now)
    while run_one("quick"):
        pass
    assert sorted(to[0] for to, _ in inbox.came) == ["k0@example.nl", "k2@example.nl"]
    message = inbox.came[0][1]
    assert message["Subject"] == "Sneller antwoord"
    assert "/stop/" in message["List-Unsubscribe"]
    assert message["Bcc"] is None
    html = message.get_payload(1).get_payload(decode=True).decode()  # type: ignore[union-attr]
    assert "<b>" not in html
    assert "&lt;b&gt;Dank u" in html


@pytest.mark.django_db
def test_the_days_of_what_we_did_are_those_of_the_organisation() -> None:
    survey = published("recommend").key
    ask(wanted(survey, address="nacht@example.nl"), terms(), datetime(2026, 7, 1, 10, tzinfo=UTC))
    after_midnight = datetime(2026, 7, 3, 22, 30, tzinfo=UTC)  # the fourth, in Amsterdam
    Request.objects.update(sent_at=after_midnight, answered_at=after_midnight)

    def people(day: int) -> int:
        on = date(2026, 7, day)
        zone = ZoneInfo("Europe/Amsterdam")
        return count_people(NewTold(survey=survey, since=on, until=on, zone=zone, texts={}))

    assert [people(day) for day in (3, 4, 5)] == [0, 1, 0]


def company_contacts(company: Peil) -> list[dict[str, Any]]:
    query = exp.select("resolved_at").from_("interactions").where(exp.column("resolved_at").is_(exp.null()).not_())
    return list(company.warehouse.engine.fetch(query, {}).to_pylist())
