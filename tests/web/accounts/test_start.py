"""The first page of all: there until somebody is, and never after."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from peil.accounts.models import Person
from peil.accounts.start import new_start_code
from peil.library import Peil

SAID = {"name": "Mina", "email": "mina@example.nl", "password": "zeven paarse olifanten", "language_of_person": "nl"}


@pytest.fixture
def code(db: None, company: Peil, settings: Settings, tmp_path: Path) -> str:
    settings.HOME = tmp_path
    found = new_start_code(tmp_path)
    assert found is not None
    return found


@pytest.mark.parametrize(
    "path", ["/", "/people/", "/account/login/", "/kpi/csat/", "/account/password/reset/", "/nowhere/"]
)
def test_every_page_leads_there(path: str, code: str) -> None:
    answer = Client(SERVER_NAME="127.0.0.1").get(path)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/start/")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_page_asks_for_the_code(language: str, code: str) -> None:
    client = Client(SERVER_NAME="127.0.0.1")
    page = client.get(f"/start/?language={language}").content.decode()
    assert ("Welkom bij Peil" if language == "nl" else "Welcome to Peil") in page
    for wrong in ("", "AAAA-AAAA-AAAA-AAAA", code[:-1]):
        answer = client.post(f"/start/?language={language}", SAID | {"code": wrong})
        assert answer.status_code == 400
        assert 'aria-invalid="true"' in answer.content.decode()
    assert not Person.objects.exists()


def test_whoever_has_it_becomes_administrator_and_nobody_else(code: str) -> None:
    client = Client(SERVER_NAME="127.0.0.1")
    answer = client.post("/start/", SAID | {"code": code, "role": "manager", "is_active": "0"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert Person.objects.get().role == "administrator"
    assert client.get("/people/").status_code == 200
    for someone in (client, Client(SERVER_NAME="127.0.0.1")):
        assert someone.get("/start/").status_code == 404
        assert someone.post("/start/", SAID | {"code": code, "email": "x@example.nl"}).status_code == 404
    assert Person.objects.count() == 1


def test_a_weak_password_and_no_address_are_told_at_their_fields(code: str) -> None:
    page = Client(SERVER_NAME="127.0.0.1").post(
        "/start/?language=nl", SAID | {"code": code, "password": "geheimpje", "email": "mina"}
    )
    text = page.content.decode()
    assert "minstens 12 tekens" in text
    assert "Dit is geen e-mailadres" in text
    assert 'id="id_password_err"' in text
    assert "geheimpje" not in text, "a password is not sent back"
    assert not Person.objects.exists()


def test_the_code_is_not_guessed(code: str) -> None:
    client = Client(SERVER_NAME="127.0.0.1")
    for _ in range(10):
        client.post("/start/", SAID | {"code": "AAAA-AAAA-AAAA-AAAA"})
    page = client.post("/start/?language=nl", SAID | {"code": code})
    assert page.status_code == 400
    assert "te vaak geprobeerd" in page.content.decode()
    assert not Person.objects.exists()
