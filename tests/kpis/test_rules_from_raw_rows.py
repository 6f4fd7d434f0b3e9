"""Rules that need a customer's or a response's other rows: raw rows in by the front door, figures by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pytest

from peil.core.kpi import Estimate
from peil.facts.schema import FACTS
from peil.warehouse.open import open_warehouse
from peil.warehouse.query import Filter, KpiQuery
from peil.warehouse.run import answer

Raw = Mapping[str, object]
Ask = Callable[..., Estimate]
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)  # a Monday


def at(days: float = 0, *, seconds: float = 0) -> datetime:
    return START + timedelta(days=days, seconds=seconds)


@pytest.fixture
def load(tmp_path: Path) -> Iterator[Callable[..., Ask]]:
    """Load rows of facts into a new warehouse that hides nothing; gives a way to ask it for one figure."""
    (tmp_path / "peil.toml").write_text("min_answers = 1\nmin_people = 1\n", encoding="utf-8")
    warehouse = open_warehouse(f"duckdb:///{tmp_path / 'peil.duckdb'}")

    def take_in(**facts: list[Raw]) -> Ask:
        with warehouse.begin_import("test", "rows", "0" * 32, "") as staging:
            for fact, given in facts.items():
                key = FACTS[fact].key
                keyed = [{"source": "test", key: f"{fact}{i}", **row} for i, row in enumerate(given)]
                staging.write(fact, pa.Table.from_pylist(keyed, schema=FACTS[fact].arrow("raw")))
            staging.commit()

        def ask(key: str, **asked: object) -> Estimate:
            (only,) = answer(warehouse, KpiQuery(kpis=(key,), **asked))  # type: ignore[arg-type]
            return only

        return ask

    yield take_in
    warehouse.close()


def contact(customer: str | None, opened: datetime, reason: str = "bill", **more: object) -> Raw:
    return {"customer_id": customer, "opened_at": opened, "reason": reason, "direction": "in", "reopens": 0, **more}


def test_an_episode_has_no_gap_over_7_days_and_first_contact_resolution_no_return_within_7(
    load: Callable[..., Ask],
) -> None:
    ask = load(
        interactions=[
            contact("anna", at(0), channel="chat"),
            contact("anna", at(6), channel="phone"),  # 6 days later: the same episode, in another channel
            contact("anna", at(14), channel="phone"),  # 8 days after that: a new one
            contact("bram", at(0), channel="phone"),
            contact("bram", at(1), "move", channel="phone"),  # another subject
            contact("carl", at(0), channel="phone", reopens=1),
            contact("dana", at(0), channel="phone", transfers=1, warm_transfer=1),
            contact(None, at(0), channel="phone"),  # nobody can tell whether this customer came back
            contact("zoe", at(60), "late"),  # as of day 60, too young to count
        ]
    )
    # episodes: anna 2, bram 2, carl 1, dana 1
    assert ask("episode_contacts").value == pytest.approx(7 / 6)
    # solved in one go: anna's second, bram's two, dana's with a warm transfer
    assert ask("fcr").value == pytest.approx(100 * 4 / 6)
    assert ask("fcr").n == 6
    assert ask("channel_switching").value == pytest.approx(100 / 6)
    # of 7 contacts of known customers one was followed by another within 7 days
    assert ask("repeat_contact").value == pytest.approx(100 / 7)
    assert any(note.startswith("pending:") for note in ask("repeat_contact").notes)


def test_a_transfer_fails_the_strict_variant_only(load: Callable[..., Ask]) -> None:
    ask = load(
        interactions=[
            contact("anna", at(0), transfers=0),
            contact("bram", at(0), transfers=2, warm_transfer=1),
            contact("zoe", at(60), "late", transfers=0),
        ]
    )
    assert ask("fcr").value == 100.0
    assert ask("fcr_strict").value == 50.0


def test_solved_automatically_lasts_7_days_and_is_of_all_incoming_contacts(load: Callable[..., Ask]) -> None:
    ask = load(
        interactions=[
            contact("anna", at(0), resolved_by="automatic"),
            contact("bram", at(0), resolved_by="automatic"),
            contact("bram", at(3), resolved_by="person"),  # so the automatic answer did not last
            contact("carl", at(0), resolved_by="person"),
            contact("dana", at(0), resolved_by="nobody"),
            {**contact("emma", at(0), resolved_by="automatic"), "direction": "out"},
            contact("zoe", at(60), "late", resolved_by="person"),
        ]
    )
    e = ask("solved_automatically")
    assert (e.value, e.n) == (20.0, 5)


def test_first_response_in_target_counts_who_waits_past_it(load: Callable[..., Ask]) -> None:
    hour = 3600.0
    ask = load(
        interactions=[
            contact("a", at(0), channel="email", first_response_seconds=hour, first_response_target_seconds=4 * hour),
            contact(
                "b", at(0), channel="email", first_response_seconds=9 * hour, first_response_target_seconds=4 * hour
            ),
            contact("c", at(0), channel="email", first_response_target_seconds=4 * hour),  # a day old: late
            contact("d", at(1), channel="email", first_response_target_seconds=4 * hour),  # just in: not yet
            contact("e", at(0), channel="email", auto_reply_seconds=1.0, first_response_target_seconds=4 * hour),
        ]
    )
    e = ask("first_response_in_target")
    assert (e.value, e.n) == (25.0, 4)
    # the one that just came in is not at risk yet: after 1 hour 3/4 wait, after 9 hours 3/4 x 2/3 = 1/2
    assert ask("first_response_median").value == pytest.approx(9 * hour, rel=0.01)


def test_service_level_leaves_out_who_hung_up_within_5_seconds(load: Callable[..., Ask]) -> None:
    def call(wait: float, answered: int) -> Raw:
        more = {"channel": "phone", "wait_seconds": wait, "answered": answered, "abandoned": 1 - answered}
        return contact(None, at(0), **more)

    ask = load(interactions=[call(5, 1), call(20, 1), call(21, 1), call(30, 0), call(4, 0)])
    assert ask("service_level").value == 50.0  # 2 of 4
    assert ask("reachability").value == pytest.approx(60.0)
    assert ask("abandoned").value == pytest.approx(40.0)
    assert ask("speed_of_answer").value == pytest.approx(46 / 3)


def test_median_over_two_channels_is_refused_and_by_channel_it_is_not(load: Callable[..., Ask]) -> None:
    ask = load(
        interactions=[
            contact("a", at(0), channel="chat", first_response_seconds=30.0),
            contact("b", at(0), channel="email", first_response_seconds=30_000.0),
        ]
    )
    assert (ask("first_response_median").status, ask("first_response_median").value) == ("mixed", None)
    chat = ask("first_response_median", where=(Filter("channel", ("chat",)),))
    assert chat.value == pytest.approx(30, rel=0.01)


def test_call_backs_are_kept_within_the_slot(load: Callable[..., Ask]) -> None:
    ask = load(
        interactions=[
            contact("a", at(0), callback_promised_at=at(1), callback_kept_at=at(0.9)),
            contact("b", at(0), callback_promised_at=at(1), callback_kept_at=at(1.2)),
            contact("c", at(0), callback_promised_at=at(1)),  # never called
            contact("d", at(0)),
            contact("z", at(9)),
        ]
    )
    e = ask("callbacks_kept")
    assert (e.value, e.n) == (pytest.approx(100 / 3), 3)


def test_response_counts_answers_within_14_days_of_delivered_invitations(load: Callable[..., Ask]) -> None:
    ask = load(
        invitations=[
            {"sent_at": at(0), "started_at": at(2), "answered_at": at(2)},
            {"sent_at": at(0), "started_at": at(13), "answered_at": None},  # began, not finished
            {"sent_at": at(0), "started_at": at(15), "answered_at": at(15)},  # too late
            {"sent_at": at(0)},
            {"sent_at": at(0), "bounced_at": at(0)},  # not delivered
            {"sent_at": at(40)},  # too young
        ]
    )
    e = ask("response_rate")
    assert (e.value, e.n) == (50.0, 4)
    assert ask("response_finished").value == 50.0


def test_one_wave_of_invitations_has_a_response_rate_once_answers_are_two_weeks_later(load: Callable[..., Ask]) -> None:
    ask = load(invitations=[{"sent_at": at(0), "answered_at": at(14)}, {"sent_at": at(0)}, {"sent_at": at(1)}])
    assert (ask("response_rate").value, ask("response_rate").n) == (50.0, 2)


@pytest.mark.parametrize("channel", ["link", "qr", "kiosk"])
def test_what_anyone_can_answer_has_no_response_rate(load: Callable[..., Ask], channel: str) -> None:
    sent = {"sent_at": at(0), "started_at": at(2), "answered_at": at(2)}
    ask = load(invitations=[{**sent, "channel": channel}, {**sent, "channel": "email"}, {"sent_at": at(30)}])
    assert (ask("response_rate").value, ask("response_rate").n) == (100.0, 1)


def test_servqual_takes_complete_dimensions_and_the_customers_own_points(load: Callable[..., Ask]) -> None:
    gaps = {"reliability": -2, "assurance": -1, "tangibles": 1, "empathy": 0, "responsiveness": -3}
    points = {"reliability": 40, "assurance": 20, "tangibles": 10, "empathy": 10, "responsiveness": 20}
    same = {"survey": "s", "response_id": "r1", "relationship": 0, "answered_at": at(0)}
    pairs = [
        {**same, "kind": "servqual", "dimension": d, "question": f"{d}{i}", "score": 5.0 + gap, "expected": 5.0}
        | {"scale_min": 1.0, "scale_max": 7.0}
        for d, gap in gaps.items()
        for i in (1, 2)
    ]
    given = [
        {**same, "kind": "servqual_points", "dimension": d, "question": f"p_{d}", "score": float(p)}
        for d, p in points.items()
    ]
    half = [{**pairs[0], "response_id": "r2", "score": 7.0}]  # one statement of two: no dimension
    ask = load(answers=[*pairs, *given, *half])
    assert [ask(f"servqual_{d}").value for d in gaps] == [-2.0, -1.0, 1.0, 0.0, -3.0]
    assert ask("servqual_reliability").n == 1
    assert ask("servqual").value == pytest.approx(-1.0)
    # (40 x -2 + 20 x -1 + 10 x 1 + 10 x 0 + 20 x -3) / 100
    assert ask("servqual_weighted").value == pytest.approx(-1.5)


def test_sus_is_scored_from_ten_items(load: Callable[..., Ask]) -> None:
    same = {
        "survey": "s",
        "kind": "sus_item",
        "relationship": 0,
        "scale_min": 1.0,
        "scale_max": 5.0,
        "answered_at": at(0),
    }
    scores = [4, 2, 5, 1, 4, 2, 4, 3, 5, 2]  # odd less 1: 3 4 3 3 4; 5 less even: 3 4 3 2 3: 32 x 2.5
    whole = [
        {**same, "response_id": "r1", "question": f"sus_{i + 1:02}", "score": float(s)} for i, s in enumerate(scores)
    ]
    part = [{**row, "response_id": "r2"} for row in whole[:9]]
    ask = load(answers=[*whole, *part])
    e = ask("sus")
    assert (e.value, e.n) == (80.0, 1)


def test_relationship_nps_takes_the_last_answer_of_each_customer(load: Callable[..., Ask]) -> None:
    def nps(customer: str, score: int, day: int, relationship: int = 1) -> Raw:
        box = 1 if score >= 9 else -1 if score <= 6 else 0
        return {
            "customer_id": customer, "response_id": f"{customer}{day}", "kind": "nps", "question": "nps", "box": box,
            "score": float(score), "relationship": relationship, "answered_at": at(day), "scale_min": 0.0, "scale_max": 10.0,
        }  # fmt: skip

    ask = load(
        answers=[nps("a", 3, 0), nps("a", 9, 5), nps("b", 10, 1), nps("c", 2, 2), nps("a", 0, 9, relationship=0)]
    )
    e = ask("nps_relationship")
    assert (e.value, e.n) == (pytest.approx(100 / 3), 3)
    assert ask("nps").value == -100.0


def test_self_service_is_help_pages_my_pages_or_a_tool(load: Callable[..., Ask]) -> None:
    def visit(**more: int) -> Raw:
        return {"started_at": at(0), "self_care": 0, "self_provisioning": 0, "used_tool": 0, **more}

    ask = load(
        visits=[
            visit(self_care=1, contact_page=1, contact_after_self_service=1),
            visit(self_provisioning=1, contact_page=0, contact_after_self_service=0),
            visit(used_tool=1, contact_page=0, contact_after_self_service=0),
            visit(self_care=1, contact_page=1, contact_after_self_service=0),
            visit(contact_page=1, contact_after_self_service=0),
        ]
    )
    e = ask("to_contact_after_self_service")
    assert (e.value, e.n) == (25.0, 4)


def test_retention_over_a_period_from_spells(load: Callable[..., Ask]) -> None:
    ask = load(
        memberships=[
            {"customer_id": "a", "since": date(2025, 1, 1)},
            {"customer_id": "b", "since": date(2025, 1, 1), "until": date(2026, 1, 20)},  # left in the period
            {"customer_id": "c", "since": date(2025, 6, 1), "until": date(2026, 3, 1)},  # left after it
            {"customer_id": "d", "since": date(2026, 1, 10)},  # new, still there
            {"customer_id": "e", "since": date(2026, 1, 5), "until": date(2026, 1, 25)},  # came and went
            {"customer_id": "f", "since": date(2024, 1, 1), "until": date(2025, 2, 1)},  # long gone
        ]
    )
    january = {"since": date(2026, 1, 1), "until": date(2026, 2, 1)}
    e = ask("retention", **january)
    assert (e.value, e.n) == (pytest.approx(200 / 3), 3)
    assert ask("churn", **january).value == pytest.approx(100 / 3)
    assert ask("retention_yearly", **january).value == pytest.approx(100 * (2 / 3) ** (365.2425 / 31))
    assert ask("retention").status == "needs"


def test_contact_rate_takes_customers_for_the_days_they_were_one(load: Callable[..., Ask]) -> None:
    ask = load(
        interactions=[contact("a", at(0)), contact("a", at(1)), contact("b", at(2))],
        memberships=[
            {"customer_id": "a", "since": date(2025, 1, 1)},
            {"customer_id": "b", "since": date(2025, 1, 1)},
            {"customer_id": "c", "since": date(2026, 3, 1), "until": date(2026, 3, 16)},  # 15 of 30 days
        ],
    )
    e = ask("contact_rate", since=date(2026, 3, 1), until=date(2026, 3, 31))
    assert e.value == pytest.approx(100 * 3 / 2.5)


def test_avoided_cost_needs_its_assumption(load: Callable[..., Ask]) -> None:
    ask = load(
        visits=[{"started_at": at(0), "self_care": 1, "contact_after_self_service": 0}],
        interactions=[contact("a", at(0), cost=5.0)],
    )
    assert (ask("cost_avoided").status, ask("cost_avoided").value) == ("needs", None)
    assert ask("cost_avoided", assume=(("avoided_share", 0.4),)).value == pytest.approx(2.0)


def test_shares_over_two_readings_of_one_fact(load: Callable[..., Ask]) -> None:
    ask = load(
        journey_runs=[
            {"started_at": at(0), "completed": 1, "completed_in": "web"},
            {"started_at": at(0), "completed": 1, "completed_in": "elsewhere"},
            {"started_at": at(0), "completed": 0, "completed_in": "no"},
            {"started_at": at(0), "completed": 0, "completed_in": "no"},
        ],
        interactions=[
            contact("a", at(0), cost=4.0, resolved_by="person"),
            contact("b", at(0), cost=6.0, resolved_by="nobody"),
        ],
    )
    assert ask("journey_completed_elsewhere").value == 25.0
    assert ask("cost_per_solved").value == 10.0


def test_turnover_of_employees_and_of_group_totals(load: Callable[..., Ask]) -> None:
    ask = load(
        work_weeks=[
            {"employee_id": "e1", "week_start": date(2026, 3, 2), "employees": 1.0, "weeks": 52.1775, "left": 1.0},
            {"week_start": date(2026, 3, 2), "employees": 9.0, "weeks": 52.1775, "left": 1.0, "tenure_years": 4.0},
            {"employee_id": "e1", "week_start": date(2026, 3, 2), "manager_minutes": 45.0, "employees": 1.0},
        ]
    )
    assert ask("turnover").value == pytest.approx(20.0)
    assert ask("tenure").value == 4.0
    assert ask("manager_time").value == 45.0
