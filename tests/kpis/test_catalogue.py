"""The catalogue as a whole: complete, in both languages, and asking only for what the facts hold."""

from __future__ import annotations

from collections import Counter

import pytest

from peil.core.errors import BadQuery
from peil.core.kpi import Kpi
from peil.core.kpis import ALL, BY_KEY, get
from peil.core.moments import Count, Histogram, LogHistogram, SumProduct
from peil.facts.schema import FACTS, KINDS

SPELLS = {"at_start", "kept", "gained", "start_days", "present"}
every = pytest.mark.parametrize("kpi", ALL, ids=lambda k: k.key)


def test_keys_and_names_are_unique() -> None:
    assert len(BY_KEY) == len(ALL)
    for language in ("nl", "en"):
        names = Counter(getattr(k.name, language) for k in ALL)
        assert [name for name, times in names.items() if times > 1] == []


def test_every_demand_has_a_kpi() -> None:
    wanted = {f"K{i}" for i in range(1, 33)} - {"K14"}
    assert {k.document for k in ALL} == wanted


def test_an_unknown_key_names_the_nearest() -> None:
    with pytest.raises(BadQuery, match=r"no KPI 'csatt'.*Did you mean 'csat'"):
        get("csatt")


@every
def test_both_languages_are_filled_and_differ(kpi: Kpi) -> None:
    for words in (kpi.name, kpi.formula, kpi.tells):
        assert words.nl.strip()
        assert words.en.strip()
    assert kpi.formula.nl != kpi.formula.en
    assert kpi.tells.nl != kpi.tells.en
    assert kpi.source


@every
def test_unit_direction_and_version_are_said(kpi: Kpi) -> None:
    assert kpi.unit in {"points", "percent", "score", "seconds", "minutes", "count", "per_100", "euro", "years"}
    assert kpi.better in {"higher", "lower", "neither"}
    assert kpi.version >= 1


@every
def test_columns_exist_in_the_fact(kpi: Kpi) -> None:
    parts = [(kpi.fact, kpi.moments, kpi.rows)]
    if kpi.second:
        parts.append((kpi.second.fact, kpi.second.moments, kpi.second.rows))
    for fact, moments, rows in parts:
        columns = {m.column for m in moments.values()} | {r.column for r in rows}
        columns |= {m.other for m in moments.values() if isinstance(m, SumProduct)}
        if fact == "memberships":
            columns -= SPELLS
        assert {c for c in columns if not FACTS[fact].has(c)} == set()
    if kpi.within:
        assert kpi.within in FACTS[kpi.fact].dimensions


@every
def test_conditions_are_on_columns_with_few_values(kpi: Kpi) -> None:
    for row in (*kpi.rows, *(kpi.second.rows if kpi.second else ())):
        assert FACTS[kpi.second.fact if kpi.second and row in kpi.second.rows else kpi.fact].column(
            row.column
        ).role == ("dimension")
        if row.column == "kind" and kpi.fact == "answers":
            assert set(row.values) <= set(KINDS)


@every
def test_a_spread_reads_columns_that_the_fact_has(kpi: Kpi) -> None:
    if isinstance(kpi.spread, LogHistogram):
        assert FACTS[kpi.fact].has(kpi.spread.bucket)
        assert kpi.spread.still_open is None or FACTS[kpi.fact].has(kpi.spread.still_open)
        assert kpi.unit == "seconds"
        assert kpi.method.q is not None
    elif isinstance(kpi.spread, Histogram):
        assert kpi.spread.column in FACTS[kpi.fact].dimensions
        assert kpi.unit == "percent"
    else:
        assert kpi.value is not None


@every
def test_n_counts_known_rows_and_one_unit_goes_with_one_method(kpi: Kpi) -> None:
    if kpi.spread is None:
        assert isinstance(kpi.moments["n"], Count)
    if kpi.unit == "points":
        assert kpi.method.name == "tango"
    if kpi.method.name == "wilson":
        assert kpi.unit == "percent"


@every
def test_means_on_a_scale_of_their_own_refuse_mixed_scales(kpi: Kpi) -> None:
    raw_score = kpi.spread is None and any(m.column in ("score", "gap", "expected") for m in kpi.moments.values())
    is_mean = kpi.unit == "score" and raw_score and kpi.key != "sus"
    assert kpi.one_scale == is_mean
    assert ({"scale", "scale2"} <= set(kpi.moments)) == kpi.one_scale


@every
def test_figures_about_employees_are_for_groups(kpi: Kpi) -> None:
    assert kpi.people == (kpi.document in {"K26", "K27", "K31"})


def test_windows_are_those_of_the_definitions() -> None:
    ripe = {k.key: k.ripe_days for k in ALL if k.ripe_days}
    assert ripe == {
        "repeat_contact": 7,
        "episode_contacts": 7,
        "fcr": 7,
        "fcr_strict": 7,
        "solved_automatically": 7,
        "channel_switching": 7,
        "response_rate": 14,
        "response_finished": 14,
    }


def test_relationship_and_touchpoint_scores_are_never_pooled() -> None:
    for k in ALL:
        asked = {v for r in k.rows if r.column == "relationship" for v in r.values}
        assert k.last_answer == (asked == {1})
        assert len(asked) <= 1


def test_only_named_assumptions_are_made() -> None:
    assert {k.key: dict(k.assumes) for k in ALL if k.assumes} == {
        "contacts_avoided": {"avoided_share": None},
        "cost_avoided": {"avoided_share": None},
        "turnover_cost": {"months": 2.0},
    }
