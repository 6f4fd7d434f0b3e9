"""Who is asked what and when, who gets it, and who answers.

Nobody is asked twice within 30 days. About the company as a whole the dissatisfied answer less often; after a
contact everybody answers alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa

from peil.demo.clock import (
    DAY,
    DAYS,
    FINISH,
    HOUR,
    Array,
    Codes,
    Flags,
    Random,
    moment,
    to_waking_hours,
    utc,
    weekday_of,
)
from peil.demo.contact.contacts import Contacts
from peil.demo.contact.episodes import MOVING, REASONS
from peil.demo.contact.facts import Desk
from peil.demo.customers import Customers
from peil.demo.tables import fact_table, keys, pick, stream, words

SOURCE = "enquetes"
SURVEYS = ("relatie", "na contact", "servicekwaliteit")
RELATIONSHIP, AFTER_CONTACT, SERVICE = range(3)
WAVES = tuple(moment(d) for d in (date(2025, 6, 10), date(2025, 9, 9), date(2025, 12, 9), date(2026, 3, 10), date(2026, 6, 9), date(2026, 9, 8)))  # fmt: skip
SERVICE_WAVES = tuple(moment(d) for d in (date(2025, 7, 8), date(2025, 10, 14), date(2026, 1, 13), date(2026, 4, 14), date(2026, 7, 7), date(2026, 10, 6)))  # fmt: skip
COOLDOWN = 30 * DAY
ANSWER_BY_MOOD = 0.42  # log odds of answering about the company, for each unit of mood
_ASKED_A_WAVE, _ASKED_A_DAY, _ASKED_SERVICE = 0.05, 0.00078, 0.018
_ASKED_AFTER, _ASKED_AFTER_MOVE = 0.42, 0.8
_INVITED_BY = (("email", 0.8), ("messaging", 0.2))


@dataclass(frozen=True, slots=True)
class Asked:
    """One place a request in every array, in the order of customer and time."""

    survey: Codes
    customer: Codes
    contact: Codes  # -1 where it is about the company
    planned: Array
    held_back: Flags
    channel: Codes
    bounced: Array
    opened: Array
    started: Array
    answered: Array

    def __len__(self) -> int:
        return len(self.survey)

    def answering(self, survey: int) -> Codes:
        """Requests for this survey that were answered before the last day was over."""
        return np.flatnonzero((self.survey == survey) & ~np.isnan(self.answered))


def draw_asked(seed: int, customers: Customers, desk: Desk) -> Asked:
    """Everybody who was asked or nearly was; after a contact only of whom the customer is known."""
    rng = stream(seed, "asking")
    survey, customer, contact, at = _candidates(rng, customers, desk)
    n = len(at)
    held_back = _held_back(customer, at)
    bounced = (rng.random(n) < 0.018) & ~held_back
    mood = customers.mood[customer]
    odds = np.choose(survey, [-1.0 + ANSWER_BY_MOOD * mood, np.full(n, -0.75), -1.15 + 0.25 * mood])
    willing = (rng.random(n) < 1 / (1 + np.exp(-odds))) & ~held_back & ~bounced
    started = _later(rng, np.where(willing, at, np.nan), 7 * HOUR)
    opened = np.where(
        willing, started - 30 - 600 * rng.random(n), _later(rng, np.where(rng.random(n) < 0.45, at, np.nan), 9 * HOUR)
    )
    finished = np.where(rng.random(n) < 0.92, started + 40 + rng.gamma(3.0, 35.0, n), np.nan)
    never = np.isnan(finished) | (finished >= FINISH)
    return Asked(
        survey, customer, contact, at, held_back,
        channel=pick(rng, n, [share for _, share in _INVITED_BY]),
        bounced=np.where(bounced, at + 45, np.nan),
        opened=_seen(np.where(bounced | held_back, np.nan, np.maximum(opened, at + 5))),
        started=_seen(started),
        answered=np.where(never, np.nan, finished),
    )  # fmt: skip


def _seen(at: Array) -> Array:
    return np.where(at < FINISH, at, np.nan)


def _later(rng: Random, sent: Array, median: float) -> Array:
    """Some hours or days after it was sent, by day; within 14 days but for a few."""
    return np.floor(to_waking_hours(sent + np.minimum(median * np.exp(1.3 * rng.standard_normal(len(sent))), 20 * DAY)))


def _candidates(rng: Random, customers: Customers, desk: Desk) -> tuple[Codes, Codes, Codes, Array]:
    everyone, contacts = np.arange(len(customers)), desk.contacts
    waves = [(RELATIONSHIP, day, _ASKED_A_WAVE) for day in WAVES] + [
        (SERVICE, day, _ASKED_SERVICE) for day in SERVICE_WAVES
    ]
    found: list[tuple[int, Codes, Codes, Array]] = []
    for survey, wave, share in waves:
        who = everyone[rng.random(len(customers)) < share]
        found.append((survey, who, np.full(len(who), -1), wave + 10 * HOUR + 4 * HOUR * rng.random(len(who))))
    who = np.repeat(everyone, rng.poisson(_ASKED_A_DAY * DAYS, len(customers)))
    day = np.floor(rng.random(len(who)) * DAYS)
    day = np.where(weekday_of(day.astype(np.int64)) == 6, day - 1, day)
    found.append((RELATIONSHIP, who, np.full(len(who), -1), day * DAY + (10 + 6 * rng.random(len(who))) * HOUR))
    asked = rng.random(len(contacts)) < np.where(contacts.reason == MOVING, _ASKED_AFTER_MOVE, _ASKED_AFTER)
    about = np.flatnonzero(asked & desk.known & ~np.isnan(contacts.first_response))
    ended = np.fmax(contacts.first_response[about] + contacts.work[about], np.nan_to_num(contacts.resolved[about]))
    sent = to_waking_hours(ended + HOUR * (1 + 3 * rng.random(len(about))))
    found.append((AFTER_CONTACT, contacts.customer[about], about, sent))
    about_what = np.concatenate([np.full(len(w), s) for s, w, _, _ in found])
    customer, contact, at = (np.concatenate([f[i] for f in found]) for i in (1, 2, 3))
    keep = customers.here(customer, at) & (at >= 0) & (at < FINISH)
    order = np.lexsort((at[keep], customer[keep]))
    return about_what[keep][order], customer[keep][order], contact[keep][order], np.floor(at[keep][order])


def _held_back(customer: Codes, at: Array) -> Flags:
    """Requests within 30 days of an earlier one that was sent; rows come by customer and time."""
    held = np.zeros(len(at), np.bool_)
    if not len(at):
        return held
    first = np.flatnonzero(np.diff(customer, prepend=-1))
    sizes = np.diff(np.append(first, len(at)))
    last = at[first].copy()
    for place in range(1, int(sizes.max())):
        group = np.flatnonzero(sizes > place)
        rows = first[group] + place
        held[rows] = at[rows] - last[group] < COOLDOWN
        last[group] = np.where(held[rows], last[group], at[rows])
    return held


def invitations(prefix: str, asked: Asked, contacts: Contacts) -> pa.Table:
    """One row a request; those held back have no time at which they were sent."""
    n = len(asked)
    about = np.where(asked.contact >= 0, contacts.reason[asked.contact], -1)
    columns = {
        "invitation_id": keys(prefix + "U", np.arange(n)),
        "survey": words(asked.survey, SURVEYS),
        "touchpoint": words(about, REASONS),
        "channel": words(asked.channel, [name for name, _ in _INVITED_BY]),
        "customer_id": keys(prefix + "K", asked.customer),
        "sent_at": utc(np.where(asked.held_back, np.nan, asked.planned)),
        "bounced_at": utc(asked.bounced),
        "opened_at": utc(asked.opened),
        "started_at": utc(asked.started),
        "answered_at": utc(asked.answered),
        "expired_at": utc(np.where(asked.held_back, np.nan, asked.planned + 30 * DAY)),
        "held_back_reason": words(np.where(asked.held_back, 0, -1), ("korter dan 30 dagen geleden gevraagd",)),
    }
    return fact_table("invitations", SOURCE, columns)
