"""With which tiles a role starts: those of its slots that have figures, whether the first slots have them or further ones."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from peil.accounts.models import Person
from peil.accounts.rules import Role
from peil.board.figures import asking_of
from peil.board.own import may_see, standard_of
from peil.board.standards import MOST_LARGE, STANDARDS, standard_tiles
from peil.board.tiles import COUNTS, unknown_column
from peil.library import Peil
from peil.report.question import ReportQuestion
from peil.warehouse.query import Filter

MARCH = {"since": date(2026, 3, 1), "until": date(2026, 4, 1)}
ASKED: dict[str, dict[str, Any]] = {
    "month": MARCH,
    "channel": MARCH | {"where": (Filter("channel", ("chat",)),)},
    "nowhere": MARCH | {"where": (Filter("channel", ("by pigeon",)),)},
}


@pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED)
@pytest.mark.parametrize("role", [Role.MANAGER, Role.TEAM_LEAD])
def test_it_is_what_all_slots_asked_at_once_would_give(company: Peil, role: Role, asked: dict[str, Any]) -> None:
    person, warehouse, question, today = Person(role=role), company.warehouse, ReportQuestion(**asked), date(2026, 6, 1)
    columns, tables = [f.column for f in question.where], warehouse.engine.tables()
    keys = {k for slot in (*STANDARDS[role].large, *STANDARDS[role].beside) for k in slot}
    able = [k for k in sorted(keys - {*COUNTS}) if may_see(person, k) and not unknown_column(k, columns, tables)]
    figures = {e.kpi: e for e in asking_of(warehouse, question, today).figures(able)}
    counted = frozenset(k for k in COUNTS if not unknown_column(k, columns, tables))
    assert standard_of(person, warehouse, question, today) == standard_tiles(role, figures, counted)


@pytest.mark.parametrize("role", Role)
def test_the_first_slots_are_enough_where_each_has_a_figure(role: Role) -> None:
    standard = STANDARDS[role]
    large = {k for slot in standard.large[:MOST_LARGE] for k in slot}
    assert large <= {*standard.first}
    assert {*standard.first, *standard.further} >= {k for slot in standard.large for k in slot}
