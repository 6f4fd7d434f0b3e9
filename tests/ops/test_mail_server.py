"""Mail to a real mail server on this machine: one message however often it is sent, and a refusal that is final."""

from __future__ import annotations

import email
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.test import override_settings
from tests.ops.server import free_port

from peil.ops.models import OutboxRow
from peil.ops.outbox import dead_rows
from peil.ops.outbox.mail import put_mail
from peil.ops.outbox.runner import run_one
from peil.web.serving.mailing import mail_settings


class Inbox:
    """Takes mail for anyone but 'nobody'; 'later' is told to come back, and who is in `refused` what stands there."""

    def __init__(self) -> None:
        self.came: list[tuple[list[str], Message]] = []
        self.refused: dict[str, str] = {}

    async def handle_RCPT(  # noqa: N802  aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refused:
            return self.refused[address]
        if address.startswith("nobody"):
            return "550 no such user"
        if address.startswith("later"):
            return "451 come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.content, bytes)
        self.came.append((envelope.rcpt_tos, email.message_from_bytes(envelope.content)))
        return "250 OK"


@pytest.fixture
def inbox(tmp_path: Path) -> Iterator[Inbox]:
    found, port = Inbox(), free_port()
    controller = Controller(found, hostname="127.0.0.1", port=port)
    controller.start()
    mail = mail_settings(f"smtp://127.0.0.1:{port}?from=peil@example.nl", tmp_path)
    told = {
        "EMAIL_BACKEND": mail.backend, "EMAIL_HOST": mail.host, "EMAIL_PORT": mail.port, "EMAIL_USE_TLS": mail.starttls,
        "EMAIL_USE_SSL": mail.tls, "DEFAULT_FROM_EMAIL": mail.sender,
    }  # fmt: skip
    try:
        with override_settings(**told):
            yield found
    finally:
        controller.stop()


@pytest.mark.django_db
def test_it_comes_with_its_own_id_and_both_forms(inbox: Inbox) -> None:
    put_mail("mina@example.nl", "Je weekoverzicht: één", "NPS +31", html="<p>NPS +31</p>", headers={"List-Id": "peil"})
    uid = OutboxRow.objects.get().uid
    assert run_one("quick")
    ((to, message),) = inbox.came
    assert to == ["mina@example.nl"]
    assert message["Message-ID"] == f"<{uid}@example.nl>"
    assert message["From"] == "Peil <peil@example.nl>"
    assert message["List-Id"] == "peil"
    assert [part.get_content_type() for part in message.walk()][1:] == ["text/plain", "text/html"]


@pytest.mark.django_db
def test_a_refusal_is_final_and_a_no_for_now_is_not(inbox: Inbox) -> None:
    put_mail("nobody@example.nl", "x", "y")
    put_mail("later@example.nl", "x", "y")
    assert run_one("quick")
    assert run_one("quick")
    (dead,) = dead_rows()
    assert dead.reason == "The mail server refused it: 550 no such user"
    (waiting,) = OutboxRow.objects.filter(state="waiting")
    assert "451" in waiting.reason
    assert not inbox.came
