"""Things of their own for people of every role: what is one's own, what is someone else's, what is missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pytest
from django.core.cache import cache
from django.test import Client
from tests.web.access.cells import VISITORS
from tests.web.accounts.conftest import company  # noqa: F401  a fixture: who may come does not depend on the facts

from peil.accounts.joining import Place, invite
from peil.accounts.keys import make_key
from peil.accounts.models import Person
from peil.accounts.rules import Role

Visit = Callable[[str], Client]


@dataclass(frozen=True, slots=True)
class Things:
    """The numbers that stand in addresses: of something that is there, and of the person whose it is."""

    people: Mapping[str, Person]
    invitation: int
    keys: Mapping[str, int]


@pytest.fixture
def things(people: Mapping[str, Person]) -> Things:
    invited, _ = invite(people["administrator"], "tom@example.nl", Place(role=Role.AGENT))
    keys = {
        role: make_key(people[role], "k", ["read_figures"])[0].id for role in ("manager", "analyst", "administrator")
    }
    return Things(people, invited.id, keys)


@pytest.fixture
def visit(people: Mapping[str, Person]) -> Visit:
    """A browser of this visitor."""
    cache.clear()

    def browser(visitor: str) -> Client:
        client = Client(SERVER_NAME="127.0.0.1", raise_request_exception=True)
        if visitor != "anonymous":
            client.force_login(people[visitor], backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    assert {"anonymous", *people} == set(VISITORS)
    return browser
