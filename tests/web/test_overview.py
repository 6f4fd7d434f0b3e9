"""The overview and the page of a KPI, for whom they are and with whose figures."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from tests.web.conftest import SignIn

from peil.library import Peil

VALUE = re.compile(r'<data value="([^"]+)" data-part="value" data-kpi="(\w+)">')


def shown(page: str) -> dict[str, float]:
    """The figures of a page's own period, as full numbers by KPI."""
    return {key: float(number) for number, key in VALUE.findall(page)}


def test_a_stranger_is_asked_to_sign_in(people: object) -> None:
    answer = Client(SERVER_NAME="127.0.0.1").get("/?period=2026-10")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/account/login/?next=/%3Fperiod%3D2026-10"


def test_the_overview_shows_what_kpi_gives(company: Peil, sign_in: SignIn) -> None:
    found = shown(sign_in("manager").get("/?period=2026-10").content.decode())
    given = {e.kpi: e.value for e in company.kpi(*found, period="2026-10")}
    assert len(found) >= 10
    assert found == given


def test_a_team_lead_sees_the_own_team(company: Peil, sign_in: SignIn) -> None:
    found = shown(sign_in("team_lead").get("/?period=2026-Q3").content.decode())
    given = {e.kpi: e.value for e in company.kpi(*found, period="2026-Q3", where={"team": "Zwolle"})}
    everyone = {e.kpi: e.value for e in company.kpi(*found, period="2026-Q3")}
    assert found == given
    assert found != everyone


@pytest.mark.parametrize("role", ["team_lead", "agent"])
def test_who_is_in_no_team_sees_no_figures(role: str, sign_in: SignIn, people: dict[str, object]) -> None:
    people[role].teams.clear()  # type: ignore[attr-defined]
    assert sign_in(role).get("/").status_code == 403


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("period=geheim", "geheim"),
        ("since=31-01-2026", "31-01-2026"),
        ("since=2026-02-01&until=2026-01-01", "2026-02-01"),
        ("compare=ever", "ever"),
        ("only-nothing=1", "nothing"),
    ],
)
def test_a_state_that_makes_no_sense_is_told(asked: str, said: str, sign_in: SignIn) -> None:
    answer = sign_in("manager").get(f"/?{asked}")
    assert answer.status_code == 400
    assert said in answer.content.decode()


def test_there_is_no_page_of_an_unknown_kpi(sign_in: SignIn) -> None:
    assert sign_in("manager").get("/kpi/nonsense/").status_code == 404


def test_the_language_is_part_of_the_address(sign_in: SignIn) -> None:
    client = sign_in("manager")
    assert "<h1>Overzicht</h1>" in client.get("/").content.decode()
    assert "<h1>Overview</h1>" in client.get("/?language=en").content.decode()
