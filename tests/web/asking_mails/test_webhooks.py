"""Events by a signed webhook: what the API takes it takes too, and without a signature it takes nothing."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from tests.surveys.asking import published
from tests.web.conftest import SignIn

from peil.accounts.models import AuditEntry, Person
from peil.surveys.hooks.keeping import HookRow, make_hook, secret_of
from peil.surveys.hooks.signature import sign
from peil.surveys.models import Hook, Request
from peil.surveys.whom.rules import How, add_rule, start_rule

pytestmark = pytest.mark.django_db
EVENT = {"id": "T-1204", "moment": "after_contact", "at": "", "customer_id": "K17", "email": "mina@example.nl"}


@pytest.fixture
def hook(people: Mapping[str, Person]) -> HookRow:
    rule = add_rule(published("after_contact").key, "Na een gesprek", "after_contact", How())
    start_rule(rule.id)
    return make_hook("Helpdesk")


def event(**more: Any) -> bytes:
    return json.dumps(EVENT | {"at": timezone.now().isoformat()} | more).encode()


def send(hook: HookRow, body: bytes, *, ago: int = 0, code: str = "", number: str = "msg_1") -> HttpResponse:
    secret = secret_of(hook.id)
    assert secret is not None
    moment = str(int((timezone.now() - timedelta(seconds=ago)).timestamp()))
    signature = sign(base64.b64decode(secret.removeprefix("whsec_")), number, moment, body)
    told = {"webhook-id": number, "webhook-timestamp": moment, "webhook-signature": signature}
    client = Client(SERVER_NAME="127.0.0.1", enforce_csrf_checks=True)
    made: Any = client.post(f"/hooks/{code or hook.code}/", body, content_type="application/json", headers=told)
    return made  # type: ignore[no-any-return]


def test_a_signed_event_asks_once_however_often_it_comes(hook: HookRow) -> None:
    body = event()
    first = send(hook, body)
    assert (first.status_code, json.loads(first.content)) == (200, {"count": 1})
    request = Request.objects.get()
    assert (request.address, request.context["customer_id"], request.held_back) == ("mina@example.nl", "K17", "")
    assert send(hook, body, number="msg_2").status_code == 200
    assert Request.objects.count() == 1


def test_an_envelope_is_opened(hook: HookRow) -> None:
    body = json.dumps({"type": "contact.solved", "timestamp": "2026-11-22T10:00:00Z", "data": json.loads(event())})
    assert send(hook, body.encode()).status_code == 200
    assert Request.objects.count() == 1


def test_without_a_signature_that_holds_nothing_is_taken_and_nothing_told(hook: HookRow) -> None:
    other = make_hook("Shop")
    client = Client(SERVER_NAME="127.0.0.1")
    bare: Any = client.post(f"/hooks/{hook.code}/", event(), content_type="application/json")
    refused = [
        bare,
        send(hook, event(), ago=301),
        send(hook, event(), code=other.code),
        send(hook, b"{", code="nothing"),
    ]
    assert {r.status_code for r in refused} == {401}
    assert len({r.content for r in refused}) == 1
    assert refused[0].headers["Content-Type"] == "application/problem+json"
    assert not Request.objects.exists()
    assert not any(r.cookies for r in refused)


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        (b"{", 400, "not JSON"),
        (b"\xff\xfe", 400, "not JSON"),
        (b"[" * 40_000, 400, "not JSON"),
        (b"[]", 422, ""),
        (b"{}", 422, "id"),
        (b'{"id": "secret-word", "moment": "never"}', 422, "moment"),
        (b" " * 64_001, 413, "64000"),
    ],
)
def test_what_is_wrong_with_an_event_is_told(hook: HookRow, body: bytes, status: int, said: str) -> None:
    answer = send(hook, body)
    assert answer.status_code == status
    problem = json.loads(answer.content)
    assert said in problem["detail"]
    assert "secret-word" not in answer.content.decode()


def test_too_many_at_once_are_told_to_wait(hook: HookRow, settings: Any) -> None:
    settings.API_LIMIT_KEY = (2, 60)
    assert [send(hook, event(id=str(n))).status_code for n in range(3)] == [200, 200, 429]


def test_a_secret_is_shown_once_and_stands_in_no_log(sign_in: SignIn, capsys: Any) -> None:
    client = sign_in("manager")
    assert client.post("/invitations/webhooks/", {"hook_name": "<b>Helpdesk"}).status_code == 302
    secret = secret_of(Hook.objects.get().pk)
    assert secret is not None
    page = client.get("/invitations/webhooks/").content.decode()
    assert secret in page
    assert "&lt;b&gt;Helpdesk" in page
    assert secret not in client.get("/invitations/webhooks/").content.decode()
    number = Hook.objects.get().pk
    assert client.post(f"/invitations/webhooks/{number}/renew/").status_code == 302
    renewed = re.findall(r"whsec_[A-Za-z0-9+/=]+", client.get("/invitations/webhooks/").content.decode())
    assert renewed == [secret_of(number)]
    assert renewed != [secret]
    assert client.post(f"/invitations/webhooks/{number}/close/").status_code == 302
    assert "whsec_" not in client.get("/invitations/webhooks/").content.decode()
    written = AuditEntry.objects.filter(action="survey_changed").order_by("pk")
    assert [entry.detail["what"] for entry in written] == ["hook_made", "hook_renewed", "hook_closed"]
    told = capsys.readouterr()
    assert secret not in told.out + told.err + str(list(AuditEntry.objects.values()))
    assert Hook.objects.get().code not in told.err


def test_a_webhook_without_a_name_is_told_under_its_field(sign_in: SignIn) -> None:
    answer = sign_in("manager").post("/invitations/webhooks/", {"hook_name": ""})
    assert answer.status_code == 400
    assert re.search(r'name="hook_name"[^>]*aria-invalid="true"', answer.content.decode())
