"""Browsers for people of every role, and things of theirs: what is one's own, what is someone else's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from string import Formatter

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.test import Client
from pytest_django.fixtures import Settings
from tests.web.access.cells import VISITORS
from tests.web.access.things import MAKERS
from tests.web.accounts.conftest import company  # noqa: F401  a fixture: who may come does not depend on the facts

from peil.accounts.models import Person

Visit = Callable[[str], Client]
Fill = Callable[[str, str], str]
OTHERS = {
    "agent": "other_lead", "team_lead": "other_lead", "other_lead": "team_lead", "analyst": "administrator",
    "digital_owner": "team_lead", "manager": "team_lead", "administrator": "analyst",
}  # fmt: skip
WITH_KEYS = {"analyst": "manager", "manager": "analyst", "administrator": "manager"}


@pytest.fixture(autouse=True)
def own_home(settings: Settings, tmp_path: Path) -> None:
    """What is uploaded here is nobody else's."""
    settings.HOME = tmp_path
    settings.API_LIMIT_KEY = settings.API_LIMIT_PERSON = (10**9, 10**9)


@pytest.fixture
def fill(people: Mapping[str, Person]) -> Fill:
    """An address with what stands in its places: `{own_view}` is a view that the visitor made, and so on."""

    def filled(address: str, visitor: str) -> str:
        made = {}
        for name in {field for _, field, _, _ in Formatter().parse(address) if field}:
            whose, _, kind = name.partition("_")
            others = WITH_KEYS if kind == "key" else OTHERS
            by = others.get(visitor, "manager") if whose == "foreign" or visitor == "anonymous" else visitor
            if kind == "key" and by not in WITH_KEYS:
                by = "manager"
            made[name] = MAKERS[kind](people[by])
        return address.format(**made)

    return filled


@pytest.fixture
def visit(people: Mapping[str, Person]) -> Visit:
    """A browser of this visitor."""
    cache.clear()

    def browser(visitor: str) -> Client:
        client = Client(SERVER_NAME="127.0.0.1", raise_request_exception=True)
        if visitor != "anonymous":
            client.cookies["sessionid"] = _session_of(people[visitor])
        return client

    assert {"anonymous", *people} == set(VISITORS)
    return browser


def _session_of(person: Person) -> str:
    """A session as signing in leaves it, without what else signing in does: thousands of cells are asked."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return str(session.session_key)
