"""Groups against the rest: the rest is all others together, the test is that of two filters, and small groups stay hidden."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from statsmodels.stats.proportion import confint_proportions_2indep
from tests.warehouse.staged import take_in

from peil.core.boxes import boxes_for
from peil.core.compare import difference, difference_of_quantiles
from peil.core.errors import BadQuery
from peil.core.kpi import Comparison
from peil.core.kpis import BY_KEY
from peil.core.numerics.replicates import BlockSums, SpreadSums
from peil.warehouse.open import Warehouse
from peil.warehouse.query import Filter, KpiQuery
from peil.warehouse.questions.contrasts import against_rest
from peil.warehouse.run import answer, labelled, measure

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
CHANNELS = ("phone", "chat", "email", None)
Row = dict[str, Any]


def marks(
    channel: str | None, scores: Sequence[int], customer: Callable[[int], str | None] = lambda _: None
) -> list[Row]:
    """Answers on 1-5 given by this channel, each of a customer of its own unless told."""
    boxes = boxes_for("csat", (1, 5)).of(scores).tolist()
    return [
        {
            "answer_id": f"{channel}{i}", "response_id": f"{channel}{i}", "customer_id": customer(i), "channel": channel,
            "kind": "csat", "relationship": 0, "score": float(score), "box": box, "scale_min": 1.0, "scale_max": 5.0,
            "answered_at": START + timedelta(hours=i), "weight": 1.0 + i % 3,
        }
        for i, (score, box) in enumerate(zip(scores, boxes, strict=True))
    ]  # fmt: skip


def shares(**favourable: tuple[int, int]) -> list[Row]:
    """Of each channel so many answers that are favourable, of so many."""
    return [row for channel, (yes, n) in favourable.items() for row in marks(channel, [5] * yes + [1] * (n - yes))]


def drawn(seed: int) -> list[Row]:
    """Answers of customers who come back, by channels that differ in size and liking."""
    rng = random.Random(seed)
    found: list[Row] = []
    for place, channel in enumerate(CHANNELS):
        scores = rng.choices((1, 2, 3, 4, 5), weights=[4 + 3 * place, 8, 18, 40, 30], k=rng.randint(60, 400))
        whose = [f"c{rng.randrange(250)}" for _ in scores]
        found += marks(channel, scores, whose.__getitem__)
    return found


def contacts(seed: int) -> list[Row]:
    rng = random.Random(seed)
    return [
        {
            "interaction_id": f"i{i}", "customer_id": f"c{rng.randrange(300)}", "direction": "in", "channel": channel,
            "queue": rng.choice(["north", "south", "west"]), "opened_at": START + timedelta(minutes=i),
            "transfers": int(rng.random() < 0.2), "wait_seconds": rng.lognormvariate(4, 1), "first_response_seconds": rng.lognormvariate(6, 1),
        }
        for i, channel in enumerate(rng.choices(("phone", "chat", "email"), weights=[3, 2, 1], k=900))
    ]  # fmt: skip


def ask(*keys: str, by: str = "channel", **more: Any) -> KpiQuery:
    return KpiQuery(kpis=keys, by=(by,), **more)


def by_group(found: Sequence[Comparison], by: str = "channel") -> Mapping[object, Comparison]:
    return {c.group[by]: c for c in found}


def two_filters(
    warehouse: Warehouse, key: str, query: KpiQuery, value: str | None, *, people: bool = False
) -> Comparison:
    """The group and what is not the group, each measured by a filter of its own, and compared.

    Of the rest of a breakdown nobody counts the people; here they are counted only when asked.
    """
    kpi, (by,) = BY_KEY[key], query.by

    def sums(*, negated: bool) -> BlockSums | SpreadSums:
        where = (*query.where, Filter(by, (value,), negated=negated))
        summed = measure(warehouse, [kpi], replace(query, by=(), where=where)).sums[key]
        assert summed is not None
        return labelled(summed).sums

    rest, group = sums(negated=True), sums(negated=False)
    if not people:
        rest = replace(rest, people=rest.people * np.nan)
    if isinstance(rest, SpreadSums) and isinstance(group, SpreadSums):
        return difference_of_quantiles(kpi, rest, group)[0]
    assert isinstance(rest, BlockSums)
    assert isinstance(group, BlockSums)
    return difference(kpi, rest, group)[0]


def close(x: float | None) -> Any:
    return None if x is None else pytest.approx(x, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("weighted", [False, True])
def test_the_rest_is_the_whole_minus_the_group(warehouse: Warehouse, seed: int, weighted: bool) -> None:
    rows = drawn(seed)
    take_in(warehouse, {"answers": rows})
    found = against_rest(warehouse, ask("csat", "csat_mean", weighted=weighted))
    shares_of, means_of = (by_group([c for c in found if c.kpi == key]) for key in ("csat", "csat_mean"))
    assert set(shares_of) == set(means_of) == set(CHANNELS)
    for channel in CHANNELS:
        for inside, side in ((True, "after"), (False, "before")):
            part = [r for r in rows if (r["channel"] == channel) is inside]
            weight = [r["weight"] if weighted else 1.0 for r in part]
            favourable = sum(w for r, w in zip(part, weight, strict=True) if r["box"] == 1)
            mean = sum(w * r["score"] for r, w in zip(part, weight, strict=True)) / sum(weight)
            share_told, mean_told = getattr(shares_of[channel], side), getattr(means_of[channel], side)
            assert (share_told.value, share_told.n) == (close(100 * favourable / sum(weight)), len(part))
            assert (mean_told.value, mean_told.n) == (close(mean), len(part))


@pytest.mark.parametrize("seed", [4])
@pytest.mark.parametrize("key", ["csat", "csat_mean", "dsat"])
def test_it_is_the_comparison_of_two_filters(warehouse: Warehouse, seed: int, key: str) -> None:
    take_in(warehouse, {"answers": drawn(seed)})
    query = ask(key)
    for channel, c in by_group(against_rest(warehouse, query)).items():
        plain = two_filters(warehouse, key, query, channel if channel is None else str(channel))
        assert (c.before.value, c.before.n) == (close(plain.before.value), plain.before.n)
        assert (c.difference, c.low, c.high) == (close(plain.difference), close(plain.low), close(plain.high))
        assert c.p == pytest.approx(plain.p, rel=1e-6)
        counted = two_filters(warehouse, key, query, channel if channel is None else str(channel), people=True)
        assert (c.low, c.high) == (pytest.approx(counted.low, abs=0.1), pytest.approx(counted.high, abs=0.1))


def test_medians_too(warehouse: Warehouse) -> None:
    take_in(warehouse, {"interactions": contacts(6)})
    query = ask("wait_median", by="queue", where=(Filter("channel", ("phone",)),))
    found = by_group(against_rest(warehouse, query), "queue")
    assert set(found) == {"north", "south", "west"}
    for queue, c in found.items():
        plain = two_filters(warehouse, "wait_median", query, str(queue))
        assert (c.before.value, c.before.n) == (close(plain.before.value), plain.before.n)
        assert (c.difference, c.low, c.high) == (close(plain.difference), close(plain.low), close(plain.high))


def test_the_interval_is_newcombes_where_nobody_answers_twice(warehouse: Warehouse) -> None:
    """80 of 100 by phone beside 110 of 200 by the other two; the blocks' own noise is left."""
    take_in(warehouse, {"answers": shares(phone=(80, 100), chat=(60, 100), email=(50, 100))})
    c = by_group(against_rest(warehouse, ask("csat")))["phone"]
    low, high = confint_proportions_2indep(80, 100, 110, 200, method="newcomb")
    assert (c.difference, c.before.value, c.before.n, c.after.n) == (close(25.0), close(55.0), 200, 100)
    assert (c.low, c.high) == (pytest.approx(100 * low, abs=2.5), pytest.approx(100 * high, abs=2.5))
    assert c.changed


def test_a_group_is_corrected_for_the_number_of_groups_within_its_kpi(warehouse: Warehouse) -> None:
    """By Benjamini and Hochberg, worked out in a loop; another KPI in the same question changes nothing."""
    take_in(warehouse, {"answers": shares(phone=(80, 100), chat=(62, 100), email=(70, 100), app=(70, 100))})
    alone = against_rest(warehouse, ask("csat"))
    p = [c.p for c in alone if c.p is not None]
    assert len(p) == 4
    ranked = sorted(range(4), key=lambda i: p[i])
    smallest, adjusted = 1.0, [0.0] * 4
    for rank in range(4, 0, -1):
        smallest = min(smallest, p[ranked[rank - 1]] * 4 / rank)
        adjusted[ranked[rank - 1]] = smallest
    assert [c.p_adjusted for c in alone] == [close(x) for x in adjusted]
    assert [c.changed for c in alone] == [x < 0.05 for x in adjusted]
    assert any(x < 0.05 <= y for x, y in zip(p, adjusted, strict=True))  # the correction decides here
    beside = [c for c in against_rest(warehouse, ask("dsat", "csat")) if c.kpi == "csat"]
    assert [c.p_adjusted for c in beside] == [c.p_adjusted for c in alone]


def test_a_hidden_group_has_no_verdict_and_gives_nothing_away(warehouse: Warehouse) -> None:
    rows = shares(phone=(80, 100), chat=(20, 100), email=(20, 30), app=(4, 4))
    take_in(warehouse, {"answers": rows})
    found = by_group(against_rest(warehouse, ask("csat")))
    for channel in ("app", "email"):  # the second protects the first
        c = found[channel]
        assert c.after.status == "hidden"
        assert (c.difference, c.low, c.high, c.p, c.p_adjusted, c.changed) == (None,) * 6
        assert (c.after.value, c.after.n) == (None, 0)
    assert found["phone"].changed
    assert found["chat"].changed


def test_few_contacts_are_no_ground_for_a_verdict(warehouse: Warehouse) -> None:
    """Three contacts of three customers have no interval: no verdict, and no place in the correction."""
    few = [{**row, "queue": "east", "customer_id": f"new{i}"} for i, row in enumerate(contacts(7)[:3])]
    rest = [{**row, "interaction_id": f"j{i}"} for i, row in enumerate(contacts(8))]
    take_in(warehouse, {"interactions": [*few, *rest]})
    found = by_group(against_rest(warehouse, ask("transferred", by="queue")), "queue")
    east = found["east"]
    assert (east.after.n, east.after.status) == (3, "too_few")
    assert (east.difference, east.p, east.p_adjusted, east.changed) == (None, None, None, None)
    p = sorted(c.p for c in found.values() if c.p is not None)
    assert len(p) == 3
    assert min(c.p_adjusted for c in found.values() if c.p_adjusted is not None) <= 3 * p[0]


def test_one_group_has_no_rest(warehouse: Warehouse) -> None:
    take_in(warehouse, {"answers": shares(phone=(80, 100))})
    assert against_rest(warehouse, ask("csat")) == []
    assert answer(warehouse, ask("csat"))[0].value == 80.0


@pytest.mark.parametrize(
    ("query", "says"),
    [
        (KpiQuery(kpis=("csat",)), "by one column"),
        (KpiQuery(kpis=("csat",), by=("channel", "team")), "by one column"),
        (KpiQuery(kpis=("csat",), by=("month",)), "by one column"),
        (KpiQuery(kpis=("contact_reasons",), by=("channel",)), "a list of shares"),
        (KpiQuery(kpis=("contact_rate",), by=("channel",)), "made of two facts"),
    ],
)
def test_what_can_not_be_set_against_the_rest_is_refused(warehouse: Warehouse, query: KpiQuery, says: str) -> None:
    take_in(warehouse, {"answers": shares(phone=(8, 10)), "interactions": contacts(9)})
    with pytest.raises(BadQuery, match=says):
        against_rest(warehouse, query)
