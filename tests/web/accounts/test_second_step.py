"""The second step: a code of an app or a recovery code, asked after the password and before anything else."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client
from tests.web.accounts.conftest import Mails
from tests.web.conftest import PASSWORD

from peil.accounts.audit import entries

LOGIN = "/account/login/"


def code_of(secret: str, ago: int = 0) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 - ago)))


@pytest.fixture
def with_app(
    stranger: Client, django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]]
) -> tuple[Client, str]:
    """Someone who turned the app on, signed in; and the app's secret."""
    stranger.post(LOGIN, {"login": "manager@example.nl", "password": PASSWORD})
    stranger.post("/account/reauthenticate/", {"password": PASSWORD})
    page = stranger.get("/account/mfa/totp/activate/").content.decode()
    secret = re.search(r'<code class="secret">([A-Z2-7]+)</code>', page)
    assert secret is not None
    wrong = stranger.post("/account/mfa/totp/activate/?language=nl", {"code": "000000"}).content.decode()
    assert "Deze code klopt niet" in wrong
    with django_capture_on_commit_callbacks(execute=True):
        answer = stranger.post("/account/mfa/totp/activate/", {"code": code_of(secret.group(1))})
    assert answer.headers["Location"] == "/account/mfa/recovery-codes/"
    return stranger, secret.group(1)


def test_the_password_alone_is_no_longer_enough(with_app: tuple[Client, str], mails: Mails) -> None:
    _, secret = with_app
    client = Client(SERVER_NAME="127.0.0.1")
    answer = client.post(LOGIN, {"login": "manager@example.nl", "password": PASSWORD})
    assert answer.headers["Location"] == "/account/mfa/authenticate/"
    assert client.get("/account/").status_code == 302
    page = client.get("/account/mfa/authenticate/?language=nl").content.decode()
    assert '<main id="inhoud" class="door">' in page
    assert client.post("/account/mfa/authenticate/", {"code": "000000"}).status_code == 200
    assert client.get("/account/").status_code == 302
    assert entries()[0].action == "sign_in_failed"
    assert "Peil: inloggen met een authenticator-app staat aan" in [mail["subject"] for mail in mails()]
    assert secret not in str(entries())


def test_a_recovery_code_works_once(with_app: tuple[Client, str]) -> None:
    owner, _ = with_app
    page = owner.get("/account/mfa/recovery-codes/").content.decode()
    codes = re.findall(r"<li><code>(\d+)</code></li>", page)
    assert len(codes) == 10
    listed = owner.get("/account/mfa/recovery-codes/download/")
    assert listed.headers["Content-Type"].startswith("text/plain")
    assert codes[0] in listed.content.decode()
    came_in = []
    for _ in range(2):
        client = Client(SERVER_NAME="127.0.0.1")
        client.post(LOGIN, {"login": "manager@example.nl", "password": PASSWORD})
        client.post("/account/mfa/authenticate/", {"code": codes[0]})
        came_in.append(client.get("/account/").status_code)
    assert came_in == [200, 302]


def test_it_is_turned_off_again(with_app: tuple[Client, str]) -> None:
    client, _ = with_app
    assert client.get("/account/mfa/totp/deactivate/").status_code == 200
    assert client.post("/account/mfa/totp/deactivate/").headers["Location"] == "/account/mfa/"
    again = Client(SERVER_NAME="127.0.0.1")
    again.post(LOGIN, {"login": "manager@example.nl", "password": PASSWORD})
    assert again.get("/account/").status_code == 200
    assert "second_factor_removed" in [e.action for e in entries()]
