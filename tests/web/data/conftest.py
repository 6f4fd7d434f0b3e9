"""An empty warehouse for each test of imports, people of every role, and a folder for their uploads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings
from tests.web.conftest import SignIn
from tests.web.people import make_people

import peil.library
import peil.web.facts
from peil.accounts.models import Person
from peil.library import Peil


@pytest.fixture
def office(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Peil]:
    """The app's warehouse, empty, and PEIL_HOME beside it."""
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir()
    with peil.library.open(f"duckdb:///{tmp_path / 'peil.duckdb'}") as opened:
        monkeypatch.setattr(peil.web.facts, "_open", opened)
        yield opened


@pytest.fixture
def crew(db: None, office: Peil) -> Mapping[str, Person]:
    return make_people()


@pytest.fixture
def enter(crew: Mapping[str, Person]) -> SignIn:
    """A client with this role signed in."""

    def signed_in(role: str) -> Client:
        client = Client(SERVER_NAME="127.0.0.1")
        client.force_login(crew[role], backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return signed_in
