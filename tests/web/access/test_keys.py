"""Who comes with a key: the API as its person gets it, as far as the scope goes, and no page at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from django.test import Client
from tests.web.access.cells import Line
from tests.web.access.conftest import WITH_KEYS, Fill
from tests.web.access.rooms import api
from tests.web.access.table import LINES, ask, outcome

from peil.accounts.keys import Scope, make_key, scopes_of
from peil.accounts.models import Person

FIGURES, ROWS, IMPORT, ASK = "read_figures", "read_rows", "import", "ask"
# which scopes an operation takes; one of them is enough
TAKES: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("api/v1/me", "GET"): (FIGURES, ROWS, IMPORT, ASK),
    ("api/v1/facts", "GET"): (FIGURES, ROWS),
    ("api/v1/kpis/<key>/rows", "GET"): (ROWS,),
    ("api/v1/imports", "GET"): (FIGURES, IMPORT),
    ("api/v1/imports", "POST"): (IMPORT,),
    ("api/v1/imports/<import_id>", "GET"): (FIGURES, IMPORT),
    ("api/v1/imports/<import_id>", "DELETE"): (IMPORT,),
    ("api/v1/imports/<import_id>/rejected", "GET"): (ROWS, IMPORT),
    **{(f"api/v1/{name}", "POST"): (ASK,) for name in ("events", "contacts", "holds", "mail-reports")},
}
OPEN = ("api/v1/openapi.json", "api/v1/", "api/^.*$")
OPERATIONS = [line for line in api.LINES if line.route not in OPEN]
PAGES = [line for line in LINES if line not in api.LINES and line.whose in ("any", "own")]
ByScope = Callable[[str, Scope], Client]


@pytest.fixture
def with_key(people: Mapping[str, Person]) -> ByScope:
    def made(role: str, scope: Scope) -> Client:
        _, token = make_key(people[role], "k", [scope])
        return Client(SERVER_NAME="127.0.0.1", headers={"Authorization": f"Bearer {token}"})

    return made


@pytest.mark.parametrize("line", OPERATIONS, ids=str)
def test_a_key_does_what_its_person_may_and_its_scope_allows(
    line: Line, with_key: ByScope, people: Mapping[str, Person], fill: Fill
) -> None:
    takes, found, expected = TAKES.get((line.route, line.method), (FIGURES,)), {}, {}
    for role in WITH_KEYS:
        for scope in scopes_of(people[role]):
            answer = ask(line, role, lambda _, role=role, scope=scope: with_key(role, scope), fill)  # type: ignore[misc]
            found[role, scope] = outcome(answer)
            expected[role, scope] = line.expected()[role] if scope in takes else "403"
    assert found == expected


def test_a_key_opens_no_page(with_key: ByScope, fill: Fill) -> None:
    client, opened = with_key("administrator", "read_figures"), []
    for line in PAGES:
        answer = outcome(ask(line, "anonymous", lambda _: client, fill))
        if answer != line.expected()["anonymous"] and "-" not in line.expected()["anonymous"]:
            opened.append((str(line), answer))
    assert opened == []
