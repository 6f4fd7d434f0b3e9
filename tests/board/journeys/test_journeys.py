"""Journeys: kept in order, drafted from the facts, with figures that are those of the KPI, and honest about gaps."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from peil.board.demo import set_up_demo_board
from peil.board.journeys import JourneyKept, StopKept, cover, draft_journey, hints, journeys, stop_figures
from peil.board.journeys.coverage import Coverage, Covered, Measured
from peil.board.journeys.figures import Rows, column_of
from peil.board.journeys.keeping import (
    StopChange,
    add_journey,
    add_stop,
    change_stop,
    journey_of,
    move_stop,
    remove_journey,
    remove_stop,
    rename_journey,
    restore_journey,
    restore_stop,
)
from peil.board.targets import in_force
from peil.core.errors import BadQuery
from peil.core.kpis import BY_KEY
from peil.library import Peil

OCTOBER = date(2026, 10, 1), date(2026, 11, 1)
NOTHING = Coverage((), (), ())


def names(journey: int) -> list[str]:
    found = journey_of(journey)
    assert found is not None
    return [s.name for s in found.stops]


@pytest.fixture
def abc(db: None) -> int:
    return add_journey("Reis", [StopChange(name) for name in "ABC"])


def ids(journey: int) -> list[int]:
    found = journey_of(journey)
    assert found is not None
    return [s.id for s in found.stops]


def test_stops_change_places_and_stay_at_the_ends(abc: int) -> None:
    first, _, last = ids(abc)
    for stop, step, order in ((first, "up", "ABC"), (first, "down", "BAC"), (last, "down", "BAC"), (last, "up", "BCA")):
        assert move_stop(stop, step)  # type: ignore[arg-type]
        assert names(abc) == list(order)


def test_a_removed_stop_comes_back_where_it_was(abc: int) -> None:
    _, middle, _ = ids(abc)
    assert remove_stop(middle) == abc
    assert names(abc) == ["A", "C"]
    assert remove_stop(middle) is None
    assert not move_stop(middle, "up")
    assert restore_stop(middle) == abc
    assert names(abc) == ["A", "B", "C"]
    assert restore_stop(middle) is None


def test_moving_passes_over_what_was_removed(abc: int) -> None:
    _, middle, last = ids(abc)
    remove_stop(middle)
    move_stop(last, "up")
    assert names(abc) == ["C", "A"]
    restore_stop(middle)
    assert sorted(names(abc)) == ["A", "B", "C"]


def test_a_journey_is_named_removed_and_put_back(abc: int) -> None:
    assert rename_journey(abc, "  Andere reis ")
    assert [j.name for j in journeys()] == ["Andere reis"]
    assert remove_journey(abc)
    assert journeys() == []
    assert add_stop(abc, StopChange("D")) is None
    assert restore_journey(abc)
    assert not restore_journey(abc)
    assert names(abc) == ["A", "B", "C"]


@pytest.mark.parametrize(
    "wrong",
    [
        StopChange(""), StopChange(" "), StopChange("x" * 121), StopChange("A", kpis=("nonsense",)),
        StopChange("A", kpis=("csat", "fcr", "nps")), StopChange("A", found_in={"customer_id": "1"}),
    ],
)  # fmt: skip
def test_what_can_be_no_stop_is_refused(wrong: StopChange, abc: int) -> None:
    with pytest.raises(BadQuery):
        add_stop(abc, wrong)
    with pytest.raises(BadQuery):
        change_stop(ids(abc)[0], wrong)
    assert names(abc) == ["A", "B", "C"]


def test_a_proposal_comes_from_the_facts_in_the_usual_order(company: Peil) -> None:
    stops = draft_journey(Rows(company.warehouse, None, None))
    order = [s.name for s in stops]
    assert len(order) == len(set(order)) == 11
    assert order.index("Aanmelden") < order.index("Jaarnota") < order.index("Verhuizen") < order.index("Opzeggen")
    moving = next(s for s in stops if s.name == "Verhuizen")
    assert moving.found_in == {"touchpoint": "verhuizen", "reason": "verhuizen", "journey": "verhuizen"}
    assert moving.kpis == ("ces_agree", "journey_completed")


def test_the_figures_of_a_stop_are_those_of_the_kpi(company: Peil) -> None:
    moving = StopKept(1, 1, "Verhuizen", "", {"touchpoint": "verhuizen", "reason": "verhuizen"}, ("ces_agree", "fcr"))
    whole = StopKept(2, 1, "Relatie", "", {}, ("nps_relationship",))
    found = stop_figures(Rows(company.warehouse, *OCTOBER), [moving, whole])
    for figure, where in (
        (found[0][0], {"touchpoint": "verhuizen"}),
        (found[0][1], {"reason": "verhuizen"}),
        (found[1][0], {}),
    ):
        given = company.kpi(figure.kpi, period="2026-10", where=where)[0]
        assert figure.estimate is not None
        assert (figure.estimate.value, figure.estimate.low, figure.estimate.n) == (given.value, given.low, given.n)


def test_a_stop_that_is_nowhere_in_the_facts_has_no_figure(company: Peil) -> None:
    lost = StopKept(1, 1, "Levering", "", {}, ("csat",))
    gone = StopKept(2, 1, "Levering", "", {"touchpoint": "atlantis"}, ("csat",))
    found = stop_figures(Rows(company.warehouse, *OCTOBER), [lost, gone])
    assert (found[0][0].estimate, found[0][0].placed) == (None, False)
    assert (found[1][0].estimate, found[1][0].placed) == (None, True)


def test_the_column_of_a_kpi() -> None:
    told = {
        key: column_of(BY_KEY[key]) for key in ("csat", "csat_relationship", "fcr", "journey_completed", "retention")
    }
    assert told == {
        "csat": "touchpoint", "csat_relationship": "", "fcr": "reason", "journey_completed": "journey", "retention": "",
    }  # fmt: skip


def test_coverage_counts_what_is_there(company: Peil) -> None:
    found = cover(Rows(company.warehouse, *OCTOBER), [])
    reasons = {
        e.group["reason"]: round(e.value * e.n / 100)
        for e in company.kpi("contact_reasons", period="2026-10")
        if e.value
    }
    told = {c.value: c.contacts for c in found.touchpoints if c.contacts}
    assert told == reasons
    moving = next(c for c in found.touchpoints if c.value == "verhuizen")
    asked = {m.kpi: m.n for m in moving.asked}
    assert asked["csat"] == company.kpi("csat", period="2026-10", where={"touchpoint": "verhuizen"})[0].n
    assert {c.value for c in found.channels} >= {"phone", "email", "post"}
    phone = next(c for c in found.channels if c.value == "phone")
    assert phone.measured
    assert phone.contacts > 0


def test_a_stop_that_the_facts_do_not_know_is_not_measured(company: Peil) -> None:
    lost = StopKept(1, 1, "Eerste levering", "Levering")
    found = cover(Rows(company.warehouse, *OCTOBER), [JourneyKept(1, "Reis", (lost,))])
    assert [(c.value, c.stop) for c in found.touchpoints if not c.measured] == [("Eerste levering", lost)]


def stop(name: str, department: str = "", kpis: tuple[str, ...] = (), place: str = "") -> StopKept:
    return StopKept(1, 1, name, department, {"touchpoint": place} if place else {}, kpis)


def told(*stops: StopKept, coverage: Coverage = NOTHING) -> dict[str, tuple[str, ...]]:
    return {h.kind: h.about for h in hints([JourneyKept(1, "Reis", stops)], coverage)}


def test_a_department_that_measures_nothing_of_its_own_is_named() -> None:
    """The appointment has no KPI, the repair has: the one says nothing about the other."""
    found = told(stop("Afspraak", "Klantenservice"), stop("Reparatie", "Werkplaats", ("csat",)))
    assert found == {"unmeasured": ("Klantenservice",)}
    assert told(stop("Afspraak", "Klantenservice"), stop("Vraag", "Klantenservice", ("ces_agree",))) == {}


def test_a_department_with_the_score_of_the_brand_only_is_named() -> None:
    assert told(stop("Relatie", "Marketing", ("nps_relationship",))) == {"only_nps": ("Marketing",)}
    assert told(stop("Relatie", "Marketing", ("nps_relationship", "ces_agree"))) == {}


def test_nps_after_a_contact_is_named_by_journey_and_by_answers() -> None:
    asked = Covered("storing", 10, 0, (Measured("nps", 20),))
    found = told(stop("Vraag", "A", ("nps", "csat")), coverage=replace(NOTHING, touchpoints=(asked,)))
    assert found["nps_at_contact"] == ("Vraag", "storing")
    assert found["not_in_journey"] == ("storing",)


def test_stops_without_an_owner_are_named_and_an_empty_journey_has_no_hints() -> None:
    assert told(stop("Vraag", "", ("csat",))) == {"no_department": ("Vraag",)}
    assert told() == {}


def test_the_demo_company_has_a_journey_and_targets_once(company: Peil, db: None) -> None:
    for _ in range(2):
        set_up_demo_board(company.warehouse)
        (journey,) = journeys()
        assert "Eerste levering" in [s.name for s in journey.stops]
        assert {s.department for s in journey.stops} >= {"Verkoop", "Facturatie", "Klantenservice"}
        assert all(s.department for s in journey.stops)
        kept = in_force()
        assert {(t.kpi, t.months) for t in kept} >= {("csat", 3), ("csat", 6), ("nps_relationship", 6)}
        assert all(t.baseline is not None and t.value > t.baseline.value for t in kept)
        count = len(kept)
    assert count == len(in_force())
