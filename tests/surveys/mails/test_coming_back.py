"""Mails that come back and complaints, as servers write them; the sender's domain in the DNS; what is not believed."""

from __future__ import annotations

import mailbox
from pathlib import Path
from typing import Any

import pytest
from tests.surveys.asking import TUESDAY, published, terms, wanted

from peil.surveys.mails.bounces import read_report, take_folder, take_report
from peil.surveys.mails.domain import CouldNotLook, check_domain
from peil.surveys.mails.envelope import message_id
from peil.surveys.models import NoMore, Request
from peil.surveys.whom.asking import Asked, ask

DSN = """\
From: Mail Delivery System <MAILER-DAEMON@mx.example.nl>
To: peil@kadewijk.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

This is the mail system at host mx.example.nl.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.nl

Final-Recipient: rfc822; mina@example.nl
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} <mina@example.nl>: no

--b
Content-Type: {returned}

Message-ID: {message}
From: Kadewijk <peil@kadewijk.example>
Subject: x

--b--
"""
ARF = """\
From: <abuse@provider.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="b"

--b
Content-Type: text/plain

This is an email abuse report.

--b
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: SomeGenerator/1.0
Version: 1

--b
Content-Type: message/rfc822

Message-ID: {message}
Subject: x

--b--
"""


@pytest.fixture
def asked(db: None) -> Asked:
    found = ask(wanted(published("recommend").key), terms(), TUESDAY)
    Request.objects.update(sent_at=TUESDAY)
    return found


def dsn(asked: Asked, action: str = "failed", status: str = "5.1.1", **more: Any) -> bytes:
    told = {"message": message_id(asked.uid, "ask"), "returned": "text/rfc822-headers", **more}
    return DSN.format(action=action, status=status, **told).encode()


@pytest.mark.parametrize(
    ("status", "kind", "reasons"),
    [
        ("5.1.1", "gone", {"bounced"}),  # no such mailbox
        ("5.1.10", "gone", {"bounced"}),  # a domain that takes no mail
        ("5.2.1", "gone", {"bounced"}),  # a mailbox that is shut
        ("5.2.2", "refused", set()),  # a full one: it may be emptied
        ("5.7.1", "refused", set()),  # policy
        ("4.4.1", "later", set()),
    ],
)
def test_what_a_server_reports(asked: Asked, status: str, kind: str, reasons: set[str]) -> None:
    (report,) = take_report(dsn(asked, status=status), TUESDAY)
    assert (report.kind, report.request) == (kind, asked.uid)
    assert set(NoMore.objects.values_list("reason", flat=True)) == reasons
    assert (Request.objects.get().bounced_at is not None) == (kind != "later")


def test_a_delay_is_no_bounce(asked: Asked) -> None:
    (report,) = take_report(dsn(asked, "delayed", "4.0.0"), TUESDAY)
    assert report.kind == "later"
    assert Request.objects.get().bounced_at is None


def test_the_whole_mail_given_back(asked: Asked) -> None:
    (report,) = read_report(dsn(asked, returned="message/rfc822"))
    assert report.kind == "gone"


def test_a_complaint_ends_all_questions(asked: Asked) -> None:
    (report,) = take_report(ARF.format(message=message_id(asked.uid, "reminder")).encode(), TUESDAY)
    assert report.kind == "complaint"
    assert set(NoMore.objects.values_list("survey", "reason")) == {(None, "complaint")}
    assert ask(wanted(published().key), terms(rest_days=0), TUESDAY).held_back == "complained"


def test_what_is_no_report_of_a_mail_of_ours_does_nothing(asked: Asked) -> None:
    other = DSN.format(
        action="failed", status="5.1.1", message="<1@else.example>", returned="text/rfc822-headers"
    ).encode()
    plain = f"Subject: hello\n\nMessage-ID: {message_id(asked.uid, 'ask')}\n".encode()
    bombs = (
        b"Content-Type: multipart/report; boundary=b\n\n" + b"--b\n\n" * 50_000,
        b"x" * 2_000_000,
        b"\xff\x00" * 500,
        b"",
    )
    for raw in (other, plain, *bombs):
        assert take_report(raw, TUESDAY) == []
    assert not NoMore.objects.exists()


def test_a_mailbox_is_read_once(asked: Asked, tmp_path: Path) -> None:
    box = mailbox.Maildir(str(tmp_path / "box"))
    box.add(dsn(asked))
    box.add(b"Subject: hello\n\nhello\n")
    assert take_folder(tmp_path / "box") == 1
    assert take_folder(tmp_path / "box") == 0
    assert NoMore.objects.count() == 1


GOOD = {
    "kadewijk.example": ["v=spf1 mx -all", "another=1"],
    "mail._domainkey.kadewijk.example": ["v=DKIM1; k=rsa; p=MIIB"],
    "_dmarc.kadewijk.example": ["v=DMARC1; p=reject; rua=mailto:a@kadewijk.example"],
}


def states(held: dict[str, list[str]], domain: str = "kadewijk.example") -> dict[str, tuple[str, str]]:
    return {c.name: (c.state, c.word) for c in check_domain(domain, lambda name: held.get(name, []))}


def test_a_domain_that_is_in_order() -> None:
    assert {state for state, _ in states(GOOD).values()} == {"good"}


@pytest.mark.parametrize(
    ("name", "held", "check", "word"),
    [
        ("kadewijk.example", [], "spf", "spf_missing"),
        ("kadewijk.example", ["v=spf1 -all", "v=spf1 mx -all"], "spf", "spf_twice"),
        ("kadewijk.example", ["v=spf1 +all"], "spf", "spf_open"),
        ("kadewijk.example", ["v=spf1 mx ?all"], "spf", "spf_weak"),
        ("kadewijk.example", ["v=spf1 redirect=_spf.example.com"], "spf", "spf_good"),
        ("kadewijk.example", ["v=spf1 " + "include:a.example " * 11 + "-all"], "spf", "spf_long"),
        ("kadewijk.example", ["v=spf10 mx -all"], "spf", "spf_missing"),
        ("mail._domainkey.kadewijk.example", ["v=DKIM1; p="], "dkim", "dkim_revoked"),
        ("mail._domainkey.kadewijk.example", [], "dkim", "dkim_unseen"),
        ("_dmarc.kadewijk.example", [], "dmarc", "dmarc_missing"),
        ("_dmarc.kadewijk.example", ["v=DMARC1; p=none"], "dmarc", "dmarc_none"),
        ("_dmarc.kadewijk.example", ["v=DMARC1; p=maybe"], "dmarc", "dmarc_wrong"),
        ("_dmarc.kadewijk.example", ["v=DMARC1; p=none", "v=DMARC1; p=reject"], "dmarc", "dmarc_twice"),
    ],
)
def test_what_is_amiss_is_said(name: str, held: list[str], check: str, word: str) -> None:
    assert states({**GOOD, name: held})[check][1] == word


def test_a_part_of_a_domain_has_the_policy_of_the_whole() -> None:
    assert states(GOOD, "mail.kadewijk.example")["dmarc"] == ("good", "dmarc_good")


def test_without_the_internet_nothing_is_called_missing() -> None:
    asked: list[str] = []

    def away(name: str) -> list[str]:
        asked.append(name)
        raise CouldNotLook

    assert {(c.state, c.word) for c in check_domain("kadewijk.example", away)} == {("unknown", "dns_unknown")}
    assert len(asked) == 1  # one wait, not one for each name
