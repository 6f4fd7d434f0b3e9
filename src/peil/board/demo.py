"""The demo company's journey and targets: as somebody there could have set them, from what was measured."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import ceil

from peil.board.journeys import draft_journey, journeys
from peil.board.journeys.figures import Rows
from peil.board.journeys.keeping import StopChange, add_journey
from peil.board.targets import Baseline, NewTarget, history, in_force, set_target
from peil.board.targets.prospects import Aim, Measuring
from peil.report.question import ReportQuestion, choose_span
from peil.report.words import Language, say
from peil.warehouse.open import Warehouse

# who owns which touchpoint of the demo company, in Dutch and English
_OWNERS: dict[str, tuple[str, str]] = {
    "website": ("Digitaal", "Digital"),
    "aanmelden": ("Verkoop", "Sales"),
    "contract": ("Verkoop", "Sales"),
    "meterstanden": ("Meterdata", "Metering"),
    "betalen": ("Facturatie", "Billing"),
    "termijnbedrag": ("Facturatie", "Billing"),
    "jaarnota": ("Facturatie", "Billing"),
    "storing": ("Storingsdienst", "Fault service"),
    "zonnepanelen": ("Verkoop", "Sales"),
    "verhuizen": ("Klantenservice", "Customer service"),
    "opzeggen": ("Klantenservice", "Customer service"),
}
_FIRST_DELIVERY = ("Eerste levering", "First delivery"), ("Levering", "Supply")
# KPI, team, step up from the baseline, months
_AIMS: tuple[tuple[str, str, float, int], ...] = (
    ("csat", "", 2.0, 3),
    ("csat", "", 5.0, 6),
    ("nps_relationship", "", 6.0, 6),
    ("first_response_in_target", "", 4.0, 3),
    ("fcr", "", 4.0, 6),
    ("first_response_in_target", "Avondploeg", 3.0, 3),
)


def set_up_demo_board(warehouse: Warehouse, language: Language = "nl") -> None:
    """Keep the journey and the targets; where there are any already, nothing changes."""
    if not journeys():
        _journey(warehouse, language)
    if not in_force() and not history():
        _targets(warehouse)


def _journey(warehouse: Warehouse, language: Language) -> None:
    """What the facts name, with owners, and one stop where nothing is asked."""
    at = 0 if language == "nl" else 1
    stops = [_owned(s, at) for s in draft_journey(Rows(warehouse, None, None))]
    after = next((i + 1 for i, s in enumerate(stops) if "contract" in s.found_in.values()), len(stops))
    name, department = _FIRST_DELIVERY
    stops.insert(after, StopChange(name[at], department[at]))
    add_journey(say("road_draft_name", language), stops)


def _owned(stop: StopChange, at: int) -> StopChange:
    owner = next((_OWNERS[v] for v in stop.found_in.values() if v in _OWNERS), None)
    return stop if owner is None else replace(stop, department=owner[at])


def _targets(warehouse: Warehouse) -> None:
    today = warehouse.today
    span = choose_span(warehouse, ReportQuestion(), today)
    if span is None:
        return
    measuring = Measuring(warehouse, span.since, span.until)
    figures = measuring.figures([Aim(kpi, team, 0.0, today) for kpi, team, _, _ in _AIMS])
    starts = min(today, span.until)
    for kpi, team, step, months in _AIMS:
        e = figures.get((kpi, team))
        baseline = None if e is None else Baseline.of(e, span.since, span.until)
        if baseline is not None:
            _set(kpi, team, _round_up(baseline.value + step, kpi), (months, starts), baseline)


def _set(kpi: str, team: str, value: float, when: tuple[int, date], baseline: Baseline) -> None:
    months, starts = when
    set_target(NewTarget(kpi, team, value, 3 if months == 3 else 6, starts), baseline, None)


def _round_up(value: float, kpi: str) -> float:
    """A target that people would name: a whole number, at most what a percentage can be."""
    return float(ceil(value)) if kpi.startswith("nps") else float(min(ceil(value), 99))
