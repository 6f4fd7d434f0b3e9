"""The customer register: spells as a customer, and what happened to customers besides contacts."""

from __future__ import annotations

from datetime import date

import numpy as np
import pyarrow as pa

from peil.demo.clock import DAY, FINISH, HOUR, START, Array, moment, utc
from peil.demo.contact.episodes import OUTAGES, bills
from peil.demo.customers import LEAVE_REASONS, SEGMENTS, TIERS, Customers
from peil.demo.surveys.asking import RELATIONSHIP, Asked
from peil.demo.surveys.relationship import feelings, nps_scores
from peil.demo.tables import fact_table, keys, real, stream, words

SOURCE = "klantregister"
NPS_GROUP = "x_nps_groep"
NPS_GROUPS = ("criticaster", "passief tevreden", "promotor")
GROUPED_ON = moment(date(2026, 7, 1))  # the group is that of the last answer before
_CAMPAIGNS = tuple(moment(d) for d in (date(2025, 9, 23), date(2026, 3, 24)))


def memberships(seed: int, prefix: str, customers: Customers, asked: Asked) -> pa.Table:
    """One row a customer, as the register knows them on the last day."""
    c, n = customers, len(customers)
    left = c.until < FINISH
    columns = {
        "membership_id": keys(prefix + "L", np.arange(n)),
        "customer_id": keys(prefix + "K", np.arange(n)),
        "since": _day(c.since),
        "until": _day(np.where(left, c.until + DAY, np.nan)),
        "value": real(c.value),
        "tier": words(c.tier, TIERS),
        "segment": words(c.segment, SEGMENTS),
        "leave_reason": words(np.where(left, c.leave_reason, -1), LEAVE_REASONS),
        NPS_GROUP: words(_last_group(seed, customers, asked), NPS_GROUPS),
    }
    return fact_table("memberships", SOURCE, columns)


def _day(at: Array) -> pa.Array:
    never = np.isnan(at)
    days = np.floor(np.where(never, 0.0, at) / DAY).astype(np.int64)
    return pa.array((np.datetime64(START, "D") + days).astype("datetime64[D]"), pa.date32(), mask=never)


def _last_group(seed: int, customers: Customers, asked: Asked) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """The group of each customer's last answer before the day of the export of groups; -1 where there is none."""
    rows = asked.answering(RELATIONSHIP)
    rows = rows[asked.answered[rows] < GROUPED_ON]
    rows = rows[np.argsort(asked.answered[rows], kind="stable")]
    nps = nps_scores(feelings(seed, customers, asked)[rows])
    group = np.full(len(customers), -1)
    group[asked.customer[rows]] = np.where(nps >= 9, 2, np.where(nps >= 7, 1, 0))  # the last of a customer stays
    return group


def customer_events(seed: int, prefix: str, customers: Customers) -> pa.Table:
    """Contracts, year bills, outages and campaigns, in the order of time."""
    rng = stream(seed, "events")
    c = customers
    everyone = np.arange(len(c))
    billed, billed_at = bills(c)
    inside = billed_at >= 0
    bill = np.round(rng.normal(-35.0, 260.0, int(inside.sum())), 2)
    bought = everyone[(c.since >= 0) & (c.since < FINISH)]
    parts: list[tuple[int, np.ndarray[tuple[int], np.dtype[np.int64]], Array, Array]] = [
        (0, bought, c.since[bought], np.round(c.value[bought] / 12, 2)),
        (1, billed[inside], billed_at[inside], bill),
    ]
    for day, region in OUTAGES:
        out = everyone[c.region == region]
        parts.append((2, out, np.full(len(out), day + 7 * HOUR), np.full(len(out), np.nan)))
    for day in _CAMPAIGNS:
        reached = everyone[rng.random(len(c)) < 0.6]
        parts.append((3, reached, np.full(len(reached), day + 10 * HOUR), np.full(len(reached), np.nan)))
    kind = np.concatenate([np.full(len(w), k) for k, w, _, _ in parts])
    who, at, amount = (np.concatenate([p[i] for p in parts]) for i in (1, 2, 3))
    rows = np.flatnonzero(c.here(who, at))
    rows = rows[np.argsort(at[rows], kind="stable")]
    kind, who, at, amount = kind[rows], who[rows], at[rows], amount[rows]
    columns = {
        "event_id": keys(prefix + "E", np.arange(len(rows)), 7),
        "customer_id": keys(prefix + "K", who),
        "kind": words(kind, ("purchase", "invoice", "outage", "campaign")),
        "at": utc(at),
        "amount": real(amount),
        "text": words(kind, ("Contract afgesloten", "Jaarnota", "Storing in de regio", "Nieuwsbrief over besparen")),
    }
    return fact_table("customer_events", SOURCE, columns)
