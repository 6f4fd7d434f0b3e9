"""Text messages by a service over HTTP: what is sent, what comes of its answers, and where it is never led."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.surveys.asking import SITE, TUESDAY, published, terms, wanted

from peil.core.errors import UserError
from peil.surveys.mails.message import read_services
from peil.surveys.mails.outward import Call, call, is_public
from peil.surveys.mails.sending import Sender, deliver_request
from peil.surveys.models import NoMore, Request
from peil.surveys.tokens import stop_token, token_of
from peil.surveys.whom.asking import ask

SETTINGS = """
[sms]
url = "http://localhost:{port}/messages?v=1"
secret_env = "PEIL_TEST_SMS"
body = '{{"to": {{to}}, "text": {{text}}, "id": {{id}}}}'
allow_private = true
[sms.headers]
Content-Type = "application/json"
Authorization = "Bearer {{secret}}"
"""


class Service(http.server.BaseHTTPRequestHandler):
    status = 201
    came: list[tuple[dict[str, str], Any]] = []  # noqa: RUF012

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        Service.came.append((dict(self.headers), json.loads(body)))
        self.send_response(Service.status)
        self.send_header("Location", "http://127.0.0.1:1/")
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: it is a test."""


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[type[Service]]:
    server = http.server.HTTPServer(("127.0.0.1", 0), Service)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    (tmp_path / "messages.toml").write_text(SETTINGS.format(port=server.server_port), encoding="utf-8")
    monkeypatch.setenv("PEIL_TEST_SMS", "geheim")
    settings.HOME = tmp_path
    Service.came, Service.status = [], 201
    yield Service
    server.shutdown()
    server.server_close()


@pytest.mark.django_db
def test_a_short_message_with_both_links(service: type[Service]) -> None:
    asked = ask(wanted(published("recommend").key, via="sms", address="06 12345678", language="nl"), terms(), TUESDAY)
    assert deliver_request(asked.number, Sender(terms(), SITE), TUESDAY) == "sent"
    ((headers, body),) = service.came
    assert headers["Authorization"] == "Bearer geheim"
    assert headers["Idempotency-Key"] == body["id"] == f"{asked.uid.hex}-ask"
    assert body["to"] == "06 12345678"
    assert f"{SITE}/a/{token_of(asked.uid, 'answer')}/" in body["text"]
    assert f"{SITE}/stop/{stop_token(asked.uid)}/" in body["text"]
    assert Request.objects.get().sent_at == TUESDAY


@pytest.mark.django_db
@pytest.mark.parametrize(("status", "outcome", "gone"), [(404, "bounced", 1), (422, "bounced", 0), (400, "bounced", 0)])
def test_a_refusal_for_good(service: type[Service], status: int, outcome: str, gone: int) -> None:
    service.status = status
    asked = ask(wanted(published("recommend").key, via="sms", address="0612345678"), terms(), TUESDAY)
    assert deliver_request(asked.number, Sender(terms(), SITE), TUESDAY) == outcome
    assert NoMore.objects.count() == gone


@pytest.mark.django_db
@pytest.mark.parametrize("status", [302, 307, 401, 429, 500, 503])
def test_what_is_tried_again(service: type[Service], status: int) -> None:
    """A redirect is never followed: it would lead wherever the service likes."""
    service.status = status
    asked = ask(wanted(published("recommend").key, via="sms", address="0612345678"), terms(), TUESDAY)
    with pytest.raises(OSError, match=str(status)):
        deliver_request(asked.number, Sender(terms(), SITE), TUESDAY)
    assert Request.objects.get().sent_at is None
    assert len(service.came) == 1


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.1", "172.16.5.4", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.1.1", "224.0.0.1", "255.255.255.255",
        "::1", "::", "fe80::1", "fc00::1", "fec0::1", "ff02::1", "::ffff:127.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1",
        "2002:7f00:1::", "2001::1", "239.1.1.1", "198.18.0.1",
    ],
)  # fmt: skip
def test_addresses_inside(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
def test_addresses_outside(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/", "https://localhost/", "https://[::1]/", "https://2130706433/", "https://0x7f.1/", "https://0177.0.0.1/",
        "http://93.184.215.14/", "ftp://93.184.215.14/", "file:///etc/passwd", "https:///x", "gopher://127.0.0.1/",
    ],
)  # fmt: skip
def test_a_url_that_leads_inside_is_refused(url: str) -> None:
    with pytest.raises(UserError):
        call(Call(url=url, method="POST", headers={}, body=b""))


def test_the_secret_is_not_shown() -> None:
    assert "geheim" not in repr(
        Call(url="https://x.example/", method="POST", headers={"Authorization": "geheim"}, body=b"geheim")
    )


@pytest.mark.parametrize(
    "text",
    ["[sms]\nurl = 1", "[fax]\nurl = 'https://x'", "[sms]\nurl = 'https://x'\ncolour = 'red'", "[sms", "[sms]\n"],
)
def test_settings_that_can_not_be(tmp_path: Path, text: str) -> None:
    (tmp_path / "messages.toml").write_text(text, encoding="utf-8")
    with pytest.raises(UserError):
        read_services(tmp_path)


def test_a_value_that_looks_like_a_place_is_text(tmp_path: Path) -> None:
    (tmp_path / "messages.toml").write_text(
        "[sms]\nurl = 'https://x'\nbody = 'to={to}&text={text}'\n[sms.headers]\nContent-Type = 'application/x-www-form-urlencoded'\n",
        encoding="utf-8",
    )
    made = read_services(tmp_path)["sms"].call("{text}", 'a "b" {to} & c', "1")
    assert made.body == b"to=%7Btext%7D&text=a+%22b%22+%7Bto%7D+%26+c"
