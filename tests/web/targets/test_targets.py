"""The page of targets: measured first, set by who may, seen by whose rows it is about."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.web.conftest import SignIn

from peil.board.targets import in_force, set_target, target_of
from peil.board.targets.keeping import NewTarget
from peil.library import Peil

ASKED = {"kpi": "csat", "team": "", "value": "84,5", "months": "3"}
OCTOBER = "period=2026-10"


def keep(value: float = 84.0, team: str = "", months: int = 3, kpi: str = "csat") -> int:
    from datetime import date

    return set_target(NewTarget(kpi, team, value, months, date(2026, 1, 1)), None, None).id  # type: ignore[arg-type]


def test_a_target_is_set_from_what_is_measured(company: Peil, sign_in: SignIn) -> None:
    client = sign_in("manager")
    preview = client.get(f"/targets/new/?{OCTOBER}", ASKED).content.decode()
    assert "kans om het te halen" in preview
    assert in_force() == []
    answer = client.post(f"/targets/new/?{OCTOBER}", ASKED)
    assert answer.status_code == 302
    (kept,) = in_force()
    measured = company.kpi("csat", period="2026-10")[0]
    assert (kept.value, kept.set_by) == (84.5, "Manager")
    assert kept.baseline is not None
    assert (kept.baseline.value, kept.baseline.low, kept.baseline.n) == (measured.value, measured.low, measured.n)
    assert str(kept.baseline.since) == "2026-10-01"
    page = client.get(answer.headers["Location"]).content.decode()
    assert "doel 84,5%" in page
    assert "Het doel voor klanttevredenheid is bewaard." in page


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kpi", ""), ("kpi", "nonsense"), ("kpi", "contact_reasons"), ("team", "Atlantis"), ("value", ""), ("value", "veel"),
        ("value", "1e999"), ("value", "nan"), ("value", "140"), ("months", "12"), ("months", ""),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_at_its_field(field: str, value: str, sign_in: SignIn) -> None:
    client = sign_in("manager")
    for answer in (
        client.get("/targets/new/", ASKED | {field: value}),
        client.post("/targets/new/", ASKED | {field: value}),
    ):
        page = answer.content.decode()
        assert answer.status_code == 400
        assert re.search(rf'id="{field}"[^>]*aria-invalid="true"', page)
        assert f'id="{field}-error"' in page
    assert in_force() == []


def test_a_kpi_without_teams_has_no_target_for_one(sign_in: SignIn) -> None:
    asked = ASKED | {"kpi": "retention", "team": "Zwolle", "value": "98"}
    answer = sign_in("manager").post("/targets/new/", asked)
    assert answer.status_code == 400
    assert "Deze KPI is niet per team te geven." in answer.content.decode()


def test_ending_is_taken_back(sign_in: SignIn) -> None:
    client, id = sign_in("manager"), keep()
    answer = client.post(f"/targets/{id}/end/")
    assert answer.status_code == 302
    assert f'action="/targets/{id}/restore/"' in client.get(answer.headers["Location"]).content.decode()
    assert in_force() == []
    assert client.post(f"/targets/{id}/restore/").status_code == 302
    assert [t.id for t in in_force()] == [id]


@pytest.mark.parametrize("role", ["team_lead", "agent", "analyst", "digital_owner"])
def test_who_may_not_set_targets_sees_no_button_and_changes_nothing(role: str, sign_in: SignIn) -> None:
    client, id = sign_in(role), keep(team="Zwolle")
    assert "/targets/new/" not in client.get("/targets/").content.decode()
    for answer in (
        client.get("/targets/new/"),
        client.post("/targets/new/", ASKED),
        client.post(f"/targets/{id}/end/"),
        client.post(f"/targets/{id}/restore/"),
    ):
        assert answer.status_code == 403
    assert [t.id for t in in_force()] == [id]


def test_a_team_lead_sees_the_targets_of_the_own_team_only(sign_in: SignIn) -> None:
    keep(61.5), keep(62.5, "Zwolle"), keep(63.5, "Rotterdam")
    page = sign_in("team_lead").get(f"/targets/?{OCTOBER}").content.decode()
    assert "62,5%" in page
    assert "61,5%" not in page
    assert "63,5%" not in page


@pytest.mark.slow
def test_the_target_in_force_stands_on_the_page_of_the_kpi(sign_in: SignIn) -> None:
    keep(61.5), keep(62.5, "Zwolle")
    manager = sign_in("manager")
    assert "doel 61,5%" in manager.get(f"/kpi/csat/?{OCTOBER}").content.decode()
    assert "doel 62,5%" in manager.get(f"/kpi/csat/?{OCTOBER}&only-team=Zwolle").content.decode()
    assert "doel 62,5%" in sign_in("team_lead").get(f"/kpi/csat/?{OCTOBER}").content.decode()


def test_a_missing_target_is_missing(sign_in: SignIn) -> None:
    client = sign_in("manager")
    assert client.post("/targets/999/end/").status_code == 404
    assert client.post("/targets/999/restore/").status_code == 404
    assert client.get(f"/targets/{keep()}/end/").status_code == 405
    assert client.get("/targets/?ended=999&kept=x").status_code == 200


def test_many_targets_take_no_more_questions_than_one(sign_in: SignIn) -> None:
    client = sign_in("manager")
    counted = []
    for kpis in (["csat"], ["fcr", "nps_relationship"]):
        for kpi in kpis:
            keep(kpi=kpi, value=70.0)
        client.get(f"/targets/?{OCTOBER}")
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/targets/?{OCTOBER}")
        counted.append(len(asked))
    assert counted[0] == counted[1]


def test_a_hostile_team_does_nothing(sign_in: SignIn) -> None:
    id = keep(team="<script>alert(1)</script>")
    page = sign_in("manager").get(f"/targets/?{OCTOBER}").content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert target_of(id) is not None


def test_both_languages(sign_in: SignIn) -> None:
    keep()
    page = sign_in("manager").get(f"/targets/?{OCTOBER}&language=en").content.decode()
    assert "<h1>Targets</h1>" in page
    assert "Kans" not in page
