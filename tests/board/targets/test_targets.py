"""Targets: kept with their baseline and their history, and the one in force for the rows of a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from peil.accounts.models import Person
from peil.board.targets import (
    Baseline,
    NewTarget,
    end_target,
    history,
    in_force,
    prospects,
    restore_target,
    set_target,
    targets_for,
)
from peil.board.targets.keeping import months_later
from peil.board.targets.prospects import Aim, Measuring
from peil.core.errors import BadQuery
from peil.library import Peil
from peil.warehouse.query import Filter
from peil.warehouse.settings import Settings

DAY = date(2026, 11, 1)
SETTINGS = Settings(kpi_targets=(("csat", 82.0), ("fcr", 75.0)))
OCTOBER = date(2026, 10, 1), date(2026, 11, 1)


def new(kpi: str = "csat", team: str = "", value: float = 84.0, months: int = 3, starts: date = DAY) -> NewTarget:
    return NewTarget(kpi, team, value, months, starts)  # type: ignore[arg-type]


def of_team(*teams: str | None, negated: bool = False) -> list[Filter]:
    return [Filter("team", teams, negated)]


@pytest.mark.django_db
def test_the_target_of_the_settings_holds_until_one_is_set() -> None:
    assert targets_for(SETTINGS, (), DAY) == {"csat": 82.0, "fcr": 75.0}
    set_target(new(), None, None)
    assert targets_for(SETTINGS, (), DAY) == {"csat": 84.0, "fcr": 75.0}


@pytest.mark.django_db
def test_a_team_has_its_own_target_and_else_that_of_everyone() -> None:
    set_target(new(), None, None)
    set_target(new(team="Zwolle", value=79.0), None, None)
    for where, csat in (
        ((), 84.0),
        (of_team("Zwolle"), 79.0),
        (of_team("Rotterdam"), 84.0),
        (of_team("Zwolle", "Rotterdam"), 84.0),
        (of_team("Zwolle", None), 84.0),
        (of_team("Zwolle", negated=True), 84.0),
        ([*of_team("Zwolle", "Rotterdam"), *of_team("Zwolle")], 79.0),
        ([*of_team("Zwolle"), Filter("channel", ("phone",))], 79.0),
    ):
        assert targets_for(SETTINGS, where, DAY)["csat"] == csat


@pytest.mark.django_db
def test_the_next_one_due_holds_and_after_both_the_last() -> None:
    set_target(new(value=83.0, months=3), None, None)
    set_target(new(value=86.0, months=6), None, None)
    held = [
        targets_for(SETTINGS, (), day)["csat"] for day in (DAY, date(2027, 2, 1), date(2027, 2, 2), date(2028, 1, 1))
    ]
    assert held == [83.0, 83.0, 86.0, 86.0]


@pytest.mark.django_db
def test_figures_of_the_past_are_held_to_the_target_of_then() -> None:
    set_target(new(), None, None)
    assert targets_for(SETTINGS, (), date(2026, 10, 31))["csat"] == 82.0


@pytest.mark.django_db
def test_a_new_target_takes_the_place_of_the_old_one_and_that_stays_to_be_read(people: Mapping[str, Person]) -> None:
    baseline = Baseline(78.0, 74.0, 82.0, 300, *OCTOBER, 0.95, 1)
    old = set_target(new(value=83.0), baseline, people["manager"])
    set_target(new(value=85.0), None, people["manager"])
    assert [t.value for t in in_force()] == [85.0]
    (gone,) = history()
    assert (gone.id, gone.value, gone.baseline, gone.set_by, gone.replaced) == (old.id, 83.0, baseline, "Manager", True)


@pytest.mark.django_db
def test_the_end_of_a_target_can_be_taken_back() -> None:
    kept = set_target(new(), None, None)
    assert end_target(kept.id) is not None
    assert in_force() == []
    assert end_target(kept.id) is None
    later = set_target(new(value=90.0), None, None)
    assert restore_target(kept.id) is not None
    assert [t.id for t in in_force()] == [kept.id]
    assert [t.id for t in history()] == [later.id]
    assert restore_target(kept.id) is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wanted",
    [
        new(kpi="nonsense"), new(kpi="visits_new"), new(value=101.0), new(value=-1.0), new(value=float("nan")),
        new(value=float("inf")), new(kpi="nps", value=-101.0), new(months=4),
    ],
)  # fmt: skip
def test_what_can_be_no_target_is_refused(wanted: NewTarget) -> None:
    with pytest.raises(BadQuery):
        set_target(wanted, None, None)
    assert in_force() == []


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 1, 15), 12, date(2027, 1, 15)),
    ],
)
def test_months_later(day: date, months: int, later: date) -> None:
    assert months_later(day, months) == later


def test_the_figures_of_targets_are_those_of_kpi(company: Peil) -> None:
    measuring = Measuring(company.warehouse, *OCTOBER)
    aims = [Aim("csat", "", 82.0, date(2027, 2, 1)), Aim("csat", "Zwolle", 82.0, date(2027, 2, 1))]
    whole, team = prospects(measuring, aims, DAY)
    assert whole.now == company.kpi("csat", period="2026-10")[0]
    mine = company.kpi("csat", period="2026-10", where={"team": "Zwolle"})[0]
    assert team.now is not None
    assert (team.now.value, team.now.n, team.now.low) == (mine.value, mine.n, mine.low)
    assert whole.outlook is not None
    assert 0.0 <= whole.outlook.shown <= whole.outlook.reached <= 1.0


def test_what_is_nearer_is_likelier(company: Peil) -> None:
    measuring = Measuring(company.warehouse, *OCTOBER)
    found = prospects(measuring, [Aim("csat", "", v, date(2027, 2, 1)) for v in (60.0, 75.0, 80.0, 95.0)], DAY)
    chances = [p.outlook.reached for p in found if p.outlook]
    assert chances == sorted(chances, reverse=True)
    assert chances[0] > 0.95
    assert chances[-1] < 0.05
    late = prospects(measuring, [Aim("first_response_median", "", 1.0, date(2027, 2, 1))], DAY)
    assert late[0].outlook is None or late[0].outlook.reached < 0.5  # low is good


def test_a_chance_is_told_only_where_there_is_one(company: Peil) -> None:
    measuring = Measuring(company.warehouse, *OCTOBER)
    due = Aim("csat", "", 82.0, date(2027, 2, 1))
    past, nothing, nobody = prospects(
        measuring, [replace(due, due=DAY), replace(due, kpi="nps_1_10"), replace(due, team="Atlantis")], DAY
    )
    assert (past.silence, nothing.silence, nobody.silence) == ("past", "no_figure", "no_figure")
    assert past.outlook is nothing.outlook is nobody.outlook is None


def test_a_kpi_without_teams_has_no_figure_of_one(company: Peil) -> None:
    due = Aim("retention", "Zwolle", 98.0, date(2027, 2, 1))
    (alone,) = prospects(Measuring(company.warehouse, *OCTOBER), [due], DAY)
    (of_lead,) = prospects(
        Measuring(company.warehouse, *OCTOBER, tuple(of_team("Zwolle"))), [replace(due, team="")], DAY
    )
    assert (alone.silence, of_lead.silence) == ("no_figure", "no_figure")


def test_one_question_for_all_teams(company: Peil) -> None:
    """However many teams have a target, their figures are one grouped question."""
    aims = [Aim("csat", team, 82.0, date(2027, 2, 1)) for team in ("Zwolle", "Rotterdam", "Eindhoven")]
    found = Measuring(company.warehouse, *OCTOBER).figures(aims)
    assert {team for _, team in found} >= {"Zwolle", "Rotterdam", "Eindhoven"}
