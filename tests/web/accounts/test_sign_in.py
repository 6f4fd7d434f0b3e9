"""Signing in: who comes in, who does not, and what is told to whoever guesses."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from django.test import Client
from tests.web.accounts.conftest import Mails
from tests.web.conftest import PASSWORD, SignIn

from peil.accounts.audit import entries
from peil.accounts.models import Person

LOGIN, RESET = "/account/login/", "/account/password/reset/"


def sign_in_with(client: Client, email: str, password: str, **more: str) -> object:
    return client.post(LOGIN, {"login": email, "password": password, **more})


def test_who_gives_the_password_comes_in(stranger: Client) -> None:
    answer = stranger.post(LOGIN, {"login": "Manager@Example.nl", "password": PASSWORD})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert stranger.get("/account/").status_code == 200
    assert [(e.actor, e.action) for e in entries()] == [("Manager", "signed_in")]


def test_the_session_of_before_is_not_that_of_after(stranger: Client) -> None:
    """Whoever planted a session in someone's browser must not find it signed in."""
    stranger.get(LOGIN)
    session = stranger.session
    session["planted"] = True
    session.save()
    planted = session.session_key
    stranger.cookies["sessionid"] = planted
    stranger.post(LOGIN, {"login": "manager@example.nl", "password": PASSWORD})
    assert stranger.cookies["sessionid"].value != planted
    other = Client(SERVER_NAME="127.0.0.1")
    other.cookies["sessionid"] = planted
    assert other.get("/account/").status_code == 302


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_wrong_password_and_an_unknown_address_are_told_alike(language: str, stranger: Client) -> None:
    told = []
    for email in ("manager@example.nl", "nobody@example.nl"):
        page = stranger.post(f"{LOGIN}?language={language}", {"login": email, "password": "fout-fout-fout"})
        assert page.status_code == 200
        text = re.sub(r'value="[^"]*"', "", page.content.decode())
        told.append(text)
    assert told[0] == told[1]
    said = "horen niet bij elkaar" if language == "nl" else "go together"
    assert said in told[0]
    assert [(e.actor, e.action, e.about, dict(e.detail)) for e in entries()] == [
        ("", "sign_in_failed", "nobody@example.nl", {}),
        ("", "sign_in_failed", "manager@example.nl", {}),
    ]


def test_guessing_is_slowed_down(stranger: Client) -> None:
    for _ in range(5):
        stranger.post(LOGIN, {"login": "manager@example.nl", "password": "fout-fout-fout"})
    page = stranger.post(LOGIN, {"login": "manager@example.nl", "password": PASSWORD})
    assert page.status_code in (200, 429)
    assert stranger.get("/account/").status_code == 302, "not even the right one helps now"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "https:evil.example",
        "\t//evil.example",
    ],
)
def test_nobody_is_sent_elsewhere(elsewhere: str, stranger: Client) -> None:
    answer = stranger.post(LOGIN, {"login": "manager@example.nl", "password": PASSWORD, "next": elsewhere})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert "evil" not in stranger.post("/account/logout/", {"next": elsewhere}).headers["Location"]


def test_one_goes_on_to_the_page_one_came_for(stranger: Client) -> None:
    answer = stranger.post(
        LOGIN, {"login": "manager@example.nl", "password": PASSWORD, "next": "/contact/?period=2026-10"}
    )
    assert answer.headers["Location"] == "/contact/?period=2026-10"


def test_a_closed_account_stays_out(stranger: Client, people: Mapping[str, Person], sign_in: SignIn) -> None:
    inside = sign_in("manager")
    assert inside.get("/account/").status_code == 200
    Person.objects.filter(pk=people["manager"].pk).update(is_active=False)
    assert inside.get("/account/").status_code == 302, "a session that was open is over"
    stranger.post(LOGIN, {"login": "manager@example.nl", "password": PASSWORD})
    assert stranger.get("/account/").status_code == 302


@pytest.mark.parametrize(
    ("language", "subject"), [("nl", "Kies een nieuw wachtwoord"), ("en", "Choose a new password")]
)
def test_a_forgotten_password_is_chosen_anew(
    language: str, subject: str, stranger: Client, people: Mapping[str, Person], mails: Mails, sign_in: SignIn
) -> None:
    Person.objects.filter(pk=people["manager"].pk).update(language=language)
    inside = sign_in("manager")
    answer = stranger.post(RESET, {"email": "manager@example.nl"})
    assert answer.headers["Location"] == "/account/password/reset/done/"
    mail = mails()[0]
    assert mail["to"] == "manager@example.nl"
    assert subject in mail["subject"]
    link = re.search(r"http\S+", mail["text"])
    assert link is not None
    assert link.group() in mail["html"]
    step = stranger.get(link.group())
    assert step.status_code == 302
    place = step.headers["Location"]
    assert place.endswith("-set-password/"), "the token is no longer in the address"
    page = stranger.post(f"{place}?language={language}", {"password1": "kort", "password2": "kort"}).content.decode()
    assert ("minstens 12 tekens" if language == "nl" else "at least 12 characters") in page
    new = "zeven paarse olifanten"
    answer = stranger.post(place, {"password1": new, "password2": new})
    assert answer.headers["Location"] == "/account/password/reset/key/done/"
    assert inside.get("/account/").status_code == 302, "whoever was inside with the old one is out"
    stranger.post(LOGIN, {"login": "manager@example.nl", "password": new})
    assert stranger.get("/account/").status_code == 200
    again = Client(SERVER_NAME="127.0.0.1").get(link.group())
    assert again.status_code == 200
    assert ("werkt niet meer" if language == "nl" else "no longer works") in again.content.decode() or language == "en"
    log = [e.action for e in entries()]
    assert log == ["signed_in", "password_reset", "password_reset_asked"]


def test_asking_does_not_tell_who_is_here(stranger: Client, mails: Mails) -> None:
    told = []
    for email in ("manager@example.nl", "nobody@example.nl"):
        answer = stranger.post(RESET, {"email": email}, follow=True)
        told.append((answer.redirect_chain, re.sub(r'value="[^"]*"', "", answer.content.decode())))
    assert told[0] == told[1]
    assert [mail["to"] for mail in mails()] == ["manager@example.nl"]


def test_nobody_signs_up(stranger: Client) -> None:
    for path in ("/account/none/signup/", "/account/signup/", "/account/none/email/", "/account/email/"):
        assert stranger.get(path).status_code == 404
        assert stranger.post(path, {"email": "x@example.nl", "password1": PASSWORD}).status_code == 404
    assert not Person.objects.filter(email="x@example.nl").exists()


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(
    "path",
    [
        LOGIN, RESET, "/account/password/reset/done/", "/account/password/reset/key/done/", "/account/inactive/",
        "/account/sso/refused/", "/account/sso/cancelled/", "/account/sso/error/", "/account/password/reset/key/1-x-y/",
    ],
)  # fmt: skip
def test_every_door_has_our_look(path: str, language: str, stranger: Client) -> None:
    page = stranger.get(f"{path}?language={language}").content.decode()
    assert f'<html lang="{language}">' in page
    assert '<main id="inhoud" class="door">' in page


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_pages_of_the_second_step_have_our_look(
    language: str, sign_in: SignIn, people: Mapping[str, Person]
) -> None:
    people["manager"].set_password(PASSWORD)
    client = Client(SERVER_NAME="127.0.0.1")
    client.post(LOGIN, {"login": "manager@example.nl", "password": PASSWORD})
    for path in ("/account/mfa/", "/account/password/change/", "/account/logout/", "/account/mfa/passkeys/"):
        page = client.get(f"{path}?language={language}")
        assert page.status_code == 200, path
        assert '<main id="inhoud" class="door">' in page.content.decode(), path
    asked = client.get("/account/mfa/totp/activate/", follow=True)
    assert asked.redirect_chain[-1][0].startswith("/account/reauthenticate/")
    client.post(asked.redirect_chain[-1][0], {"password": PASSWORD})
    for path in ("/account/mfa/totp/activate/", "/account/mfa/passkeys/add/", "/account/reauthenticate/"):
        page = client.get(f"{path}?language={language}")
        assert page.status_code == 200, path
        assert '<main id="inhoud" class="door">' in page.content.decode(), path
    assert "data:image/svg+xml;base64," in client.get("/account/mfa/totp/activate/").content.decode()
