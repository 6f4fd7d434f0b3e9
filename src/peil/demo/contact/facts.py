"""Contacts as rows: what the helpdesk's system tells of each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from peil.demo.clock import DAY, FINISH, HOUR, Codes, Flags, Random, between, utc, weekday_of
from peil.demo.contact.contacts import APP, CHAT, EMAIL, MESSAGING, PHONE, WEB, Contacts
from peil.demo.contact.episodes import ADDRESS_TYPES, CONTROLLABLE, MOVING, REASON_TYPE, REASONS
from peil.demo.customers import CHANNELS, TIERS, Customers
from peil.demo.employees import TEAMS, Staff
from peil.demo.tables import fact_table, flag, keys, pick, real, stream, whole, words

SOURCE = "klantcontact"
QUEUES = ("Algemeen", "Nota en betalen", "Verhuizen", "Storing", "Contract")
STAGES = ("nieuw", "klant", "lang klant")
ADDRESS = "x_soort_adres"
_QUEUE = np.array([1, 1, 1, 2, 3, 0, 4, 4, 4, 0])
_COST_AN_HOUR = 46.0
_COST = np.array([0.9, 0.25, 0.35, 0.25, 0.25, 0.2, 0.2, 1.6, 4.5])  # euro a contact, work apart


@dataclass(frozen=True, slots=True)
class Desk:
    """What the helpdesk's rows are made of."""

    prefix: str
    customers: Customers
    contacts: Contacts
    known: Flags  # contacts of which the customer is known
    employee: Codes  # of each contact; -1 where nobody answered


def open_desk(seed: int, prefix: str, who: tuple[Customers, Staff], contacts: Contacts) -> Desk:
    rng = stream(seed, "desk")
    customers, staff = who
    reached = ~np.isnan(contacts.first_response)
    at = np.where(reached, contacts.first_response, contacts.opened)
    employee = np.where(reached, staff.choose(rng, contacts.team, at), -1)
    return Desk(prefix, customers, contacts, rng.random(len(contacts)) < 0.985, employee)


def interactions(seed: int, desk: Desk) -> pa.Table:
    """One row a contact."""
    rng = stream(seed, "interactions")
    c = desk.contacts
    parts = {**_about(desk), **_waits(rng, c), **_call_backs(rng, c), **_work(c), **_ends(c)}
    return fact_table("interactions", SOURCE, parts)


def _about(desk: Desk) -> dict[str, pa.Array]:
    c, tier = desk.contacts, desk.customers.tier
    reached = ~np.isnan(c.first_response)
    return {
        "interaction_id": keys(desk.prefix + "C", np.arange(len(c)), 7),
        "customer_id": keys(desk.prefix + "K", np.where(desk.known, c.customer, -1)),
        "direction": words(np.zeros(len(c), np.int64), ("in",)),
        "channel": words(c.channel, CHANNELS),
        "queue": words(_QUEUE[c.reason], QUEUES),
        "reason": words(c.reason, REASONS),
        "reason_type": words(c.reason, REASON_TYPE),
        "controllable": words(c.reason, CONTROLLABLE),
        "tier": words(tier[c.customer], TIERS),
        "stage": words(_stages(desk.customers, c), STAGES),
        "employee_id": keys(desk.prefix + "M", desk.employee, 4),
        "team": words(np.where(reached, c.team, -1), TEAMS),
        ADDRESS: words(np.where(c.reason == MOVING, c.new_build.astype(np.int64), -1), ADDRESS_TYPES),
    }


def _stages(customers: Customers, c: Contacts) -> Codes:
    days = (c.opened - customers.since[c.customer]) / DAY
    return np.where(days < 90, 0, np.where(days < 3 * 365, 1, 2))


def _waits(rng: Random, c: Contacts) -> dict[str, pa.Array]:
    n = len(c)
    first = np.floor(between(c.opened, c.first_response))
    reached = ~np.isnan(first)
    written = np.isin(c.channel, (EMAIL, WEB, APP, MESSAGING)) & (rng.random(n) < 0.92)
    replied = np.isin(c.channel, (EMAIL, CHAT, MESSAGING)) & reached & (rng.random(n) < 0.6)
    next_reply = np.floor(np.exp(0.7 * rng.standard_normal(n)) * np.where(c.channel == CHAT, 65.0, 5_400.0))
    in_all = np.where(np.isnan(c.waited), first, c.waited) + np.where(replied, next_reply, 0.0)
    return {
        "opened_at": utc(c.opened),
        "answered": flag(reached),
        "abandoned": flag(c.hung_up, ~np.isnan(c.waited)),
        "auto_reply_seconds": real(np.where(written, np.floor(8 + rng.exponential(14, n)), np.nan)),
        "first_response_seconds": real(first),
        "first_response_target_seconds": real(np.floor(between(c.opened, c.due))),
        "wait_seconds": real(c.waited),
        "next_reply_seconds": real(np.where(replied, next_reply, np.nan)),
        "total_wait_seconds": real(in_all),
    }


def _call_backs(rng: Random, c: Contacts) -> dict[str, pa.Array]:
    """Some callers are called back: the slot ends at four the next working day, and is met mostly."""
    n = len(c)
    promised = (c.channel == PHONE) & ~np.isnan(c.first_response) & (rng.random(n) < 0.06)
    day = np.floor(c.opened / DAY) + 1
    day += np.maximum(7 - weekday_of(day.astype(np.int64)), 0) * (weekday_of(day.astype(np.int64)) >= 5)
    slot = np.where(promised, day * DAY + 16 * HOUR, np.nan)
    kept = np.where(rng.random(n) < 0.86, slot - rng.random(n) * 3 * HOUR, slot + 300 + rng.exponential(2 * HOUR, n))
    kept = np.where((rng.random(n) < 0.05) | (kept >= FINISH), np.nan, kept)
    return {"callback_promised_at": utc(slot), "callback_kept_at": utc(kept)}


def _work(c: Contacts) -> dict[str, pa.Array]:
    """Talk, hold and wrap-up of calls; of the rest the work as a whole."""
    reached = ~np.isnan(c.first_response)
    work = np.floor(np.where(reached, c.work, np.nan))
    call = c.channel == PHONE
    talk, hold = np.floor(0.72 * work), np.floor(0.08 * work)
    cost = _COST[c.channel] + np.nan_to_num(work) / HOUR * _COST_AN_HOUR
    parts = {"talk_seconds": talk, "hold_seconds": hold, "wrap_up_seconds": work - talk - hold}
    return {
        **{name: real(np.where(call, seconds, np.nan)) for name, seconds in parts.items()},
        "handle_seconds": real(np.where(call, np.nan, work)),
        "cost": real(np.round(cost, 2)),
    }


def _ends(c: Contacts) -> dict[str, pa.Array]:
    reached, solved = ~np.isnan(c.first_response), ~np.isnan(c.resolved)
    by = np.where(solved, np.where(c.automatic, 1, 0), 2)
    return {
        "resolved_at": utc(c.resolved),
        "resolved_by": words(by, ("person", "automatic", "nobody")),
        "transfers": whole(c.transfers, reached),
        "warm_transfer": flag(c.warm, c.transfers > 0),
        "reopens": whole(c.reopened, solved),
    }


def touches(seed: int, desk: Desk, staff: Staff) -> pa.Table:
    """One row for each person who had a contact in hand: the first, and one more for each transfer."""
    rng = stream(seed, "touches")
    c = desk.contacts
    rows = np.flatnonzero(~np.isnan(c.first_response))
    times = c.transfers[rows] + 1
    contact = np.repeat(rows, times)
    place = np.arange(len(contact)) - np.repeat(np.cumsum(times) - times, times)
    share = np.floor(c.work[contact] / np.repeat(times, times))
    began = c.first_response[contact] + place * share
    began, ended = np.minimum(began, FINISH - 1), np.minimum(began + share, FINISH - 1)
    other = pick(rng, len(contact), (0.24, 0.22, 0.2, 0.19, 0.15))
    team = np.where(place == 0, c.team[contact], other)
    person = np.where(place == 0, desk.employee[contact], staff.choose(rng, team, began))
    columns = {
        "touch_id": pc.binary_join_element_wise(
            keys(desk.prefix + "C", contact, 7), pa.array(place + 1).cast(pa.string()), "-"
        ),
        "interaction_id": keys(desk.prefix + "C", contact, 7),
        "customer_id": keys(desk.prefix + "K", np.where(desk.known[contact], c.customer[contact], -1)),
        "employee_id": keys(desk.prefix + "M", person, 4),
        "team": words(team, TEAMS),
        "started_at": utc(began),
        "ended_at": utc(ended),
        "handle_seconds": real(share),
    }
    return fact_table("touches", SOURCE, columns)
