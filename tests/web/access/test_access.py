"""Every address of the app, for everyone who may come: the table says what they get, and nothing is left out."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from django.urls import get_resolver
from tests.web.access import accounts, api, board, data, figures, running
from tests.web.access.cells import Line, routes
from tests.web.access.conftest import Things, Visit

LINES: tuple[Line, ...] = tuple(
    line for subject in (accounts, figures, board, data, running, api) for line in subject.LINES
)


def test_no_route_is_without_its_cells() -> None:
    """A new page is asked for as soon as it has an address."""
    known, told = set(routes(get_resolver())), {line.route for line in LINES}
    assert known - told == set(), "write a line for each in tests/web/access/"
    assert told - known == set(), "these addresses are no more"


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
def test_everyone_gets_what_the_table_says(line: Line, visit: Visit, things: Things) -> None:
    found = {}
    for visitor, expected in line.expected().items():
        if expected == "-":
            found[visitor] = "-"
            continue
        found[visitor] = outcome(line, visitor, visit, things)
    assert found == line.expected()


def outcome(line: Line, visitor: str, visit: Visit, things: Things) -> str:
    client, address = visit(visitor), "/" + (line.at or line.route).format(**places(visitor, things))
    answer = client.post(address, dict(line.said)) if line.method == "POST" else client.get(address, dict(line.said))
    if answer.status_code == 302 and answer.headers["Location"].startswith("/account/login/?next="):
        return "in"
    return str(answer.status_code)


def places(visitor: str, things: Things) -> dict[str, int]:
    """What stands in an address of one's own and of someone else's."""
    others = {"manager": "analyst", "analyst": "manager"}
    people, keys = things.people, things.keys
    me = people.get(visitor)
    return {
        "own_person": me.pk if me else 0,
        "foreign_person": people["agent" if visitor != "agent" else "team_lead"].pk,
        "own_key": keys.get(visitor, 0),
        "foreign_key": keys[others.get(visitor, "manager")],
        "invitation": things.invitation,
    }


def views() -> Iterable[tuple[str, object]]:
    found = list(get_resolver().url_patterns)
    while found:
        pattern = found.pop()
        if hasattr(pattern, "url_patterns"):
            found += pattern.url_patterns
        else:
            yield str(pattern.pattern), pattern.callback
