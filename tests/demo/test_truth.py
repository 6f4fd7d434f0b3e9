"""The truth that stands beside the demo: its levels, and that figures of small companies hold it as often as they say."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.demo.covering import Tally, examine, examine_all, true_values, truth

import peil
from peil.demo.simulate import Company, write_company
from peil.demo.truth.effects import EFFECTS, apart

SEEDS = 2_000
LEAST, MOST = 0.933, 0.975
_Z = 3.29  # a binomial bound at 99.9 %
_SECONDS = "told in whole seconds, of which a median of twenty has few: its interval can only end on one"
OUTSIDE: Mapping[str, tuple[float, float, str]] = {  # figure: least and most that it covers as measured, and why
    "wait_median (phone)": (0.98, 0.991, _SECONDS),
    "total_wait_median (phone)": (0.98, 0.991, _SECONDS),
    "auto_reply_median (email)": (0.98, 0.993, _SECONDS),
    "visits_self_provisioning": (
        0.98, 0.991,
        "who does not sign in is not recognised, so a customer's many visits, of which some are signed in, look like chance",
    ),
}  # fmt: skip


def by_key(effects: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {e["key"]: e for e in effects}


def error(share: float, n: int) -> float:
    return _Z * float(np.sqrt(max(share * (1 - share), 0.25 / n) / n))


def test_levels_are_those_of_an_ordinary_supplier() -> None:
    values = {kpi: value for (kpi, group), value in true_values().items() if not group}
    ordinary = {
        "nps_relationship": (20, 30), "csat": (77, 83), "rapportcijfer_relationship": (7.4, 7.8), "ces_agree": (5.2, 5.6),
        "fcr": (67, 74), "transferred": (13.5, 16.5), "response_rate": (20, 31), "unanswered": (4, 8), "churn": (28, 33),
        "turnover": (20, 24), "helpful": (70, 80), "task_success": (70, 82), "sus": (68, 76), "servqual": (-0.7, -0.3),
    }  # fmt: skip
    assert {k: values[k] for k, (low, high) in ordinary.items() if not low <= values[k] <= high} == {}


def test_scores_do_not_drift_from_month_to_month() -> None:
    months = [v for v in truth()["values"] if v["kpi"] == "nps_relationship" and "month" in v.get("group", {})]
    nps = np.array([v["value"] for v in months])
    assert len(nps) == 18
    assert np.ptp(nps) < 6
    assert abs(np.polyfit(np.arange(18), nps, 1)[0]) < 0.15  # points a month


def test_every_planted_truth_is_told_with_its_size_and_how_often_it_shows() -> None:
    effects = truth()["effects"]
    assert {e["truth"] for e in effects} == set(range(1, 9))
    for e in effects:
        assert e["nl"]
        assert e["en"] != e["nl"]
        assert (e["command"] or "").startswith("peil ") == (e["truth"] != 1)  # a slope is no KPI
        expected = (0.7, 1.0) if e["planted"] else (0.0, 0.15)
        assert expected[0] <= e["power"]["default"] <= expected[1], e["key"]
    sizes = by_key(effects)
    for effect in EFFECTS:
        difference = sizes[effect.key]["difference"]
        assert difference * effect.sign > 0 or (effect.sign == 0 and abs(difference) < 1.0), effect.key


def test_those_who_answer_like_the_company_better_than_all_do() -> None:
    told = by_key(truth()["effects"])["nps_of_all"]
    assert told["figure"]["value"] > told["compared_with"]["value"] + 10


@pytest.mark.slow
def test_a_handful_of_companies_is_examined() -> None:
    """The long test's way of counting, on so few that it only shows that it counts."""
    tally = examine(range(1, 7))
    assert tally.companies == 6
    assert len(tally.told) > 100
    assert 0.85 < sum(tally.held.values()) / sum(tally.told.values()) < 1
    assert tally.showing["article_helpful"] == 6


@pytest.fixture(scope="module")
def tally() -> Tally:
    return examine_all(SEEDS)


@pytest.mark.full
def test_intervals_hold_the_truth_as_often_as_they_say(tally: Tally) -> None:
    wrong = {}
    for name, n in tally.told.items():
        covered = tally.held[name] / n
        least, most, _ = OUTSIDE.get(name, (LEAST, MOST, ""))
        companies = min(n, tally.companies)
        if not least - error(least, companies) <= covered <= most + error(most, companies):
            wrong[name] = round(covered, 4)
    assert wrong == {}


@pytest.mark.full
def test_figures_outside_the_band_are_really_outside(tally: Tally) -> None:
    inside = [name for name in OUTSIDE if LEAST <= tally.held[name] / tally.told[name] <= MOST]
    assert inside == []


@pytest.mark.full
def test_effects_show_as_often_as_is_stated(tally: Tally) -> None:
    stated = by_key(truth()["effects"])
    wrong = {}
    for effect in EFFECTS:
        found, said = tally.showing[effect.key] / tally.companies, stated[effect.key]["power"]["small"]
        room = np.hypot(error(found, tally.companies), error(said, truth()["power_of"]["small_companies"]))
        if abs(found - said) > room:
            wrong[effect.key] = (found, said)
    assert wrong == {}


@pytest.mark.full
def test_what_was_not_planted_is_reported_at_most_at_the_nominal_rate(tally: Tally) -> None:
    rates = {name: n / tally.companies for name, n in tally.alarmed.items()}
    assert {name: rate for name, rate in rates.items() if rate > 0.05 + error(0.05, tally.companies)} == {}


@pytest.mark.full
def test_the_company_that_people_see_shows_every_planted_truth(tmp_path: Path) -> None:
    files = write_company(Company(), tmp_path)
    with peil.open(f"duckdb:///{tmp_path / 'peil.duckdb'}") as opened:
        for file in files:
            opened.import_file(file.path, file.mapping)
        assert {e.key for e in EFFECTS if e.sign and not shows(opened, e)} == set()


def shows(opened: peil.Peil, effect: Any) -> bool:
    (since, until), where = effect.period, effect.where
    if effect.against is None:
        change = opened.compare(effect.kpi, where=where, since=since, until=until, compare="previous")[0]
        return bool(change.changed) and change.difference * effect.sign > 0
    one, other = (opened.kpi(effect.kpi, where=w, since=since, until=until)[0] for w in (where, effect.against))
    return apart(other, one, effect.sign)
