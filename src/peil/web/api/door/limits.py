"""How often one may ask: a bucket that fills slowly, for each key and for each person.

One process keeps them in memory; where several answer, the database does, one row a caller.
"""

from __future__ import annotations

import math
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpRequest

from peil.web.api.models import Bucket
from peil.web.api.problems import Problem

MOST_KEPT = 10_000


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `burst` at once, and `per_minute` in the long run."""

    burst: int
    per_minute: float

    def take(self, left: float, seconds: float) -> tuple[float, bool]:
        """What is left after `seconds` and one more request, and whether that may be done.

        >>> Limit(2, 60).take(0.5, 0.4)
        (0.9, False)
        >>> Limit(2, 60).take(0.5, 10)
        (1.0, True)
        """
        filled = min(float(self.burst), left + max(seconds, 0.0) * self.per_minute / 60)
        return (filled - 1, True) if filled >= 1 else (filled, False)


@dataclass(frozen=True, slots=True)
class Taken:
    """How a caller stands after a request."""

    limit: Limit
    left: float
    allowed: bool

    @property
    def headers(self) -> dict[str, str]:
        full = math.ceil((self.limit.burst - self.left) * 60 / self.limit.per_minute)
        found = {"Limit": self.limit.burst, "Remaining": int(self.left), "Reset": full}
        return {f"RateLimit-{name}": str(value) for name, value in found.items()}

    @property
    def wait(self) -> int:
        """Seconds until the next request may be done."""
        return max(1, math.ceil((1 - self.left) * 60 / self.limit.per_minute))


def take(request: HttpRequest, key: int | None, person: int) -> None:
    """Count this request against the key and the person; refuse it when either has asked too often."""
    callers = [(f"person:{person}", Limit(*settings.API_LIMIT_PERSON))]
    if key is not None:
        callers.insert(0, (f"key:{key}", Limit(*settings.API_LIMIT_KEY)))
    found = [count(caller, limit, time.time()) for caller, limit in callers]
    tightest = min(found, key=lambda t: (t.allowed, t.left))
    request.peil_taken = tightest  # type: ignore[attr-defined]
    if not tightest.allowed:
        raise Problem(
            429, "too-many-requests", "You asked more often than is allowed.",
            f"Wait {tightest.wait} s; ask for several KPIs at once at /api/v1/figures.",
            headers={"Retry-After": str(tightest.wait)},
        )  # fmt: skip


def headers_of(request: HttpRequest) -> dict[str, str]:
    """What a response says about the limit; nothing where nobody was counted."""
    taken: Taken | None = getattr(request, "peil_taken", None)
    return taken.headers if taken is not None else {}


def count(caller: str, limit: Limit, now: float) -> Taken:
    """Take one from the bucket of `caller`."""
    return _in_memory.count(caller, limit, now) if connection.vendor == "sqlite" else _in_database(caller, limit, now)


class _Memory:
    """Buckets of this process; of many, those that were not used for long are full again and forgotten."""

    def __init__(self) -> None:
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def count(self, caller: str, limit: Limit, now: float) -> Taken:
        with self._lock:
            left, at = self._buckets.pop(caller, (float(limit.burst), now))
            left, allowed = limit.take(left, now - at)
            self._buckets[caller] = (left, now)
            if len(self._buckets) > MOST_KEPT:
                self._buckets.popitem(last=False)
        return Taken(limit, left, allowed)

    def forget(self) -> None:
        with self._lock:
            self._buckets.clear()


_in_memory = _Memory()
forget = _in_memory.forget


def _in_database(caller: str, limit: Limit, now: float) -> Taken:
    Bucket.objects.get_or_create(caller=caller, defaults={"left": float(limit.burst), "at": now})
    with transaction.atomic():
        bucket = Bucket.objects.select_for_update().get(caller=caller)
        left, allowed = limit.take(bucket.left, now - bucket.at)
        Bucket.objects.filter(caller=caller).update(left=left, at=max(now, bucket.at))
    return Taken(limit, left, allowed)
