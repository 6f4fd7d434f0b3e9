"""Questions to a warehouse, from raw rows to figures: groups, periods, filters, comparisons."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pytest

from peil.core.boxes import boxes_for
from peil.core.errors import BadQuery
from peil.facts.schema import FACTS
from peil.warehouse.open import Warehouse, open_warehouse
from peil.warehouse.query import Filter, KpiQuery
from peil.warehouse.questions.comparing import compare
from peil.warehouse.run import answer, explain

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
Load = Callable[[str, Sequence[dict[str, object]]], Warehouse]


@pytest.fixture
def load(tmp_path: Path) -> Iterator[Load]:
    warehouse = open_warehouse(f"duckdb:///{tmp_path / 'peil.duckdb'}")

    def take_in(fact: str, rows: Sequence[dict[str, object]]) -> Warehouse:
        key = FACTS[fact].key
        keyed = [{"source": "test", key: f"{fact}{i}", **row} for i, row in enumerate(rows)]
        with warehouse.begin_import("test", "rows", f"{len(rows):032d}", "") as staging:
            staging.write(fact, pa.Table.from_pylist(keyed, schema=FACTS[fact].arrow("raw")))
            staging.commit()
        return warehouse

    yield take_in
    warehouse.close()


def marks(scores: Sequence[int], day: int = 0, kind: str = "csat", **more: object) -> list[dict[str, object]]:
    """Answers on 1-5 (0-10 for NPS), each of another customer unless one is named."""
    low, high = (0, 10) if kind == "nps" else (1, 5)
    boxes = boxes_for(kind, (low, high)).of(scores).tolist()
    return [
        {
            "response_id": f"r{day}-{i}-{more.get('team')}",
            "customer_id": f"c{i}",
            "kind": kind,
            "relationship": 0,
            "score": float(score),
            "box": box,
            "scale_min": float(low),
            "scale_max": float(high),
            "answered_at": START + timedelta(days=day),
            **more,
        }
        for i, (score, box) in enumerate(zip(scores, boxes, strict=True))
    ]


def test_160_of_200_is_80_percent_with_its_interval(load: Load) -> None:
    (only,) = answer(load("answers", marks([5] * 100 + [4] * 60 + [3] * 10 + [1] * 30)), KpiQuery(kpis=("csat",)))
    assert (only.value, only.n, only.status, only.method) == (80.0, 200, "ok", "wilson")
    assert only.low is not None
    assert only.high is not None
    assert (round(only.low, 2), round(only.high, 2)) == (73.91, 84.95)


def test_a_small_team_is_hidden_and_takes_the_next_smallest_with_it(load: Load) -> None:
    rows = marks([5] * 40, team="a") + marks([4] * 20, team="b") + marks([1] * 9, team="c")
    shown = {e.group["team"]: e for e in answer(load("answers", rows), KpiQuery(kpis=("csat",), by=("team",)))}
    assert shown["a"].value == 100.0
    assert (shown["b"].status, shown["b"].notes) == ("hidden", ("protects_a_small_group",))
    assert (shown["c"].status, shown["c"].notes) == ("hidden", ("small_group",))
    assert shown["c"].value is None


def test_a_median_from_the_rows_is_exact_and_from_buckets_within_one_percent(load: Load) -> None:
    contacts: list[dict[str, object]] = [
        {"customer_id": f"c{i}", "direction": "in", "channel": "phone", "opened_at": START, "wait_seconds": float(i)}
        for i in range(1, 102)
    ]
    warehouse = load("interactions", contacts)
    (bucketed,) = answer(warehouse, KpiQuery(kpis=("wait_median",)))
    (exact,) = answer(warehouse, KpiQuery(kpis=("wait_median",), exact=True))
    assert (exact.value, exact.n) == (51.0, 101)
    assert bucketed.value == pytest.approx(51.0, rel=0.01)
    assert exact.low is not None
    assert exact.high is not None
    assert exact.low == int(exact.low)  # a row's own duration, not an edge of a bucket
    assert exact.low < 51 < exact.high


def test_one_median_over_two_channels_is_refused_but_shown_for_each(load: Load) -> None:
    contacts: list[dict[str, object]] = [
        {
            "customer_id": f"c{i}",
            "direction": "in",
            "channel": "chat" if i % 2 else "post",
            "opened_at": START,
            "first_response_seconds": float(60 if i % 2 else 86400),
        }
        for i in range(60)
    ]
    warehouse = load("interactions", contacts)
    (mixture,) = answer(warehouse, KpiQuery(kpis=("first_response_median",)))
    assert (mixture.value, mixture.status) == (None, "mixed")
    by_channel = answer(warehouse, KpiQuery(kpis=("first_response_median",), by=("channel",)))
    assert [e.value for e in by_channel] == pytest.approx([60, 86400], rel=0.01)


def test_of_a_relationship_question_the_last_answer_of_each_customer_and_month_counts(load: Load) -> None:
    first = marks([0] * 30, day=0, kind="nps", relationship=1)
    last = marks([10] * 30, day=5, kind="nps", relationship=1)
    april = marks([7] * 30, day=40, kind="nps", relationship=1)
    warehouse = load("answers", first + last + april)
    (whole,) = answer(warehouse, KpiQuery(kpis=("nps_relationship",)))
    assert (whole.value, whole.n) == (0.0, 30)
    months = answer(warehouse, KpiQuery(kpis=("nps_relationship",), by=("month",)))
    assert [(e.group["month"], e.value, e.n) for e in months] == [("2026-03", 100.0, 30), ("2026-04", 0.0, 30)]
    (touchpoint,) = answer(warehouse, KpiQuery(kpis=("nps",)))
    assert touchpoint.status == "no_data"


def test_the_month_that_still_runs_is_marked(load: Load) -> None:
    warehouse = load("answers", marks([5] * 20, day=0) + marks([4] * 20, day=35))
    march, april = answer(warehouse, KpiQuery(kpis=("csat",), by=("month",), as_of=date(2026, 4, 6)))
    assert "running_period" not in march.notes
    assert "running_period" in april.notes
    assert april.as_of == "2026-04-06"


def test_a_month_whose_rows_stop_early_is_over_all_the_same(load: Load) -> None:
    (april,) = answer(load("answers", marks([4] * 20, day=35)), KpiQuery(kpis=("csat",), by=("month",)))
    assert "running_period" not in april.notes
    assert "rows_end:2026-04-06" in april.notes


def test_a_change_is_tested_on_whole_periods_only(load: Load) -> None:
    drop = marks([5] * 80 + [1] * 20, day=0) + marks([5] * 50 + [1] * 50, day=31) + marks([3] * 20, day=61)
    warehouse = load("answers", drop)
    april = KpiQuery(kpis=("csat",), since=date(2026, 4, 1), until=date(2026, 5, 1), compare="previous")
    (told,) = compare(warehouse, april)
    assert (told.before.value, told.after.value, told.difference) == (80.0, 50.0, -30.0)
    assert told.changed is True
    assert told.low is not None
    assert told.high is not None
    assert told.low < -30 < told.high < 0
    may = replace(april, since=date(2026, 5, 1), until=date(2026, 6, 1), as_of=date(2026, 5, 3))
    (running,) = compare(warehouse, may)
    assert (running.difference, running.p, running.changed) == (-50.0, None, None)


def test_filters_know_what_is_not_known(load: Load) -> None:
    rows = marks([5] * 20, team="a") + marks([1] * 15, team="b") + marks([3] * 12, team=None)
    warehouse = load("answers", rows)

    def n(*where: Filter) -> int:
        return answer(warehouse, KpiQuery(kpis=("csat",), where=where))[0].n

    assert n(Filter("team", ("a",))) == 20
    assert n(Filter("team", ("a",), negated=True)) == 27  # 'not a' keeps those of no known team
    assert n(Filter("team", (None,))) == 12
    assert n(Filter("team", (None,), negated=True)) == 35
    assert n(Filter("team", ("a", None))) == 32
    assert n(Filter("month", ("2026-03",))) == 47
    assert n(Filter("team", ("a'; DROP TABLE answers; --",))) == 0


def test_a_grouping_that_does_not_exist_is_refused_with_the_nearest_that_does(load: Load) -> None:
    warehouse = load("answers", marks([5] * 20))
    with pytest.raises(BadQuery, match=r"by 'chanel'\. Did you mean 'channel'"):
        answer(warehouse, KpiQuery(kpis=("csat",), by=("chanel",)))


def test_retention_needs_a_period(load: Load) -> None:
    spells = [
        {"customer_id": f"c{i}", "since": date(2025, 1, 1), "until": date(2026, 1, 15) if i < 10 else None}
        for i in range(100)
    ]
    warehouse = load("memberships", spells)  # type: ignore[arg-type]
    (without,) = answer(warehouse, KpiQuery(kpis=("retention",)))
    assert (without.status, without.notes) == ("needs", ("needs_period",))
    january = {"since": date(2026, 1, 1), "until": date(2026, 2, 1)}
    (found,) = answer(warehouse, KpiQuery(kpis=("retention",), **january))  # type: ignore[arg-type]
    assert (found.value, found.n) == (90.0, 100)
    with pytest.raises(BadQuery, match="over a period"):
        explain(warehouse, KpiQuery(kpis=("retention",)))


def test_an_empty_warehouse_answers_nothing_rather_than_zero(tmp_path: Path) -> None:
    with open_warehouse(f"duckdb:///{tmp_path / 'peil.duckdb'}") as warehouse:
        (only,) = answer(warehouse, KpiQuery(kpis=("nps",)))
    assert (only.value, only.low, only.n, only.status) == (None, None, 0, "no_data")


def test_weights_cost_precision_as_kish_says(load: Load) -> None:
    """Weights 1 and 3, half each: (50 x 1 + 50 x 3)^2 / (50 x 1 + 50 x 9) = 80 of 100 answers are left."""
    light = marks([5] * 30 + [1] * 20, day=0, weight=1.0)
    heavy = [{**m, "customer_id": f"d{i}", "response_id": f"s{i}"} for i, m in enumerate(marks([5] * 40 + [1] * 10))]
    warehouse = load("answers", light + [{**m, "weight": 3.0} for m in heavy])
    (plain,) = answer(warehouse, KpiQuery(kpis=("csat",)))
    (weighted,) = answer(warehouse, KpiQuery(kpis=("csat",), weighted=True))
    assert (plain.value, plain.n_eff) == (70.0, 100.0)
    assert (weighted.value, weighted.n) == (75.0, 100)  # (30 x 1 + 40 x 3) / 200
    assert weighted.n_eff is not None
    assert weighted.n_eff <= 80.0


def test_one_process_may_read_a_warehouse_twice(tmp_path: Path) -> None:
    url = f"duckdb:///{tmp_path / 'peil.duckdb'}"
    open_warehouse(url).close()
    with open_warehouse(url, read_only=True) as one:
        with open_warehouse(url, read_only=True) as other:
            assert answer(other, KpiQuery(kpis=("nps",)))[0].status == "no_data"
        assert answer(one, KpiQuery(kpis=("nps",)))[0].status == "no_data"


def test_figures_are_about_groups_unless_the_works_council_agreed(load: Load) -> None:
    warehouse = load("answers", marks([5] * 20, employee_id="jan"))
    with pytest.raises(BadQuery, match="not about one customer"):
        answer(warehouse, KpiQuery(kpis=("csat",), by=("customer_id",)))
    with pytest.raises(BadQuery, match="works council"):
        answer(warehouse, KpiQuery(kpis=("csat",), where=(Filter("employee_id", ("jan",)),)))
    warehouse.settings = replace(warehouse.settings, per_person=True)
    (jan,) = answer(warehouse, KpiQuery(kpis=("csat",), by=("employee_id",)))
    assert (jan.group, jan.n) == ({"employee_id": "jan"}, 20)


def test_of_each_relationship_question_its_own_last_answer_counts(load: Load) -> None:
    """Price scores 5 and service 1: 30 answers each, half of all are favourable."""
    rows = marks([5] * 30, question="price", relationship=1) + [
        {**m, "response_id": f"s{i}"} for i, m in enumerate(marks([1] * 30, question="service", relationship=1))
    ]
    (whole,) = answer(load("answers", rows), KpiQuery(kpis=("csat_relationship",)))
    assert (whole.value, whole.n) == (50.0, 60)


def test_another_scale_is_no_change_of_opinion(load: Load) -> None:
    before = marks([4] * 40 + [5] * 40, day=0)
    after = [{**m, "score": 7.0 + i % 2, "scale_max": 10.0} for i, m in enumerate(marks([4] * 80, day=31))]
    april = KpiQuery(kpis=("csat_mean",), since=date(2026, 4, 1), until=date(2026, 5, 1), compare="previous")
    (told,) = compare(load("answers", before + after), april)
    assert (told.before.value, told.after.value) == (4.5, 7.5)
    assert (told.difference, told.p, told.changed) == (None, None, None)


def test_a_register_says_nothing_about_the_time_after_its_import(tmp_path: Path) -> None:
    """Imported on 15 March: January had no leavers, March still runs, April is not known."""
    spells = [
        {"source": "s", "membership_id": str(i), "customer_id": str(i), "since": date(2025, 1, 1)} for i in range(50)
    ]
    with open_warehouse(f"duckdb:///{tmp_path / 'peil.duckdb'}") as warehouse:
        at = datetime(2026, 3, 15, tzinfo=UTC)
        with warehouse.begin_import("s", "register", "1" * 32, "", at=at) as staging:
            staging.write("memberships", pa.Table.from_pylist(spells, schema=FACTS["memberships"].arrow("raw")))
            staging.commit()
        year = KpiQuery(kpis=("retention",), by=("month",), since=date(2026, 1, 1), until=date(2027, 1, 1))
        months = answer(warehouse, year)
        assert [e.group["month"] for e in months] == ["2026-01", "2026-02", "2026-03"]
        assert months[-1].notes[-1] in ("running_period", "rows_end:2026-03-15")
        later = KpiQuery(kpis=("retention",), since=date(2026, 6, 1), until=date(2026, 7, 1))
        (unknown,) = answer(warehouse, later)
    assert (unknown.status, unknown.notes) == ("needs", ("no_period_data",))


def test_a_total_of_a_group_counts_its_people_not_its_rows(load: Load) -> None:
    """Twelve monthly totals of a team of 3 are 3 people; one total of a team of 200 is 200."""
    small = [
        {"team": "small", "employees": 3.0, "weeks": 4.0, "overtime_minutes": 60.0, "week_start": date(2026, m, 1)}
        for m in range(1, 13)
    ]
    large = [
        {"team": "large", "employees": 200.0, "weeks": 4.0, "overtime_minutes": 900.0, "week_start": date(2026, 1, 1)}
    ]
    other = [{**large[0], "team": "other"}]
    found = answer(load("work_weeks", small + large + other), KpiQuery(kpis=("overtime",), by=("team",)))
    shown = {e.group["team"]: e.notes for e in found if e.status == "hidden"}
    assert shown["small"] == ("small_group",)
    assert sorted(shown) in (["large", "small"], ["other", "small"])  # one more goes along, the last is shown


def test_a_month_may_be_filtered_by(load: Load) -> None:
    warehouse = load("answers", marks([5] * 20, day=0) + marks([1] * 20, day=31))
    (march,) = answer(warehouse, KpiQuery(kpis=("csat",), where=(Filter("month", ("2026-03",)),)))
    assert (march.value, march.n) == (100.0, 20)


def test_what_is_no_value_of_a_column_is_told(load: Load) -> None:
    warehouse = load("answers", marks([5] * 20))
    with pytest.raises(BadQuery, match="'nine' is not a value of 'hour'"):
        answer(warehouse, KpiQuery(kpis=("csat",), where=(Filter("hour", ("nine",)),)))
    with pytest.raises(BadQuery, match="'2026' is a year, not a month"):
        answer(warehouse, KpiQuery(kpis=("csat",), where=(Filter("month", ("2026",)),)))
