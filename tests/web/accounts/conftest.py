"""Accounts need hardly any facts: an empty warehouse will do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import pytest
from django.core.cache import cache
from django.test import Client

import peil.library
import peil.web.facts
from peil.accounts.models import Person
from peil.library import Peil
from peil.ops.models import OutboxRow

Mails = Callable[[], list[Mapping[str, str]]]


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Peil]:
    """In the place of the process's own warehouse, which other tests may have opened."""
    url = f"duckdb:///{tmp_path_factory.mktemp('empty') / 'peil.duckdb'}"
    with pytest.MonkeyPatch.context() as patch, peil.library.open(url) as opened:
        patch.setenv("PEIL_WAREHOUSE", url)
        patch.setattr(peil.web.facts, "_open", opened)
        yield opened


@pytest.fixture(autouse=True)
def no_attempts_yet() -> Iterator[None]:
    """What one test tried too often does not stand in the way of the next."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def stranger(people: Mapping[str, Person]) -> Client:
    """Someone who isn't signed in, where there are people."""
    return Client(SERVER_NAME="127.0.0.1")


@pytest.fixture
def mails(db: None) -> Mails:
    """The mails that wait to leave, the oldest first."""
    return lambda: [row.payload for row in OutboxRow.objects.filter(kind="mail").order_by("pk")]
