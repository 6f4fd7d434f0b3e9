"""What other rows say of a row: by hand, and whatever the order in which rows arrive."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.warehouse.staged import Row, by_key, held, take_in, utc

from peil.core.buckets import bucket_of
from peil.warehouse.open import Warehouse, open_warehouse
from peil.warehouse.rows.servqual import DIMENSIONS

START = utc("2026-02-02T09:00")
DAY = timedelta(days=1)


def contact(key: str, days: float, **row: Any) -> Row:
    return {
        "interaction_id": key, "opened_at": START + days * DAY, "customer_id": "c", "channel": "phone",
        "reason": "invoice", "direction": "in", **row,
    }  # fmt: skip


def derived(warehouse: Warehouse, rows: Sequence[Row]) -> dict[str, dict[str, Any]]:
    take_in(warehouse, {"interactions": rows})
    return by_key(warehouse, "interactions")


def values(row: Mapping[str, Any], *names: str) -> tuple[Any, ...]:
    return tuple(row[n] for n in names)


def test_an_episode_goes_on_while_no_gap_is_over_seven_days(warehouse: Warehouse) -> None:
    rows = derived(
        warehouse, [contact("a", 0), contact("b", 7), contact("c", 14 + 1 / 86_400), contact("d", 0, reason="fault")]
    )
    assert values(rows["a"], "episode_id", "episode_first", "episode_contacts", "repeated", "episode_fcr") == (
        "a",
        1,
        2,
        1,
        0,
    )
    assert values(rows["b"], "episode_id", "episode_first", "episode_contacts", "repeated", "episode_fcr") == (
        "a",
        0,
        None,
        0,
        None,
    )
    assert values(rows["c"], "episode_id", "episode_contacts", "repeated", "episode_fcr") == ("c", 1, 0, 1)
    assert values(rows["d"], "episode_id", "episode_contacts", "episode_fcr") == ("d", 1, 1)


def test_an_episode_goes_over_channels_and_sources_but_not_outbound(warehouse: Warehouse) -> None:
    mail = contact("b", 1, channel="email", source="helpdesk", resolved_at=START + 2 * DAY)
    rows = derived(warehouse, [contact("a", 0), mail, contact("out", 0.5, direction="out")])
    assert values(rows["a"], "episode_contacts", "episode_switched", "episode_seconds") == (2, 1, 2 * 86_400)
    assert values(rows["out"], "episode_id", "repeated", "episode_first", "solved_automatically") == (None,) * 4


def test_strict_first_contact_resolution_forbids_a_transfer(warehouse: Warehouse) -> None:
    rows = derived(
        warehouse,
        [
            contact("a", 0, customer_id="1", transfers=1, reopens=0),
            contact("b", 0, customer_id="2", transfers=0),
            contact("c", 0, customer_id="3"),
            contact("d", 0, customer_id="4", transfers=0, reopens=1),
        ],
    )
    found = {key: values(row, "episode_fcr", "episode_fcr_strict") for key, row in rows.items()}
    assert found == {"a": (1, 0), "b": (1, 1), "c": (1, None), "d": (0, 0)}


def test_without_a_customer_a_repeat_cant_be_told(warehouse: Warehouse) -> None:
    rows = derived(
        warehouse, [contact("a", 0, customer_id=None, resolved_at=START + DAY), contact("b", 1, customer_id=None)]
    )
    names = (
        "episode_id",
        "episode_first",
        "episode_seconds",
        "repeated",
        "episode_fcr",
        "episode_switched",
        "episode_contacts",
    )
    assert values(rows["a"], *names) == ("a", 1, 86_400, None, None, None, None)


def test_solved_automatically_means_with_no_person_and_no_repeat(warehouse: Warehouse) -> None:
    rows = derived(
        warehouse,
        [
            contact("a", 0, resolved_by="automatic"),
            contact("b", 1, resolved_by="person"),
            contact("c", 20, resolved_by="automatic"),
            contact("d", 40),
            contact("e", 0, customer_id=None, resolved_by="automatic"),
            contact("f", 0, source="silent"),
            contact("g", 0, customer_id=None, resolved_by="person"),
        ],
    )
    assert {k: r["solved_automatically"] for k, r in rows.items()} == {
        "a": 0,
        "b": 0,
        "c": 1,
        "d": 0,
        "e": None,
        "f": None,
        "g": None,
    }


def test_what_is_open_has_its_age_and_is_late_once_past_its_target(warehouse: Warehouse) -> None:
    mail = {"channel": "email", "first_response_target_seconds": 3600.0}
    rows = derived(
        warehouse,
        [
            contact("a", 0, **mail, first_response_seconds=60.0, resolved_at=START + DAY),
            contact("b", 0.5, **mail, customer_id="2"),
            contact("c", 1 - 1 / 48, **mail, customer_id="3"),
            contact("d", 0, customer_id="4"),  # by phone, where first responses and solutions are never told
            contact("e", 0, customer_id="5", callback_promised_at=START + DAY / 2),
            contact("f", 0, customer_id="6", callback_promised_at=START + 2 * DAY),
        ],
    )
    age = int(bucket_of([43_200.0])[0])
    assert values(rows["a"], "in_target", "first_response_open_bucket", "resolution_open_bucket") == (1, None, None)
    assert values(rows["b"], "in_target", "first_response_open_bucket", "resolution_open_bucket") == (0, age, age)
    assert rows["c"]["in_target"] is None  # half an hour old
    assert values(rows["d"], "first_response_open_bucket", "resolution_open_bucket") == (None, None)
    assert (rows["e"]["callback_kept"], rows["f"]["callback_kept"]) == (0, None)


def test_a_newer_time_ages_what_is_open_of_other_customers(warehouse: Warehouse) -> None:
    told = {"channel": "email", "first_response_seconds": 1.0}
    derived(warehouse, [contact("a", 0, customer_id="1", channel="email"), contact("b", 1, customer_id="2", **told)])
    rows = derived(warehouse, [contact("c", 3, customer_id="3", **told)])
    assert rows["a"]["first_response_open_bucket"] == int(bucket_of([3 * 86_400.0])[0])


def test_a_contact_that_gets_another_customer_leaves_the_first_one_whole(warehouse: Warehouse) -> None:
    derived(warehouse, [contact("a", 0), contact("b", 1)])
    rows = derived(warehouse, [contact("b", 1, customer_id="other")])
    assert values(rows["a"], "episode_contacts", "repeated", "episode_fcr") == (1, 0, 1)


def statement(response: str, dimension: str, number: int, pair: tuple[float | None, float | None], **row: Any) -> Row:
    question = f"{dimension}_{number}"
    return {
        "answer_id": f"{response}/{question}", "response_id": response, "survey": "sq", "kind": "servqual",
        "dimension": dimension, "question": question, "score": pair[0], "expected": pair[1], "scale_min": 1.0,
        "scale_max": 7.0, "customer_id": response, "answered_at": START, **row,
    }  # fmt: skip


def points(response: str, dimension: str, score: float) -> Row:
    return statement(response, dimension, 0, (score, None)) | {
        "kind": "servqual_points",
        "answer_id": f"{response}/p{dimension}",
    }


def scores(warehouse: Warehouse) -> dict[tuple[str, str, str | None], tuple[float, float, float]]:
    return {
        (r["response_id"], r["kind"], r["dimension"]): values(r, "score", "expected", "gap")
        for r in held(warehouse, "answers")
        if r["kind"] not in ("servqual", "servqual_points", "sus_item")
    }


def test_servqual_by_dimension_overall_and_weighted(warehouse: Warehouse) -> None:
    rows = [statement("r", d, n, (float(i + n), 6.0)) for i, d in enumerate(DIMENSIONS) for n in (1, 2)]
    rows += [points("r", d, p) for d, p in zip(DIMENSIONS, (40, 30, 10, 10, 10), strict=True)]
    take_in(warehouse, {"answers": rows})
    found = scores(warehouse)
    # means 1.5, 2.5, 3.5, 4.5, 5.5; weighted .4 * 1.5 + .3 * 2.5 + .1 * 13.5
    assert found["r", "servqual_dimension", "reliability"] == (1.5, 6.0, -4.5)
    assert found["r", "servqual_overall", None] == (3.5, 6.0, -2.5)
    assert found["r", "servqual_weighted", None] == pytest.approx((2.7, 6.0, -3.3))


def test_a_dimension_counts_when_every_statement_is_answered_on_both_sides(warehouse: Warehouse) -> None:
    full = [statement("r", "empathy", n, (3.0, 4.0)) for n in (1, 2)]
    half = [statement("q", "empathy", 1, (3.0, 4.0)), statement("q", "empathy", 2, (3.0, None))]
    take_in(warehouse, {"answers": full + half})
    assert set(scores(warehouse)) == {("r", "servqual_dimension", "empathy")}
    # another response shows that the survey has a third statement: now nobody answered all
    take_in(warehouse, {"answers": [statement("z", "empathy", 3, (1.0, 1.0))]}, "more.csv")
    assert scores(warehouse) == {}
    warehouse.undo()
    assert set(scores(warehouse)) == {("r", "servqual_dimension", "empathy")}


def test_sus_from_ten_items(warehouse: Warehouse) -> None:
    def item(response: str, number: int, score: float) -> Row:
        return {
            "answer_id": f"{response}{number}", "response_id": response, "survey": "sus", "kind": "sus_item",
            "question": f"sus_{number}", "score": score, "scale_min": 1.0, "scale_max": 5.0,
        }  # fmt: skip

    best = [item("best", n, 5.0 if n % 2 else 1.0) for n in range(1, 11)]
    threes = [item("threes", n, 3.0) for n in range(1, 11)]
    take_in(warehouse, {"answers": [*best, *threes, *[item("nine", n, 3.0) for n in range(1, 10)]]})
    found = {
        (r["response_id"], r["score"], r["scale_max"], r["score_100"])
        for r in held(warehouse, "answers")
        if r["kind"] == "sus"
    }
    assert found == {("best", 100.0, 100.0, 100.0), ("threes", 50.0, 100.0, 50.0)}


def some_rows(seed: int) -> dict[str, list[Row]]:
    """Contacts and SERVQUAL answers in which much touches much; keys come back with other content."""
    rng = random.Random(seed)
    contacts = []
    for n in range(rng.randrange(4, 30)):
        at = START + timedelta(hours=rng.choice((0, 1, 24 * 7, 24 * 7, 24 * 30)) + rng.randrange(200))
        contacts.append(
            contact(
                f"k{n}", 0, opened_at=at, customer_id=rng.choice(("1", "2", None)), channel=rng.choice(("phone", "email", None)),
                reason=rng.choice(("a", None)), resolved_at=rng.choice((None, at + DAY)), source=rng.choice("st"),
                first_response_seconds=rng.choice((None, 60.0)), first_response_target_seconds=rng.choice((None, 600.0)),
                resolved_by=rng.choice((None, "automatic", "person")), transfers=rng.choice((None, 0, 1)),
            )
        )  # fmt: skip
    answers = [
        statement(f"r{r}", d, n, (float(rng.randint(1, 7)), float(rng.randint(1, 7))))
        for r in range(rng.randrange(4))
        for d in DIMENSIONS
        for n in (1, 2)
        if rng.random() < 0.97
    ]
    return {"interactions": contacts, "answers": answers}


@pytest.mark.slow
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6), cuts=st.integers(1, 4), shuffle=st.randoms(use_true_random=False))
def test_any_order_and_any_split_gives_equal_rows(
    tmp_path_factory: pytest.TempPathFactory, seed: int, cuts: int, shuffle: random.Random
) -> None:
    rows = some_rows(seed)
    expected = after(tmp_path_factory.mktemp("whole"), [rows])
    parts: list[dict[str, list[Row]]] = [{"interactions": [], "answers": []} for _ in range(cuts)]
    for fact, all_rows in rows.items():
        for row in shuffle.sample(all_rows, len(all_rows)):
            parts[shuffle.randrange(cuts)][fact].append(row)
    assert after(tmp_path_factory.mktemp("parts"), parts) == expected


def after(folder: Path, imports: Sequence[Mapping[str, Sequence[Row]]]) -> dict[str, list[dict[str, Any]]]:
    with open_warehouse(f"duckdb:///{folder / 'peil.duckdb'}") as warehouse:
        for number, rows in enumerate(imports):
            take_in(warehouse, rows, f"{number}.csv")
        return {fact: held(warehouse, fact) for fact in ("interactions", "answers")}


def test_times_are_utc(warehouse: Warehouse) -> None:
    rows = derived(warehouse, [contact("a", 0)])
    assert isinstance(rows["a"]["opened_at"], datetime)
    assert rows["a"]["opened_at"] == START
