"""Due times by the clock on the wall, and each of them once."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from peil.core.errors import Bug
from peil.ops.models import OutboxRow, ScheduledJob
from peil.ops.outbox.runner import run_one
from peil.ops.schedule import Plan, add_job, job_states
from peil.ops.schedule.jobs import put_due_jobs

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
ran: list[datetime] = []
add_job("count", Plan(at=time(3)), ran.append)


def _times(plan: Plan, start: datetime, count: int, zone: ZoneInfo = AMSTERDAM) -> list[str]:
    found, moment = [], start
    for _ in range(count):
        moment = plan.after(moment, zone)
        found.append(moment.strftime("%m-%d %H:%M"))
    return found


def test_the_night_that_the_clock_skips_an_hour() -> None:
    # 2026-03-29: 02:00 +01 becomes 03:00 +02, so 02:30 does not exist; it is due at 03:30 +02, that is 01:30 UTC
    start = datetime(2026, 3, 27, 12, tzinfo=UTC)
    assert _times(Plan(at=time(2, 30)), start, 4) == ["03-28 01:30", "03-29 01:30", "03-30 00:30", "03-31 00:30"]


def test_the_night_that_an_hour_comes_twice() -> None:
    # 2026-10-25: 03:00 +02 becomes 02:00 +01; 02:30 is due the first time (00:30 UTC) and not at 01:30 UTC
    start = datetime(2026, 10, 24, 12, tzinfo=UTC)
    assert _times(Plan(at=time(2, 30)), start, 3) == ["10-25 00:30", "10-26 01:30", "10-27 01:30"]


def test_midnight_in_a_zone_that_skips_it() -> None:
    # Santiago, 2026-09-06: 00:00 -04 becomes 01:00 -03
    santiago = ZoneInfo("America/Santiago")
    assert _times(Plan(at=time(0)), datetime(2026, 9, 5, 12, tzinfo=UTC), 2, santiago) == ["09-06 04:00", "09-07 03:00"]


def test_every_local_day_of_three_years_has_its_moment() -> None:
    moment, days = datetime(2026, 1, 1, tzinfo=UTC), []
    for _ in range(3 * 365):
        moment = Plan(at=time(2, 30)).after(moment, AMSTERDAM)
        days.append(moment.astimezone(AMSTERDAM).date())
    assert all(later - earlier == timedelta(days=1) for earlier, later in pairwise(days))


def test_weekdays_and_days_of_the_month() -> None:
    start = datetime(2026, 1, 30, 12, tzinfo=UTC)  # a Friday
    assert _times(Plan(at=time(7), weekdays=frozenset({1})), start, 2) == ["02-02 06:00", "02-09 06:00"]
    assert _times(Plan(at=time(7), day=1), start, 3) == ["02-01 06:00", "03-01 06:00", "04-01 05:00"]
    with pytest.raises(Bug):
        Plan(at=time(7), day=31)


@pytest.mark.django_db
def test_a_due_time_is_done_once_and_missed_ones_are_made_up_for_once() -> None:
    ran.clear()
    put_due_jobs(AMSTERDAM)
    assert not run_one("slow"), "a new job waits for its time"
    missed = timezone.now() - timedelta(days=4)
    ScheduledJob.objects.filter(name="count").update(next_due=missed)
    assert put_due_jobs(AMSTERDAM) == 1
    assert put_due_jobs(AMSTERDAM) == 0
    assert run_one("slow")
    assert not run_one("slow")
    assert ran == [missed]
    state = next(s for s in job_states() if s.name == "count")
    assert state.last_due == missed
    assert state.next_due > timezone.now()


@pytest.mark.django_db
def test_another_time_zone_moves_what_is_due_next() -> None:
    put_due_jobs(AMSTERDAM)
    before = ScheduledJob.objects.get(name="count").next_due
    put_due_jobs(ZoneInfo("Asia/Tokyo"))
    after = ScheduledJob.objects.get(name="count").next_due
    assert after.astimezone(ZoneInfo("Asia/Tokyo")).hour == 3
    assert before != after
    assert not OutboxRow.objects.exists()
