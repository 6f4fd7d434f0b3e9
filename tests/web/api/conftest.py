"""The API asked by everyone there is: signed in, by key, or unknown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from peil.accounts.keys import make_key
from peil.accounts.models import Person
from peil.web.api.door import limits

BASE = "/api/v1"
ByKey = Callable[..., Client]


@pytest.fixture(autouse=True)
def _as_in_a_test(settings: Settings, tmp_path: Path) -> Iterator[None]:
    """Tests ask more often than people do (the test of the limits sets its own), and keep nothing."""
    settings.HOME = tmp_path
    settings.API_LIMIT_KEY = settings.API_LIMIT_PERSON = (10**9, 10**9)
    limits.forget()
    yield
    limits.forget()


@pytest.fixture
def by_key(people: Mapping[str, Person]) -> ByKey:
    """A client with a key of this role: `by_key("manager", "read_figures")`."""

    def made(role: str, *scopes: str) -> Client:
        _, token = make_key(people[role], f"test of {role}", scopes)
        return Client(SERVER_NAME="127.0.0.1", headers={"Authorization": f"Bearer {token}"})

    return made


@pytest.fixture
def anonymous() -> Client:
    return Client(SERVER_NAME="127.0.0.1")
