"""What all processes together got of one sender, where several answer: read from the answers themselves.

Each answer at an open link keeps its sender for a day, so that this costs a look at an index and writes nothing. Only
who sent more than one lately is looked at. The limits are those of `doubts`; here they are counted over a minute, ten
minutes and an hour, so that what comes in between may be found a little later than one process alone would find it.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from django.db.models import Count, Q

from peil.surveys.models import Response

WINDOWS = tuple(timedelta(minutes=minutes) for minutes in (1, 10, 60))
_DAY = timedelta(days=1)


def came(sender: str, now: datetime, *, fast: bool) -> tuple[int, ...]:
    """How many finished answers came from there in each of the last `WINDOWS`; of those given too fast alone."""
    rows = Response.objects.filter(sender=sender, saved_at__gt=now - WINDOWS[-1], finished_at__isnull=False)
    if fast:
        rows = rows.filter(flags__contains="speeder")
    counts = {f"n{at}": Count("pk", filter=Q(saved_at__gt=now - window)) for at, window in enumerate(WINDOWS)}
    found = rows.aggregate(**counts)
    return tuple(int(found[f"n{at}"]) for at in range(len(WINDOWS)))


def is_over(sender: str, now: datetime, limit: tuple[float, float], *, fast: bool = False) -> bool:
    """Whether one more is more than `limit` lets: so many at once, filled up again at so many a minute."""
    at_once, a_minute = limit
    found = zip(came(sender, now, fast=fast), WINDOWS, strict=True)
    return any(n + 1 > at_once + a_minute * window.total_seconds() / 60 for n, window in found)


def said_before(sender: str, survey: str, words: str, now: datetime) -> bool:
    """Whether these words came from there before, in an answer to this survey."""
    kept = json.dumps(words, ensure_ascii=False)[1:-1]  # as they stand in an answer
    rows = Response.objects.filter(sender=sender, saved_at__gt=now - _DAY, finished_at__isnull=False)
    return rows.filter(survey__key=survey, answers__contains=kept).exists()
