"""Ten real files through mapping, import and command line: every figure equals the literal and plain pandas."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.real.cases import ASKS, LOADS, Ask
from tests.real.command import figures_of, given, import_words
from tests.real.expected import ALL, Figures

pytestmark = pytest.mark.slow


class Imported:
    """Each file imported once, when it is first asked for, with what the import said."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.reports: dict[str, Any] = {}
        self.expected: dict[str, Figures] = {}
        self.answers: dict[str, Any] = {}

    def warehouse(self, name: str) -> str:
        folder = self.folder / name.replace(" ", "_")
        url = f"duckdb:///{folder}/peil.duckdb"
        if name not in self.reports:
            folder.mkdir()
            (folder / "peil.toml").write_text("per_person = true\n", encoding="utf-8")
            self.reports[name] = given(*import_words(LOADS[name], url))
        return url

    def ask(self, ask: Ask) -> Any:
        key = _name(ask)
        if key not in self.answers:
            self.answers[key] = given("kpi", *ask.kpis, *ask.options, "--warehouse", self.warehouse(ask.load))
        return self.answers[key]

    def figures(self, name: str) -> Figures:
        data = LOADS[name].data
        if data not in self.expected:
            self.expected[data] = ALL[data]()
        return self.expected[data]


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Imported:
    return Imported(tmp_path_factory.mktemp("real"))


def _name(ask: Ask) -> str:
    return " ".join((ask.load, ",".join(ask.kpis), *ask.options))


@pytest.mark.parametrize("ask", ASKS, ids=_name)
def test_figures(imported: Imported, ask: Ask) -> None:
    found = figures_of(imported.ask(ask), ask)
    expected = imported.figures(ask.load)
    assert found, "no figure at all"
    for case, (value, n) in found.items():
        assert case in expected, f"pandas has no {case}"
        assert n == expected[case][1], case
        assert value == pytest.approx(expected[case][0], rel=1e-12, abs=1e-12), case
    for case, (value, n) in ask.literals.items():
        assert found[case] == (pytest.approx(value, rel=5e-6), n), case


@pytest.mark.parametrize("ask", ASKS, ids=_name)
def test_every_figure_comes_with_an_interval(imported: Imported, ask: Ask) -> None:
    for e in imported.ask(ask):
        assert e["status"] in ("ok", "few_customers"), e
        assert e["low"] <= e["value"] <= e["high"], e
        assert e["low"] < e["high"], e
        assert e["method"], e


@pytest.mark.parametrize("name", LOADS)
def test_every_row_is_kept_or_told(imported: Imported, name: str) -> None:
    """Exact copies in files without keys are rows of their own; nothing is dropped in silence."""
    imported.warehouse(name)
    report = imported.reports[name]
    report = report[0] if isinstance(report, list) else report
    assert sum(report["rows"].values()) == LOADS[name].rows
    assert report["rejected"] == LOADS[name].rejected


@pytest.mark.parametrize("data", ALL)
def test_every_expected_figure_is_asked(imported: Imported, data: str) -> None:
    asked: set[str] = set()
    for ask in (a for a in ASKS if LOADS[a.load].data == data):
        asked |= set(figures_of(imported.ask(ask), ask))
    assert set(ALL[data]()) == asked


def test_what_the_file_does_not_hold_is_no_figure(imported: Imported) -> None:
    """Perceptions alone make no SERVQUAL gap; two months of calls tell nothing of the visits."""
    for load, kpi in (("sq", "servqual"), ("sq", "gap"), ("callcentre", "conversion"), ("sfo", "nps_relationship")):
        (estimate,) = given("kpi", kpi, "--warehouse", imported.warehouse(load))
        assert (estimate["value"], estimate["n"], estimate["status"]) == (None, 0, "no_data")


def test_the_same_file_again_changes_nothing(imported: Imported) -> None:
    url = imported.warehouse("shop")
    before = given("kpi", "conversion", "pages_per_visit", "--warehouse", url)
    given(*import_words(LOADS["shop"], url))
    assert given("kpi", "conversion", "pages_per_visit", "--warehouse", url) == before
