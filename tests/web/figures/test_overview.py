"""The overview and the page of a KPI, for whom they are and with whose figures."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client
from tests.web.conftest import SignIn

from peil.core.kpis import BY_KEY
from peil.library import Peil
from peil.report.contents import gather
from peil.report.question import ReportQuestion

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


@pytest.mark.parametrize("role", ["team_lead", "agent", "digital_owner", "administrator"])
@pytest.mark.parametrize("path", ["/kpi/engagement/", "/kpi/turnover/figures.csv", "/employees/"])
def test_figures_about_employees_are_few_peoples(role: str, path: str, sign_in: SignIn) -> None:
    assert sign_in(role).get(path).status_code == 403


@pytest.mark.slow
@pytest.mark.parametrize("role", ["digital_owner", "administrator"])
def test_no_page_tells_of_employees_in_passing(role: str, sign_in: SignIn) -> None:
    client = sign_in(role)
    for path in ("/", "/customers/", "/targets/", "/benchmarks/", "/comparison/"):
        found = re.findall(r'data-kpi="(\w+)"', client.get(f"{path}?period=2026-10").content.decode())
        assert [key for key in found if key in BY_KEY and BY_KEY[key].people] == [], path


@pytest.mark.slow
def test_a_manager_sees_them(sign_in: SignIn) -> None:
    assert "engagement" in shown(sign_in("manager").get("/kpi/engagement/?period=2026").content.decode())


def test_a_kpi_has_the_verdict_of_the_report_on_its_own_page(company: Peil, sign_in: SignIn) -> None:
    """Corrected among the figures that it is told with: a page of one figure must not claim more."""
    days = {"since": date(2026, 10, 1), "until": date(2026, 11, 1)}
    told = gather(company.warehouse, ReportQuestion(**days), frozenset()).headline.changes
    asked = [k for k, c in told.items() if c.p_adjusted is not None and c.p_adjusted != c.p and k in BY_KEY][:6]
    assert asked
    for key in asked:
        own = gather(company.warehouse, ReportQuestion(**days), frozenset(), (key,), among_all=True).headline.changes
        assert own[key] == told[key]
