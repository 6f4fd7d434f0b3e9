"""The customers: who they are, since when, until when, and how they feel about the company.

Mood is one lasting number a customer, of mean 0 and deviation 1 among those who are customers. Leaving depends on
it. Those who join are drawn lower by just as much as leaving takes the low ones away, and how long the first ones
had been there is drawn from the same lives, so that nothing drifts: each day looks like every other.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from peil.demo.clock import DAY, DAYS, FINISH, MONTH, Array, Codes, Flags, Random
from peil.demo.tables import pick, stream

LEAVE_A_MONTH = 0.0212  # a rate: 2.1 % leave in 30 days
LEAVE_BY_MOOD = 0.5  # log hazard lost for each unit of mood
REGIONS = ("Noord", "Oost", "Zuid", "West", "Midden")
TIERS = ("Vast", "Variabel", "Dynamisch")
SEGMENTS = ("Appartement", "Rijtjeshuis", "Vrijstaand", "Klein zakelijk")
LEAVE_REASONS = ("prijs", "verhuizing", "service", "overleden", "onbekend")
CHANNELS = ("phone", "email", "chat", "social", "web", "app", "messaging", "post", "in_person")
_LIKED = (0.43, 0.18, 0.12, 0.03, 0.07, 0.06, 0.08, 0.02, 0.01)
_BILLS = (12, 12, 12, 9, 8, 7, 6, 6, 6, 7, 7, 8)  # year bills by month
_OLDEST = -25 * 365 * DAY


@dataclass(frozen=True, slots=True)
class Customers:
    """One place a customer in every array."""

    mood: Array
    since: Array  # moments
    until: Array  # moments, after the last day too
    region: Codes
    tier: Codes
    segment: Codes
    value: Array  # euro a year
    bill_day: Codes  # of the year, 0 to 364, on which the year bill comes
    channel: Codes  # liked best
    restless: Array  # contacts, as a multiple of the mean
    english: Flags
    leave_reason: Codes

    def __len__(self) -> int:
        return len(self.mood)

    def here(self, customer: Codes, at: Array) -> Flags:
        """Whether each is a customer at that moment."""
        return np.asarray((at >= self.since[customer]) & (at < self.until[customer]))


def draw_customers(seed: int, customers: int) -> Customers:
    """`customers` on the first day, and those who join later."""
    rng = stream(seed, "customers")
    joining = round(customers * LEAVE_A_MONTH / MONTH * DAYS)
    n = customers + joining
    first = np.arange(n) < customers
    mood = rng.standard_normal(n) - np.where(first, 0.0, LEAVE_BY_MOOD)
    hazard = LEAVE_A_MONTH / MONTH / DAY * np.exp(-LEAVE_BY_MOOD * mood - LEAVE_BY_MOOD**2 / 2)
    joined = rng.random(n) * FINISH
    since = np.where(first, np.maximum(-rng.standard_exponential(n) / hazard, _OLDEST), joined)
    until = np.where(first, 0.0, joined) + rng.standard_exponential(n) / hazard
    segment = pick(rng, n, (0.34, 0.42, 0.17, 0.07))
    return Customers(
        mood=mood,
        since=since,
        until=until,
        region=pick(rng, n, (0.14, 0.2, 0.22, 0.26, 0.18)),
        tier=pick(rng, n, (0.55, 0.33, 0.12)),
        segment=segment,
        value=np.round(np.array([1_250, 1_900, 2_700, 4_200])[segment] * np.exp(0.25 * rng.standard_normal(n)), 2),
        bill_day=_bill_days(rng, n),
        channel=pick(rng, n, _LIKED),
        restless=rng.gamma(2.5, 1 / 2.5, n),
        english=rng.random(n) < 0.08,
        leave_reason=_leave_reasons(rng, mood),
    )


def _bill_days(rng: Random, n: int) -> Codes:
    month = pick(rng, n, _BILLS)
    return (month * 365 // 12 + rng.integers(0, 30, n)).astype(np.int64)


def _leave_reasons(rng: Random, mood: Array) -> Codes:
    """Price mostly; service the more often the lower the mood."""
    service = rng.random(len(mood)) < 0.1 + 0.3 / (1 + np.exp(1.5 * mood + 1))
    return np.where(service, 2, pick(rng, len(mood), (0.55, 0.27, 0.0, 0.04, 0.14)))
