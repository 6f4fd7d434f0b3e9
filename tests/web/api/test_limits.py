"""How often one may ask: exactly as often as is said, for each key and for each person."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings
from tests.web.api.conftest import BASE, ByKey
from tests.web.conftest import SignIn

from peil.accounts.models import Person
from peil.web.api.door.limits import Limit, _in_database, count, forget

SLOW = 0.001  # requests a minute: none comes back while a test runs


def test_after_the_last_request_one_waits(settings: Settings, by_key: ByKey) -> None:
    settings.API_LIMIT_KEY = (5, SLOW)
    client = by_key("manager", "read_figures")
    answers = [client.get(f"{BASE}/kpis") for _ in range(7)]
    assert [a.status_code for a in answers] == [200] * 5 + [429] * 2
    assert [a.headers["RateLimit-Remaining"] for a in answers] == ["4", "3", "2", "1", "0", "0", "0"]
    assert {a.headers["RateLimit-Limit"] for a in answers} == {"5"}
    assert answers[5].json()["type"] == "urn:peil:problem:too-many-requests"
    assert int(answers[5].headers["Retry-After"]) > 0


def test_keys_have_limits_of_their_own_and_their_person_one_for_all(settings: Settings, by_key: ByKey) -> None:
    settings.API_LIMIT_KEY, settings.API_LIMIT_PERSON = (3, SLOW), (5, SLOW)
    one, other = by_key("manager", "read_figures"), by_key("manager", "read_rows", "read_figures")
    assert [one.get(f"{BASE}/me").status_code for _ in range(4)] == [200, 200, 200, 429]
    assert [other.get(f"{BASE}/me").status_code for _ in range(3)] == [200, 429, 429]
    assert by_key("analyst", "read_figures").get(f"{BASE}/me").status_code == 200


def test_who_is_signed_in_is_counted_too(settings: Settings, sign_in: SignIn) -> None:
    settings.API_LIMIT_PERSON = (2, SLOW)
    client = sign_in("agent")
    assert [client.get(f"{BASE}/me").status_code for _ in range(3)] == [200, 200, 429]
    assert client.get("/account/login/").status_code == 302  # pages are not the API


def test_refused_requests_are_counted(settings: Settings, sign_in: SignIn) -> None:
    settings.API_LIMIT_PERSON = (2, SLOW)
    client = sign_in("agent")
    assert [client.get(f"{BASE}/imports").status_code for _ in range(3)] == [403, 403, 429]


def test_many_at_once_get_no_more_than_the_limit(db: None) -> None:
    forget()
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: count("key:many", Limit(50, SLOW), 1_000.0).allowed, range(200)))
    assert sum(found) == 50


def test_the_database_counts_as_memory_does(people: Mapping[str, Person]) -> None:
    limit = Limit(3, 60)
    for at in (0.0, 0.1, 0.2, 0.3, 1.3, 1.4, 9.0, 9.0, 9.0, 9.0, 8.0):
        assert count("key:same", limit, at) == _in_database("key:same", limit, at)


@given(st.lists(st.floats(0, 5), max_size=60), st.integers(1, 9), st.floats(1, 600))
def test_never_more_than_the_burst_and_what_came_back(waits: list[float], burst: int, per_minute: float) -> None:
    limit, left, done = Limit(burst, per_minute), float(burst), 0
    for wait in waits:
        left, allowed = limit.take(left, wait)
        done += allowed
        assert 0 <= left <= burst
    assert done <= burst + sum(waits) * per_minute / 60 + 1e-6


def test_time_that_runs_back_gives_nothing() -> None:
    assert Limit(5, 60).take(2.5, -100)[0] == pytest.approx(1.5)
