"""What a row gives by itself, by numbers worked out by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.warehouse.staged import raw, utc

from peil.facts.schema import FACTS
from peil.warehouse.rows.prepare import prepare
from peil.warehouse.settings import Settings

RULES = Settings(targets=(("email", 3600.0),))


def one(fact: str, settings: Settings = RULES, **row: Any) -> dict[str, Any]:
    given = {FACTS[fact].key: "k", **row}
    found: dict[str, Any] = prepare(fact, raw(fact, [given]), settings).to_pylist()[0]
    return found


def test_rows_are_complete_and_in_the_order_of_the_schema() -> None:
    table = prepare("answers", raw("answers", [{"answer_id": "a", "x_b": "1", "x_a": "2"}]), RULES)
    assert table.schema == pa.schema([*FACTS["answers"].arrow(), ("x_a", pa.string()), ("x_b", pa.string())])
    assert table["weight"].to_pylist() == [1.0]


@pytest.mark.parametrize(
    ("moment", "day", "hour", "week", "weekday"),
    [
        ("2026-03-29T00:30", date(2026, 3, 29), 1, 202613, 7),  # half an hour before the clock goes forward
        ("2026-03-29T01:30", date(2026, 3, 29), 3, 202613, 7),
        ("2026-10-25T00:30", date(2026, 10, 25), 2, 202643, 7),  # 02:30 comes twice
        ("2026-10-25T01:30", date(2026, 10, 25), 2, 202643, 7),
        ("2026-12-31T22:59", date(2026, 12, 31), 23, 202653, 4),
        ("2026-12-31T23:00", date(2027, 1, 1), 0, 202653, 5),  # the first of January in the old ISO year
        ("2024-12-30T12:00", date(2024, 12, 30), 13, 202501, 1),
    ],
)
def test_the_calendar_is_local(moment: str, day: date, hour: int, week: int, weekday: int) -> None:
    row = one("answers", answered_at=utc(moment))
    assert (row["day"], row["hour"], row["week"], row["weekday"]) == (day, hour, week, weekday)
    assert (row["month"], row["quarter"], row["year"]) == (
        day.year * 100 + day.month,
        day.year * 10 + (day.month + 2) // 3,
        day.year,
    )


@given(st.dates(date(1901, 1, 1), date(2199, 12, 31)))
def test_every_day_has_the_week_of_the_iso_calendar(day: date) -> None:
    row = one("work_weeks", week_start=day)
    iso = day.isocalendar()
    assert (row["week"], row["weekday"], row["day"], row["hour"]) == (iso.year * 100 + iso.week, iso.weekday, day, None)


def test_a_time_that_is_not_known_gives_no_day() -> None:
    row = one("answers")
    assert [row[c] for c in ("day", "week", "month", "quarter", "year", "weekday", "hour")] == [None] * 7


def test_a_customer_is_one_person_in_every_fact_and_source() -> None:
    rows = [
        one("answers", customer_id="c", source="a"),
        one("visits", customer_id="c", source="b", visitor_id="v"),
        one("interactions", customer_id="c"),
    ]
    assert len({r["person"] for r in rows}) == 1
    assert {r["known"] for r in rows} == {1}
    assert all(r["block"] == (r["person"] % 2**64) % 100 for r in rows)


def test_without_a_customer_the_response_is_the_cluster_of_its_own_source() -> None:
    same, other, elsewhere = (
        one("answers", response_id="r", source="a"),
        one("answers", answer_id="k2", response_id="r", source="a"),
        one("answers", response_id="r", source="b"),
    )
    assert same["person"] == other["person"] != elsewhere["person"]
    assert (same["known"], one("visits", visitor_id="v")["known"], one("visits")["known"]) == (0, 1, 0)
    assert one("responses", response_id="r", source="a")["person"] == same["person"]


def test_the_block_of_a_customer_never_changes() -> None:
    assert one("answers", customer_id="klant 1")["block"] == one("visits", customer_id="klant 1")["block"] == PINNED


PINNED = 33


def test_answers() -> None:
    row = one("answers", score=4.0, expected=5.5, scale_min=1.0, scale_max=7.0)
    assert (row["scale_code"], row["score_100"], row["gap"]) == (7001, 50.0, -1.5)
    bare = one("answers", choice="phone")
    assert (bare["scale_code"], bare["score_100"], bare["gap"]) == (None, None, None)


def test_invitations_count_fourteen_days() -> None:
    sent = utc("2026-01-01T00:00")
    late = datetime(2026, 1, 15, 0, 0, 1, tzinfo=UTC)
    told = {"sent_at": sent, "started_at": utc("2026-01-15T00:00"), "answered_at": late}
    row = one("invitations", **told)
    assert (row["delivered"], row["answered"], row["finished"]) == (1, 1, 0)
    back = one("invitations", **told, bounced_at=sent)
    assert (back["delivered"], back["answered"], back["finished"]) == (0, None, None)
    assert one("invitations", held_back_reason="asked lately")["delivered"] is None


def contact(**row: Any) -> dict[str, Any]:
    return one("interactions", opened_at=utc("2026-01-09T15:30"), **row)


def test_contacts() -> None:
    row = contact(
        resolved_at=utc("2026-01-09T16:00"), first_response_seconds=240_000.0, talk_seconds=60.0, hold_seconds=5.0,
        wrap_up_seconds=10.0, transfers=2, channel="email",
    )  # fmt: skip
    assert (row["resolution_seconds"], row["handle_seconds"], row["transferred"]) == (1800, 75, 1)
    # Friday 16:30 to Monday 11:10: half an hour and two hours ten, in opening hours
    assert row["first_response_business_seconds"] == 30 * 60 + 130 * 60
    assert row["in_target"] == 0  # the hour of the settings for e-mail
    assert contact(talk_seconds=60.0, hold_seconds=5.0)["handle_seconds"] is None
    assert contact(handle_seconds=9.0, talk_seconds=1.0, hold_seconds=1.0, wrap_up_seconds=1.0)["handle_seconds"] == 9


def test_a_row_with_its_own_target_keeps_it() -> None:
    assert (
        contact(first_response_seconds=7000.0, first_response_target_seconds=7200.0, channel="email")["in_target"] == 1
    )
    assert contact(first_response_seconds=7000.0, channel="phone")["in_target"] is None


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"answered": 1, "wait_seconds": 20.0}, 1),
        ({"answered": 1, "wait_seconds": 20.001}, 0),
        ({"answered": 1}, None),
        ({"answered": 0, "abandoned": 1, "wait_seconds": 5.0}, None),  # hung up within 5 seconds
        ({"answered": 0, "abandoned": 1, "wait_seconds": 5.001}, 0),
        ({"answered": 0, "channel": "phone"}, 0),
        ({"answered": 0, "channel": "email"}, None),  # nobody waits in line
        ({"answered": 1, "wait_seconds": 1.0, "direction": "out"}, None),
        ({}, None),
    ],
)
def test_service_level(row: dict[str, Any], expected: int | None) -> None:
    assert contact(**row)["in_service_level"] == expected


def test_durations_have_their_bucket_and_zero_its_own() -> None:
    row = contact(wait_seconds=0.0, talk_seconds=1.0, hold_seconds=0.0, wrap_up_seconds=0.01)
    assert (row["wait_seconds_bucket"], row["handle_seconds_bucket"], row["auto_reply_seconds_bucket"]) == (
        -100_000,
        1,
        None,
    )


def test_visits_members_and_weeks() -> None:
    assert one("visits", self_care=0, self_provisioning=0, used_tool=0)["self_service"] == 0
    assert one("visits", self_care=0, used_tool=1)["self_service"] == 1
    assert one("visits", self_care=0)["self_service"] is None
    spell = one("memberships", since=date(1970, 1, 11), until=date(1970, 1, 31))
    assert (spell["since_day"], spell["until_day"]) == (10, 30)
    assert one("memberships")["until_day"] == 1_000_000
    week = one("work_weeks", employees=4.0, weeks=52.1775, left=1.0)
    assert (week["employee_weeks"], week["left_weeks"], week["network_weeks"]) == (4 * 52.1775, 4 * 52.1775, None)
    person = one("work_weeks", employee_id="e")
    assert (person["employees"], person["weeks"], person["employee_weeks"]) == (1, 1, 1)
