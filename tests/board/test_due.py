"""When a mail is due: after whole periods, each once, none made up for."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from peil.board.reported.subscriptions import Every, Subscribed, due

HERE = ZoneInfo("Europe/Amsterdam")


def subscribed(every: Every, started: str, done: str | None = None) -> Subscribed:
    began = datetime.fromisoformat(started).replace(tzinfo=UTC)
    return Subscribed(1, every, False, None, began, date.fromisoformat(done) if done else None)


@pytest.mark.parametrize(
    ("every", "started", "done", "now", "period"),
    [
        # 26 October 2026 is a Monday
        ("week", "2026-10-20T10:00", None, "2026-10-25T23:59", None),
        ("week", "2026-10-20T10:00", None, "2026-10-26T07:00", ("2026-10-19", "2026-10-26")),
        ("week", "2026-10-20T10:00", "2026-10-26", "2026-10-27T07:00", None),
        ("week", "2026-10-20T10:00", "2026-10-26", "2026-11-02T07:00", ("2026-10-26", "2026-11-02")),
        # three weeks without a server: only the last week is told
        ("week", "2026-10-01T10:00", "2026-10-05", "2026-10-27T07:00", ("2026-10-19", "2026-10-26")),
        # who subscribes on a Monday waits for the week that runs
        ("week", "2026-10-26T06:00", None, "2026-10-26T07:00", None),
        # 23.30 in UTC on Sunday is Monday here: that week is over already
        ("week", "2026-10-25T23:30", None, "2026-10-26T07:00", None),
        ("week", "2026-12-29T10:00", None, "2027-01-04T07:00", ("2026-12-28", "2027-01-04")),
        ("month", "2026-10-20T10:00", None, "2026-10-31T07:00", None),
        ("month", "2026-10-20T10:00", None, "2026-11-01T07:00", ("2026-10-01", "2026-11-01")),
        ("month", "2026-01-20T10:00", "2026-02-01", "2026-03-01T07:00", ("2026-02-01", "2026-03-01")),
        ("month", "2025-12-20T10:00", None, "2026-01-15T07:00", ("2025-12-01", "2026-01-01")),
    ],
)  # fmt: skip
def test_what_is_due(every: Every, started: str, done: str | None, now: str, period: tuple[str, str] | None) -> None:
    moment = datetime.fromisoformat(now).replace(tzinfo=HERE)
    expected = None if period is None else (date.fromisoformat(period[0]), date.fromisoformat(period[1]))
    assert due(subscribed(every, started, done), moment) == expected
