"""The rows behind figures: as many as the n, page by page, and only for who may see them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from django.test import Client
from tests.web.api.conftest import BASE
from tests.web.conftest import SignIn

from peil.core.kpis import ALL
from peil.core.moments import Histogram
from peil.facts.schema import FACTS
from peil.library import Peil
from peil.warehouse.questions.rows_behind import MOST, rows_behind

CSAT = f"{BASE}/kpis/csat/rows?period=2026-Q3"
COUNTED = [k.key for k in ALL if not k.people and not isinstance(k.spread, Histogram)]


def walk(client: Client, path: str, limit: int) -> list[dict[str, object]]:
    found, cursor = [], ""
    while cursor is not None:
        page = client.get(path, {"limit": limit, "cursor": cursor} if "?" not in path else None)
        if "?" in path:
            page = client.get(f"{path}&limit={limit}&cursor={cursor}")
        assert page.status_code == 200, page.content
        told = page.json()
        found += told["items"]
        cursor = told["next"]
    return found


def test_as_many_rows_as_the_figure_counts(company: Peil) -> None:
    """Of every KPI: the rows of one week by one channel are those of its n."""
    for key in COUNTED:
        asked = {"period": "2026-W35", "assume": {"avoided_share": 0.3}}
        query = company.query(key, **asked)  # type: ignore[arg-type]
        (figure,) = company.answer(query)
        if figure.status in ("hidden", "needs"):
            continue
        page = rows_behind(company.warehouse, query, None, MOST)
        if page.after is None:
            assert len(page.rows) == figure.n, key
        else:
            assert figure.n > MOST, key


def test_pages_hold_each_row_once(company: Peil, sign_in: SignIn) -> None:
    found = walk(sign_in("manager"), CSAT, 97)
    (figure,) = company.kpi("csat", period="2026-Q3")
    keys = [(row["source"], row["answer_id"]) for row in found]
    assert len(keys) == len(set(keys)) == figure.n
    assert all(a["day"] >= b["day"] for a, b in pairwise(found))  # type: ignore[operator]


def test_a_lead_sees_rows_of_the_own_team(sign_in: SignIn) -> None:
    found = walk(sign_in("team_lead"), CSAT, 500)
    assert {row["team"] for row in found} == {"Zwolle"}


def test_comments_are_shown_to_who_asks_and_may(sign_in: SignIn) -> None:
    path = f"{BASE}/kpis/csat/rows?period=2026-Q3&limit=5"
    assert "comment" not in sign_in("team_lead").get(path).json()["columns"]
    assert "comment" in sign_in("team_lead").get(f"{path}&comments=true").json()["columns"]
    visits = f"{BASE}/kpis/visits_new/rows?period=2026-Q3&limit=5"
    assert sign_in("digital_owner").get(visits).status_code == 200
    assert sign_in("digital_owner").get(f"{visits}&comments=true").status_code == 403
    assert sign_in("digital_owner").get(path).status_code == 403


def test_nobody_is_named(sign_in: SignIn) -> None:
    told = sign_in("manager").get(f"{CSAT}&limit=3&comments=true").json()
    assert not {"customer_id", "employee_id", "person", "block", "import_id"} & set(told["columns"])
    assert all(list(row) == told["columns"] for row in told["items"])


def test_a_small_group_is_hidden_row_by_row_too(company: Peil, sign_in: SignIn) -> None:
    client = sign_in("manager")
    for day in range(1, 32):
        asked = f"period=2026-10-{day:02d}&where=touchpoint%3Dopzeggen"
        (figure,) = client.get(f"{BASE}/kpis/csat?{asked}").json()["items"]
        if figure["status"] == "hidden":
            answer = client.get(f"{BASE}/kpis/csat/rows?{asked}")
            assert answer.status_code == 400
            assert "hidden" in answer.json()["detail"]
            return
    pytest.fail("no small group was found to look at")


def test_rows_about_employees_are_not_shown(sign_in: SignIn) -> None:
    assert sign_in("manager").get(f"{BASE}/kpis/turnover/rows").status_code == 400


def test_a_cursor_is_good_for_its_own_question_and_person_only(sign_in: SignIn) -> None:
    client = sign_in("manager")
    cursor = client.get(f"{CSAT}&limit=5").json()["next"]
    assert client.get(f"{CSAT}&limit=7&cursor={cursor}").status_code == 200
    forged = cursor[:-3] + ("aaa" if cursor[-3:] != "aaa" else "bbb")
    for path in (
        f"{CSAT}&cursor={forged}",
        f"{CSAT}&where=channel%3Dphone&cursor={cursor}",
        f"{BASE}/kpis/dsat/rows?period=2026-Q3&cursor={cursor}",
        f"{CSAT}&comments=true&cursor={cursor}",
        f"{CSAT}&cursor=x",
        f"{BASE}/imports?cursor={cursor}",
    ):
        answer = client.get(path)
        assert (answer.status_code, answer.json()["type"]) == (400, "urn:peil:problem:bad-cursor"), path
    assert sign_in("analyst").get(f"{CSAT}&cursor={cursor}").status_code == 400


@pytest.mark.parametrize("limit", ["0", "-1", "1001", "9" * 30])
def test_a_page_has_an_end(limit: str, sign_in: SignIn) -> None:
    assert sign_in("manager").get(f"{CSAT}&limit={limit}").status_code in (400, 422)


def test_every_fact_has_a_page_of_rows(company: Peil) -> None:
    """No column that is shown is unknown to the engine."""
    for fact in {k.fact for k in ALL if not k.people}:
        key = next(k.key for k in ALL if k.fact == fact and not k.people)
        page = rows_behind(company.warehouse, company.query(key, period="2026-Q3"), None, 3, comments=True)
        assert page.columns[:2] == ("source", FACTS[fact].key)
