"""Questions that customers have: about what, when, and, for those who move, to which kind of address.

Volumes have seasons and year bills; the mix of what scores high and low does not change with them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from peil.demo.clock import (
    DAY,
    DAYS,
    FINISH,
    Array,
    Codes,
    Flags,
    Random,
    draw_clock,
    draw_moments,
    moment,
    month_of,
    weekday_of,
)
from peil.demo.customers import Customers
from peil.demo.tables import stream

REASONS = (
    "jaarnota", "termijnbedrag", "betalen", "verhuizen", "storing", "meterstanden", "contract", "aanmelden",
    "opzeggen", "zonnepanelen",
)  # fmt: skip
BILL, INSTALMENT, PAYING, MOVING, FAULT, METER, CONTRACT, JOINING, LEAVING, SOLAR = range(10)
REASON_TYPE = ("proces", "product", "proces", "proces", "product", "proces", "product", "proces", "proces", "product")
CONTROLLABLE = ("binnen", "binnen", "binnen", "binnen", "buiten", "binnen", "binnen", "binnen", "binnen", "buiten")
ADDRESS_TYPES = ("bestaand", "nieuwbouw")

NEW_ADDRESSES = moment(date(2026, 9, 28))  # from here on new-build addresses are not recognised
NEW_BUILD_SHARE = 0.45  # of those who move
OUTAGES = tuple(
    (moment(day), region)
    for day, region in (
        (date(2025, 6, 17), 2), (date(2025, 8, 5), 0), (date(2025, 10, 7), 3), (date(2025, 11, 20), 1),
        (date(2025, 12, 9), 4), (date(2026, 1, 15), 3), (date(2026, 2, 3), 2), (date(2026, 3, 11), 1),
        (date(2026, 5, 19), 3), (date(2026, 7, 8), 0),
    )
)  # fmt: skip
_CALL_AT_OUTAGE = 0.025

# questions per customer over the whole time, where nothing of the customer's own sets them off
_RATES = {INSTALMENT: 0.23, PAYING: 0.21, MOVING: 0.24, FAULT: 0.12, METER: 0.12, CONTRACT: 0.13, SOLAR: 0.07}
_PER_BILL, _PER_JOINER, _PER_LEAVER = 0.185, 0.24, 0.20
_SEASONS = {
    INSTALMENT: (14, 12, 10, 8, 7, 6, 6, 6, 7, 8, 9, 10),
    FAULT: (13, 12, 10, 8, 6, 6, 6, 6, 6, 8, 10, 12),
    METER: (12, 10, 9, 8, 8, 7, 7, 7, 7, 8, 8, 9),
}
_WEEK = (1.35, 1.12, 1.05, 1.0, 0.95, 0.55, 0.4)
_HOURS = np.array([.4, 0, 0, 0, 0, 0, .5, 2, 5, 8, 8.5, 7.5, 6, 6.5, 7, 7, 6.5, 5.5, 5, 5.5, 5, 3.5, 2, 1])  # fmt: skip


@dataclass(frozen=True, slots=True)
class Episodes:
    """Questions in the order of customer and time."""

    customer: Codes
    reason: Codes
    at: Array
    new_build: Flags

    def __len__(self) -> int:
        return len(self.at)


def draw_episodes(seed: int, customers: Customers) -> Episodes:
    rng = stream(seed, "episodes")
    everyone = np.arange(len(customers))
    found: list[tuple[Codes, int, Array]] = []
    for reason, rate in _RATES.items():
        who = _callers(rng, everyone, rate * customers.restless * np.exp(-0.12 * customers.mood))
        found.append((who, reason, draw_moments(rng, len(who), _days_of(reason), _HOURS)))
    found += _about_bills(rng, customers)
    found += _about_joining_and_leaving(rng, customers)
    found += _about_outages(rng, customers)
    who = np.concatenate([w for w, _, _ in found])
    at = np.concatenate([t for _, _, t in found])
    about = np.concatenate([np.full(len(w), r) for w, r, _ in found])
    keep = customers.here(who, at) & (at >= 0) & (at < FINISH)
    who, at, about = who[keep], at[keep], about[keep]
    new_build = (rng.random(len(at)) < NEW_BUILD_SHARE) & (about == MOVING)
    order = np.lexsort((at, who))
    return Episodes(who[order], about[order], at[order], new_build[order])


def _callers(rng: Random, among: Codes, rate: Array | float) -> Codes:
    """Each of `among` as often as a Poisson draw with their rate says."""
    return np.repeat(among, rng.poisson(rate, len(among)))


def _days_of(reason: int) -> Array:
    day = np.arange(DAYS)
    season = np.array(_SEASONS.get(reason, (1,) * 12), dtype=np.float64)
    return np.asarray(season[month_of(day)] * np.array(_WEEK)[weekday_of(day)])


def _soon_after(rng: Random, start: Array, days: float) -> Array:
    """A waking moment some days after each start."""
    day = np.floor(start / DAY + rng.exponential(days, len(start)))
    return day * DAY + draw_clock(rng, len(start), _HOURS)


def bills(customers: Customers) -> tuple[Codes, Array]:
    """Year bills from two months before the first day on: whose, and when."""
    first = (date(2025, 5, 1) - date(2025, 1, 1)).days
    who, at = [], []
    for year in (-1, 0, 1, 2):
        when = (customers.bill_day + 365 * year - first) * DAY + 6 * 3600.0
        there = (when >= -60 * DAY) & (when < FINISH) & (when >= customers.since) & (when < customers.until)
        who.append(np.flatnonzero(there))
        at.append(when[there])
    return np.concatenate(who), np.concatenate(at)


def _about_bills(rng: Random, customers: Customers) -> list[tuple[Codes, int, Array]]:
    who, at = bills(customers)
    called = rng.random(len(who)) < _PER_BILL * np.minimum(customers.restless[who], 3) * np.exp(
        -0.12 * customers.mood[who]
    )
    return [(who[called], BILL, _soon_after(rng, at[called], 7.0))]


def _about_joining_and_leaving(rng: Random, customers: Customers) -> list[tuple[Codes, int, Array]]:
    everyone = np.arange(len(customers))
    joined = _callers(rng, everyone[customers.since > -120 * DAY], _PER_JOINER)
    left = _callers(rng, everyone[customers.until < FINISH + 120 * DAY], _PER_LEAVER)
    before = customers.until[left] - rng.exponential(20.0, len(left)) * DAY
    day = np.floor(before / DAY)
    return [
        (joined, JOINING, _soon_after(rng, customers.since[joined], 12.0)),
        (left, LEAVING, day * DAY + draw_clock(rng, len(left), _HOURS)),
    ]


def _about_outages(rng: Random, customers: Customers) -> list[tuple[Codes, int, Array]]:
    found: list[tuple[Codes, int, Array]] = []
    for day, region in OUTAGES:
        there = np.flatnonzero(customers.region == region)
        who = there[rng.random(len(there)) < _CALL_AT_OUTAGE]
        found.append((who, FAULT, day + draw_clock(rng, len(who), _HOURS)))
    return found
