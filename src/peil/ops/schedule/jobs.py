"""The jobs by name, and taking those that are due."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeAlias
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.utils import timezone

from peil.core.errors import Bug
from peil.ops.models import ScheduledJob
from peil.ops.outbox.delivery import Delivery, Lane, register
from peil.ops.outbox.queue import put
from peil.ops.schedule.plan import Plan

Job: TypeAlias = Callable[[datetime], object]  # given the moment it was due, in UTC


@dataclass(frozen=True, slots=True)
class JobState:
    """When a job ran last and runs next."""

    name: str
    plan: str
    next_due: datetime
    last_due: datetime | None


_PLANS: dict[str, Plan] = {}


def add_job(name: str, plan: Plan, job: Job, *, lane: Lane = "slow") -> None:
    """Have `job` done by this plan. It may be called twice for one moment, when a process ends in the middle."""
    if name in _PLANS and _PLANS[name] != plan:
        raise Bug(f"two jobs are called '{name}'")

    def deliver(delivery: Delivery) -> None:
        job(datetime.fromisoformat(delivery.payload["due"]))

    if name not in _PLANS:
        register(_kind(name), deliver, lane=lane)
    _PLANS[name] = plan


def _kind(name: str) -> str:
    return f"job:{name}"


def put_due_jobs(zone: ZoneInfo) -> int:
    """Put every job that is due in line, and say when it is due next; how many there were."""
    return sum(_put_when_due(name, plan, zone) for name, plan in _PLANS.items())


def _put_when_due(name: str, plan: Plan, zone: ZoneInfo) -> bool:
    now, words = timezone.now(), f"{plan} {zone.key}"
    known = ScheduledJob.objects.filter(name=name, plan=words)
    if known.filter(next_due__gt=now).exists():  # without a lock: nearly always
        return False
    with transaction.atomic():
        made = {"plan": words, "next_due": plan.after(now, zone)}
        rows = ScheduledJob.objects.all()
        if connection.features.has_select_for_update:
            rows = rows.select_for_update()
        job, is_new = rows.get_or_create(name=name, defaults=made)
        if is_new:
            return False
        if job.plan != words:  # another time or zone: what was due by the old one is not made up for
            job.plan, job.next_due = words, plan.after(now, zone)
            job.save(update_fields=["plan", "next_due"])
            return False
        if job.next_due > now:  # another process was first
            return False
        due = job.next_due.astimezone(UTC).isoformat()
        put(_kind(name), {"due": due}, key=due)
        job.last_due, job.next_due = job.next_due, plan.after(now, zone)
        job.save(update_fields=["last_due", "next_due"])
    return True


def job_states() -> list[JobState]:
    """Every job that has a plan, by name."""
    found = ScheduledJob.objects.filter(name__in=_PLANS)
    return [JobState(j.name, str(_PLANS[j.name]), j.next_due, j.last_due) for j in found]
