"""Who may do what: every operation of the description x every kind of caller; one without a row here fails."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import NamedTuple

import pytest
from django.test import Client
from tests.web.api.conftest import BASE, ByKey
from tests.web.conftest import SignIn
from tests.web.people import OTHER_TEAM, OWN_TEAM

from peil.accounts.models import Person
from peil.library import Peil
from peil.web.api.v1 import api, openapi

MANAGER, LEAD, AGENT, ANALYST = "manager", "team_lead", "agent", "analyst"
OWNER, ADMIN = "digital_owner", "administrator"
EVERYONE = frozenset({MANAGER, LEAD, AGENT, ANALYST, OWNER, ADMIN})
SEE_ALL = EVERYONE - {LEAD, AGENT}


class Row(NamedTuple):
    """One operation: how it is asked, what it answers who may, and who that is."""

    method: str
    path: str
    answers: int
    roles: frozenset[str]
    scopes: frozenset[str]
    free: bool = False  # asked by who is in no team, too


FIGURES, BEHIND, TAKE, ASK = "read_figures", "read_rows", "import", "ask"
ANY = frozenset({FIGURES, BEHIND, TAKE, ASK})
ASKS = frozenset({MANAGER, OWNER, ADMIN})
TABLE = {
    "getMe": Row("GET", "/me", 200, EVERYONE, ANY, free=True),
    "listKpis": Row("GET", "/kpis", 200, EVERYONE, frozenset({FIGURES}), free=True),
    "getExplanation": Row("GET", "/explanations/csat", 200, EVERYONE, frozenset({FIGURES}), free=True),
    "listFacts": Row("GET", "/facts", 200, EVERYONE, frozenset({FIGURES, BEHIND})),
    "getKpi": Row("GET", "/kpis/csat?period=2026-Q3", 200, EVERYONE, frozenset({FIGURES})),
    "listFigures": Row("GET", "/figures?kpi=csat&period=2026-Q3", 200, EVERYONE, frozenset({FIGURES})),
    "getComparison": Row("GET", "/comparisons/csat?period=2026-Q3", 200, EVERYONE, frozenset({FIGURES})),
    "listComparisons": Row("GET", "/comparisons?kpi=csat&period=2026-Q3", 200, EVERYONE, frozenset({FIGURES})),
    "listRows": Row(
        "GET", "/kpis/csat/rows?period=2026-Q3&limit=1", 200, EVERYONE - {ADMIN, OWNER}, frozenset({BEHIND})
    ),
    "listImports": Row("GET", "/imports?limit=1", 200, frozenset({MANAGER, ANALYST, ADMIN}), frozenset({FIGURES, TAKE})),
    "getImport": Row("GET", "/imports/none", 404, frozenset({MANAGER, ANALYST, ADMIN}), frozenset({FIGURES, TAKE})),
    "listRejected": Row(
        "GET", "/imports/none/rejected", 404, frozenset({MANAGER, ANALYST, ADMIN}), frozenset({BEHIND, TAKE})
    ),
    "createImport": Row("POST", "/imports", 422, frozenset({ANALYST, ADMIN}), frozenset({TAKE})),
    "deleteImport": Row("DELETE", "/imports/none", 404, frozenset({ANALYST, ADMIN}), frozenset({TAKE})),
    **{  # what is sent here is no JSON
        name: Row("POST", path, 400, ASKS, frozenset({ASK}), free=True)
        for name, path in {
            "tellEvent": "/events", "putContacts": "/contacts", "putHold": "/holds", "tellMailReport": "/mail-reports",
        }.items()
    },
}  # fmt: skip


def ask(client: Client, row: Row) -> int:
    if row.method == "POST":
        return client.post(BASE + row.path, {"mapping": "x"}).status_code
    return client.generic(row.method, BASE + row.path).status_code


def operations() -> dict[str, tuple[str, str]]:
    """Every operation that is described, by its id: method and path."""
    told = json.loads(openapi(None).content)  # type: ignore[arg-type]
    return {
        found["operationId"]: (method.upper(), path)
        for path, ways in told["paths"].items()
        for method, found in ways.items()
    }


def test_every_operation_has_its_row() -> None:
    described = operations()
    assert set(described) == set(TABLE)
    published = {
        o.operation_id for r in api._get_bound_routers() for v in r.path_operations.values() for o in v.operations
    }
    assert published == set(TABLE), "an operation is not described"
    for name, row in TABLE.items():
        assert described[name][0] == row.method


def test_every_operation_has_a_door() -> None:
    for router in api._get_bound_routers():
        for path in router.path_operations.values():
            assert all(o.auth_callbacks for o in path.operations)


@pytest.mark.parametrize("role", sorted(EVERYONE))
def test_each_role_by_its_rights(role: str, sign_in: SignIn) -> None:
    client = sign_in(role)
    found = {name: ask(client, row) for name, row in TABLE.items()}
    assert found == {name: row.answers if role in row.roles else 403 for name, row in TABLE.items()}


def test_a_stranger_is_told_to_say_who_it_is(anonymous: Client, company: Peil, db: None) -> None:
    assert {name: ask(anonymous, row) for name, row in TABLE.items()} == dict.fromkeys(TABLE, 401)


@pytest.mark.parametrize(
    "said", ["Bearer peil_nope_nope", "Bearer", "Bearer ", "Basic eDp5", "peil_a_b", "", "Bearer \u00ff"]
)
def test_what_is_no_key_opens_nothing(said: str, sign_in: SignIn) -> None:
    client = sign_in(ADMIN)  # being signed in does not make up for a wrong key
    answer = client.get(f"{BASE}/me", headers={"Authorization": said})
    assert answer.status_code == 401
    assert "Bearer" in answer.headers["WWW-Authenticate"]


@pytest.mark.parametrize("scope", sorted(ANY))
@pytest.mark.parametrize("role", [MANAGER, ANALYST])
def test_a_key_does_what_its_scope_and_its_role_allow(role: str, scope: str, by_key: ByKey) -> None:
    if (role, scope) in ((MANAGER, TAKE), (ANALYST, ASK)):
        return  # no such key can be made
    client = by_key(role, scope)
    found = {name: ask(client, row) for name, row in TABLE.items()}
    assert found == {n: r.answers if role in r.roles and scope in r.scopes else 403 for n, r in TABLE.items()}


def test_a_key_loses_what_its_person_loses(by_key: ByKey, people: Mapping[str, Person]) -> None:
    client = by_key(ANALYST, FIGURES, TAKE)
    assert ask(client, TABLE["deleteImport"]) == 404
    people[ANALYST].role = MANAGER
    people[ANALYST].save()
    assert ask(client, TABLE["deleteImport"]) == 403
    people[ANALYST].is_active = False
    people[ANALYST].save()
    assert ask(client, TABLE["getMe"]) == 401


@pytest.mark.parametrize("role", [LEAD, AGENT])
def test_who_is_in_no_team_sees_no_figures(role: str, sign_in: SignIn, people: Mapping[str, Person]) -> None:
    people[role].teams.clear()
    client = sign_in(role)
    for row in TABLE.values():
        if role in row.roles:
            assert ask(client, row) == (row.answers if row.free else 403), row.path


WHERE = ("/kpis/csat", "/figures?kpi=csat", "/comparisons/csat", "/kpis/csat/rows")


CONDITIONS = {
    f"team={OWN_TEAM}": 200,
    f"team={OTHER_TEAM}": 403,
    f"team={OWN_TEAM},{OTHER_TEAM}": 403,
    f"team!={OTHER_TEAM}": 200,
    f"team!={OWN_TEAM}": 403,
    "team=": 403,
    json.dumps({"column": "team", "values": [OTHER_TEAM]}): 403,
}


@pytest.mark.parametrize("path", WHERE)
def test_rows_of_another_team_are_refused_not_emptied(path: str, sign_in: SignIn) -> None:
    client = sign_in(LEAD)
    for condition, status in CONDITIONS.items():
        asked = {"where": condition, "period": "2026-Q3"} | ({"kpi": "csat"} if path.startswith("/figures") else {})
        answer = client.get(BASE + path.partition("?")[0], asked)
        assert answer.status_code == status, condition
        if status == 403:
            assert OWN_TEAM in answer.json()["detail"]


def test_a_lead_gets_the_figures_of_the_own_team(company: Peil, sign_in: SignIn) -> None:
    for role, team in ((LEAD, OWN_TEAM), ("other_lead", OTHER_TEAM)):
        found = sign_in(role).get(f"{BASE}/kpis/csat?period=2026-Q3&by=team").json()["items"]
        assert {f["group"]["team"] for f in found} == {team}
        assert found == company.kpi("csat", period="2026-Q3", by="team", where={"team": team}).to_dicts()


def test_figures_that_are_not_known_by_team_are_not_for_a_lead(sign_in: SignIn) -> None:
    answer = sign_in(LEAD).get(f"{BASE}/kpis/visits_new?period=2026-Q3")
    assert answer.status_code == 403
    assert "by team" in answer.json()["detail"]


def test_sql_is_for_who_may_see_it(sign_in: SignIn) -> None:
    path = f"{BASE}/explanations/csat?period=2026-Q3"
    assert sign_in(MANAGER).get(path).json()["statements"] == []
    (statement,) = sign_in(ANALYST).get(path).json()["statements"]
    assert statement.startswith("SELECT")


def test_figures_per_employee_want_the_right_to_them(sign_in: SignIn) -> None:
    path = f"{BASE}/kpis/handle_time?by=employee_id"
    assert sign_in(LEAD).get(path).status_code == 403
    answer = sign_in(MANAGER).get(path)
    assert answer.status_code == 400  # the works council has not agreed
    assert "works council" in answer.json()["remedy"]


def test_a_browser_needs_its_token_to_change_anything(people: Mapping[str, Person]) -> None:
    client = Client(SERVER_NAME="127.0.0.1", enforce_csrf_checks=True)
    client.force_login(people[ANALYST], backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = client.delete(f"{BASE}/imports/none")
    assert answer.status_code == 403
    assert answer.json()["type"] == "urn:peil:problem:csrf"
    client.cookies["csrftoken"] = token = "t" * 32
    assert client.delete(f"{BASE}/imports/none", headers={"X-CSRFToken": "u" * 32}).status_code == 403
    assert client.delete(f"{BASE}/imports/none", headers={"X-CSRFToken": token}).status_code == 404


@pytest.mark.parametrize("role", ["team_lead", "agent", "digital_owner", "administrator"])
def test_figures_about_employees_are_few_peoples(role: str, sign_in: SignIn) -> None:
    client = sign_in(role)
    for path in ("/kpis/engagement", "/comparisons/engagement?period=2026", "/figures?kpi=csat&kpi=turnover"):
        assert client.get(f"{BASE}{path}").status_code == 403, path
    every = [e["kpi"] for e in client.get(f"{BASE}/figures?period=2026-10").json()["items"]]
    assert "csat" in every
    assert not {"engagement", "turnover", "manager_time"} & set(every)
