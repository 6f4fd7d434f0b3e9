"""The table as a queue: put, take, done, failed. Several processes may take at the same time."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone

from peil.ops.models import DEAD, DONE, WAITING, OutboxRow
from peil.ops.outbox.delivery import Delivery, Lane, Permanent, kind_of
from peil.ops.outbox.wake import wake

# after the first failed attempt, the second ...: half a minute to half a day, a day and a half in all
PAUSES = tuple(timedelta(seconds=s) for s in (30, 120, 600, 1800, 7200, 14400, 43200, 43200))
MOST_ATTEMPTS = len(PAUSES) + 1
KEPT_DAYS = 30  # a key is remembered this long after its work was done


@dataclass(frozen=True, slots=True)
class Taken:
    """A row that this process works on until it ends it, or until the lease runs out."""

    row: int
    lease: str
    delivery: Delivery


@dataclass(frozen=True, slots=True)
class Backlog:
    """How the queue stands."""

    waiting: int  # due, not done
    later: int
    dead: int
    oldest: datetime | None  # since when the first in line has been waiting


@dataclass(frozen=True, slots=True)
class DeadRow:
    """Work that was given up."""

    id: int
    kind: str
    asked_at: datetime
    ended_at: datetime | None
    attempts: int
    reason: str


def put(kind: str, payload: Mapping[str, Any], *, key: str | None = None, not_before: datetime | None = None) -> int:
    """Have this done after the transaction commits; with a key, only once for that key. Gives the row's number."""
    now = timezone.now()
    made = {"lane": kind_of(kind).lane, "payload": dict(payload), "created_at": now, "not_before": not_before or now}
    if key is None:
        row = OutboxRow.objects.create(kind=kind, **made)
    else:
        row, _ = OutboxRow.objects.get_or_create(kind=kind, key=key, defaults=made)
    transaction.on_commit(wake)
    return row.pk


def take(lane: Lane, hold: timedelta) -> Taken | None:
    """The first in line, held for `hold`; None when nothing is due. The attempt counts from here, so that work
    that takes its process down with it is given up in the end."""
    if not _due(lane).exists():  # without a lock: most of the time there is nothing
        return None
    with transaction.atomic():
        waiting = _due(lane).order_by("id")
        if connection.features.has_select_for_update_skip_locked:
            waiting = waiting.select_for_update(skip_locked=True)
        row = waiting.first()
        while row is not None and row.attempts >= MOST_ATTEMPTS:
            _bury(row)
            row = waiting.first()
        if row is None:
            return None
        row.lease, row.leased_until = secrets.token_hex(16), timezone.now() + hold
        row.attempts += 1
        row.save(update_fields=["lease", "leased_until", "attempts"])
    return Taken(row.pk, row.lease, Delivery(str(row.uid), row.kind, row.payload, row.attempts, row.created_at))


def _bury(row: OutboxRow) -> None:
    """Give up work during which process after process ended."""
    row.state, row.ended_at = DEAD, timezone.now()
    row.reason = f"The server ended in the middle of each of {row.attempts} attempts."
    row.save(update_fields=["state", "ended_at", "reason"])


def _due(lane: Lane) -> QuerySet[OutboxRow]:
    now = timezone.now()
    free = Q(leased_until=None) | Q(leased_until__lt=now)
    return OutboxRow.objects.filter(free, state=WAITING, lane=lane, not_before__lte=now)


def keep(taken: Taken, hold: timedelta) -> bool:
    """Hold it longer; False when somebody else has it by now."""
    return bool(_held(taken).update(leased_until=timezone.now() + hold))


def done(taken: Taken) -> None:
    """It is done. What it was about is forgotten, its key is not."""
    _held(taken).update(
        state=DONE, ended_at=timezone.now(), payload={}, reason="", lease="", leased_until=None,
    )  # fmt: skip


def failed(taken: Taken, error: Exception) -> bool:
    """Try again later, or give it up: True when it is given up."""
    now, attempts = timezone.now(), taken.delivery.attempt
    give_up = isinstance(error, Permanent) or attempts >= MOST_ATTEMPTS
    change: dict[str, Any] = {"reason": reason_of(error), "lease": "", "leased_until": None}
    if give_up:
        change |= {"state": DEAD, "ended_at": now}
    else:
        change |= {"not_before": now + PAUSES[attempts - 1]}
    _held(taken).update(**change)
    return give_up


def reason_of(error: Exception) -> str:
    """Why it failed, for the administrator."""
    said = str(error).replace("\x00", "")
    return (said if isinstance(error, Permanent) else f"{type(error).__name__}: {said}")[:500]


def _held(taken: Taken) -> QuerySet[OutboxRow]:
    return OutboxRow.objects.filter(pk=taken.row, lease=taken.lease, state=WAITING)


def state_of(kind: str, key: str) -> str | None:
    """'waiting', 'done' or 'dead'; None where there is no such work."""
    return OutboxRow.objects.filter(kind=kind, key=key).values_list("state", flat=True).first()


def is_waiting(kind: str) -> bool:
    """Whether work of this kind is to be done, or under way."""
    return OutboxRow.objects.filter(kind=kind, state=WAITING).exists()


def backlog() -> Backlog:
    now = timezone.now()
    due = Q(state=WAITING, not_before__lte=now)
    found = OutboxRow.objects.aggregate(
        waiting=Count("pk", filter=due),
        later=Count("pk", filter=Q(state=WAITING, not_before__gt=now)),
        dead=Count("pk", filter=Q(state=DEAD)),
        oldest=Min("not_before", filter=due),
    )
    return Backlog(**found)


def dead_rows(limit: int = 50) -> list[DeadRow]:
    """What was given up, the newest first."""
    rows = OutboxRow.objects.filter(state=DEAD).order_by("-ended_at", "-id")[:limit]
    return [DeadRow(r.pk, r.kind, r.created_at, r.ended_at, r.attempts, r.reason) for r in rows]


def try_again(row: int) -> bool:
    """Put work that was given up back in line, with all its attempts; False when there is none."""
    found = OutboxRow.objects.filter(pk=row, state=DEAD).update(
        state=WAITING, attempts=0, not_before=timezone.now(), ended_at=None
    )
    transaction.on_commit(wake)
    return bool(found)


def throw_away(row: int) -> bool:
    """Let work that was given up go for good."""
    return bool(OutboxRow.objects.filter(pk=row, state=DEAD).delete()[0])


def forget_done() -> int:
    """Remove rows that were done long ago."""
    long_ago = timezone.now() - timedelta(days=KEPT_DAYS)
    return OutboxRow.objects.filter(state=DONE, ended_at__lt=long_ago).delete()[0]
