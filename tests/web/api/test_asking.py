"""Other systems tell: events, the address book, holds, and mails that came back."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.surveys.asking import published, terms, wanted
from tests.web.conftest import SignIn

from peil.accounts.keys import make_key
from peil.accounts.models import Person
from peil.surveys.mails.envelope import message_id
from peil.surveys.models import Contact, Hold, NoMore, Request
from peil.surveys.whom.asking import ask
from peil.surveys.whom.rules import How, add_rule, start_rule

pytestmark = pytest.mark.django_db


@pytest.fixture
def tell(sign_in: SignIn) -> Any:
    """Posts JSON with the key of a manager."""
    sign_in("manager")
    key = make_key(Person.objects.get(email="manager@example.nl"), "helpdesk", ["ask"])[1]
    client = Client(SERVER_NAME="127.0.0.1")

    def post(path: str, body: Any, **headers: str) -> Any:
        told = {"Authorization": f"Bearer {key}", **headers}
        return client.post(f"/api/v1/{path}", body, content_type="application/json", headers=told)

    return post


def test_an_event_asks_once(tell: Any) -> None:
    rule = add_rule(published().key, "a rule", "after_contact", How(channels=("chat",)))
    start_rule(rule.id)
    now = timezone.now().isoformat()
    event = {
        "id": "C-1",
        "moment": "after_contact",
        "at": now,
        "customer_id": "K1",
        "email": "mina@example.nl",
        "channel": "chat",
    }
    (first,) = tell("events", event).json()["items"]
    assert (first["new"], first["held_back"]) == (True, None)
    (again,) = tell("events", event).json()["items"]
    assert (again["new"], again["request_id"]) == (False, first["request_id"])
    assert tell("events", {**event, "id": "C-2", "channel": "phone"}).json()["items"] == []
    assert Request.objects.get().context == {"customer_id": "K1", "interaction_id": "C-1"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": ""}, {"moment": "calm"}, {"at": "yesterday"}, {"at": "2026-11-24T10:00:00"}, {"email": "a@b.nl\r\nBcc: x"},
        {"customer_id": "\u0000"}, {"language": "xyz"}, {"colour": "red"},
    ],
)  # fmt: skip
def test_what_is_no_event_is_told_so(tell: Any, wrong: dict[str, Any]) -> None:
    event = {"id": "C-1", "moment": "after_contact", "at": "2026-11-24T10:00:00Z"}
    answer = tell("events", {**event, **wrong})
    assert answer.status_code == 422
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_the_address_book_and_holds(tell: Any) -> None:
    lines = {"items": [{"customer_id": "K1", "email": "mina@example.nl", "first_name": "Mina"}]}
    assert tell("contacts", lines).json() == {"count": 1}
    assert Contact.objects.get().known == {"customer.first_name": "Mina"}
    assert tell("contacts", {"items": [{"customer_id": "K2", "email": "none"}]}).status_code == 400
    hold = {"customer_id": "K1", "reason": "open_case"}
    tell("holds", hold)
    tell("holds", hold)
    assert Hold.objects.count() == 1
    survey = published().key
    assert ask(wanted(survey, customer_id="K1"), terms()).held_back == "open_case"
    assert tell("holds", {**hold, "ended": True}).json() == {"count": 1}
    assert ask(wanted(survey, customer_id="K1"), terms()).held_back == ""


def test_a_mail_that_came_back_is_told(tell: Any) -> None:
    asked = ask(wanted(published().key), terms())
    Request.objects.update(sent_at=timezone.now())
    report = (
        "From: MAILER-DAEMON@mx.example.nl\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
        "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.nl\n\n"
        "Final-Recipient: rfc822; mina@example.nl\nAction: failed\nStatus: 5.1.1\n\n"
        f"--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: {message_id(asked.uid, 'ask')}\n\n--b--\n"
    )
    assert tell("mail-reports", {"message": report}).json() == {"count": 1}
    assert NoMore.objects.get().reason == "bounced"
    assert tell("mail-reports", {"message": "Hello"}).json() == {"count": 0}


def test_a_key_for_other_things_tells_nothing(sign_in: SignIn) -> None:
    sign_in("manager")
    key = make_key(Person.objects.get(email="manager@example.nl"), "reports", ["read_figures"])[1]
    client = Client(SERVER_NAME="127.0.0.1")
    headers = {"Authorization": f"Bearer {key}"}
    answer = client.post("/api/v1/events", {}, content_type="application/json", headers=headers)
    assert answer.status_code == 403
