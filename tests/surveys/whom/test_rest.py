"""Nobody is tired: over many events, several surveys and ways, and several processes at once."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from tests.surveys.asking import SITE, TUESDAY, published, terms, wanted

from peil.surveys.mails.sending import Sender, deliver_request
from peil.surveys.models import Request
from peil.surveys.whom.asking import Terms, ask
from peil.surveys.whom.leaving import expire_requests

pytestmark = pytest.mark.django_db


def simulate(seed: int, customers: int, days: int, how: Terms) -> dict[str, list[datetime]]:
    """Events of every kind over many days, with a server that is away now and then; when mails left, by customer."""
    lots = random.Random(seed)
    surveys = [published(t).key for t in ("after_contact", "recommend", "relationship")]
    now, waiting, away = TUESDAY, list[tuple[datetime, int]](), TUESDAY
    for day in range(days):
        for _ in range(customers // 4):
            k = lots.randrange(customers)
            at = TUESDAY + timedelta(days=day, hours=lots.randrange(12))
            told = wanted(
                lots.choice(surveys), cause=f"{seed} {day} {k} {at}", customer_id=f"K{k}" if lots.random() < 0.9 else "",
                address=f"k{k - k % 2 if lots.random() < 0.2 else k}@example.nl",  # some share an address
                happened_at=at - timedelta(hours=1), delay_hours=lots.choice((0, 2, 30, 400)),
            )  # fmt: skip
            asked = ask(told, how, at)
            if asked.due_at is not None and not asked.held_back:
                waiting.append((asked.due_at, asked.number))
        now = TUESDAY + timedelta(days=day, hours=4)
        if lots.random() < 0.1:
            away = now + timedelta(days=lots.choice((1, 3, 12)))
        if now >= away:
            for due, number in sorted(waiting):
                if due <= now:
                    deliver_request(number, Sender(how, SITE), now)
            waiting = [w for w in waiting if w[0] > now]
        expire_requests(now)
    sent = defaultdict[str, list[datetime]](list)
    for row in Request.objects.exclude(sent_at=None).order_by("sent_at"):
        for person in {row.person, row.address_person} - {""}:
            assert row.sent_at is not None
            sent[person].append(row.sent_at)
    return sent


def check(sent: dict[str, list[datetime]], rest: int, least: int) -> None:
    assert sum(map(len, sent.values())) > least
    for times in sent.values():
        for before, after in pairwise(times):
            assert after - before >= timedelta(days=rest)


def test_nobody_is_asked_more_often_than_agreed() -> None:
    check(simulate(1, 16, 24, terms(rest_days=7, working_days=False)), 7, 25)


@pytest.mark.full
@pytest.mark.parametrize("seed", [2, 3])
def test_nobody_is_among_a_hundred_over_months(seed: int) -> None:
    check(simulate(seed, 100, 90, terms(rest_days=30)), 30, 100)
