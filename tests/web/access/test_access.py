"""Every address of the app, for everyone who may come: the table says what they get, and nothing is left out."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

import pytest
from django.http import HttpResponse
from django.urls import get_resolver
from tests.web.access.cells import PLACE, Line, routes
from tests.web.access.conftest import Fill, Visit
from tests.web.access.table import LINES, ask, outcome

from peil.web.api.v1 import api as published

# where an address names something that nobody made, and so nobody owns
NOBODYS: Mapping[str, str] = {
    "kpi/": "a KPI and a kind of file are in the catalogue",
    "api/v1/kpis/": "a KPI is in the catalogue",
    "api/v1/comparisons/": "a KPI is in the catalogue",
    "api/v1/explanations/": "a KPI is in the catalogue",
    "api/^": "no such address",
    "board/tile/": "a tile is called after its KPI, on one's own board: tests/web/board/test_otherwise.py",
    "s/": "its code is the right, of whoever has it",
    "a/": "its token is the right, of whoever has it",
    "w/": "its code is the right, of whoever has it",
    "kiosk/": "its code is the right, of whoever has it",
    "account/sso/": "a provider is in the settings: tests/web/accounts/test_sso.py",
    "account/^password/reset/": "its token is the right: tests/web/accounts/test_own_account.py",
}
EVERY_EDITORS = ("invitations/rules/",)  # whoever may change rules sees them all, so a wrong form may be told as such
ORGANISATIONS = ("data/imports/", "api/v1/imports/")  # an import is nobody's own: one that is there, and a missing one


def test_no_route_is_without_its_cells() -> None:
    """A new page is asked for as soon as it has an address."""
    known, told = set(routes(get_resolver())), {line.route for line in LINES}
    assert known - told == set(), "write a line for each in tests/web/access/"
    assert told - known == set(), "these addresses are no more"


def test_what_is_named_is_asked_for_as_ones_own_anothers_and_missing() -> None:
    asked: dict[tuple[str, str], set[str]] = {}
    for line in LINES:
        asked.setdefault((line.route, line.method), set()).add(line.whose)
    named = {way: whose for way, whose in asked.items() if PLACE.search(way[0]) or "(?P<" in way[0]}
    free = {way for way in named if way[0].startswith(tuple(NOBODYS))}
    shared = {way for way in named if way[0].startswith(ORGANISATIONS)}
    every = {way: {"own", "missing"} | (set() if way in shared else {"foreign"}) for way in named if way not in free}
    assert {way for way in every if named[way] != every[way]} == set()
    assert {way for way in free if "missing" not in named[way]} == set()


def test_no_view_that_changes_something_is_without_a_post() -> None:
    posted = {line.route for line in LINES if line.method == "POST"}
    silent = {
        route
        for route, view in views()
        if view.__module__.startswith("peil.") and "api/" not in route and _reads_a_form(view) and route not in posted
    }
    assert silent == set(), "write a line with POST for each"


def test_no_operation_of_the_api_is_without_its_cells() -> None:
    known = {
        ("api/v1" + path.replace("{", "<").replace("}", ">"), method)
        for router in published._get_bound_routers()
        for path, view in router.path_operations.items()
        for operation in view.operations
        for method in operation.methods
    }
    assert known
    assert known - {(line.route, line.method) for line in LINES} == set()


def test_what_is_anothers_looks_as_if_it_were_not_there() -> None:
    """Being refused another's thing and not finding a missing one would tell which is there."""
    missing = {(line.route, line.method): line.expected() for line in LINES if line.whose == "missing"}
    leaks = [
        (str(line), visitor)
        for line in LINES
        if line.whose == "foreign" and not line.route.startswith((*NOBODYS, *EVERY_EDITORS))
        for visitor, found in line.expected().items()
        if found not in ("200", "302", missing[line.route, line.method][visitor])
    ]
    assert leaks == []


def test_every_view_of_ours_says_who_may_come() -> None:
    """The guard stands on the view, so that an address can't be added without it."""
    silent = [
        route
        for route, view in views()
        if view.__module__.startswith("peil.web.pages") and not hasattr(view, "peil_action")
    ]
    assert silent == []


def test_no_cell_is_written_twice() -> None:
    told = [(line.route, line.method, line.whose, line.at) for line in LINES]
    assert len(told) == len(set(told))


@pytest.mark.parametrize("line", LINES, ids=str)
def test_everyone_gets_what_the_table_says(line: Line, visit: Visit, fill: Fill) -> None:
    found = {}
    for visitor, expected in line.expected().items():
        if expected == "-":
            found[visitor] = "-"
            continue
        found[visitor] = outcome(ask(line, visitor, visit, fill))
    assert found == line.expected()


@pytest.mark.parametrize("kind", ["board/views/{}/", "board/subscriptions/{}/sample/", "board/reported/{}/"])
def test_a_page_of_anothers_is_the_page_of_nothing(kind: str, visit: Visit, fill: Fill) -> None:
    client, name = visit("agent"), {"v": "view", "s": "subscription", "r": "snapshot"}[kind[6]]
    foreign, missing = (client.get("/" + fill(kind.format(one), "agent")) for one in (f"{{foreign_{name}}}", "999999"))
    assert isinstance(foreign, HttpResponse)
    assert isinstance(missing, HttpResponse)
    assert foreign.status_code == missing.status_code == 404
    assert re.sub(r"\d+", "", foreign.content.decode()) == re.sub(r"\d+", "", missing.content.decode())


@pytest.mark.parametrize("way", ["form", "file", "address"])
def test_a_zero_character_is_refused_before_any_store_sees_it(way: str, visit: Visit) -> None:
    """PostgreSQL keeps none: without this each form would fail there."""
    client, said = visit("administrator"), {"name": "a\0b", "team": "a\0b"}
    for path in ("/journeys/new/", "/people/teams/add/", "/board/views/new/"):
        if way == "address":
            answer = client.get("/", said)
        elif way == "form":
            answer = client.post(path, urlencode(said), content_type="application/x-www-form-urlencoded")
        else:
            answer = client.post(path, said)  # as multipart
        assert answer.status_code == 400
        assert "in geen tekst voorkomt" in answer.content.decode()


def _reads_a_form(view: object) -> bool:
    return bool(re.search(r"request\.POST|\"POST\"|require_POST", inspect.getsource(inspect.unwrap(view))))  # type: ignore[arg-type]


def views() -> Iterable[tuple[str, object]]:
    """Every address with what answers it."""
    found = [("", pattern) for pattern in get_resolver().url_patterns]
    while found:
        start, pattern = found.pop()
        route = start + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            found += [(route, inner) for inner in pattern.url_patterns]
        else:
            yield route, pattern.callback
