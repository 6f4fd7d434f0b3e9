"""Contacts: each question with its channel, its wait, its transfers, and whether the customer had to come back."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

import numpy as np

from peil.demo.clock import (
    DAY,
    FINISH,
    HOUR,
    MINUTE,
    Array,
    Codes,
    Flags,
    Random,
    day_of,
    draw_clock,
    hour_of,
    moment,
    office,
    online,
    weekday_of,
)
from peil.demo.contact.episodes import FAULT, NEW_ADDRESSES, OUTAGES, Episodes
from peil.demo.customers import CHANNELS, Customers
from peil.demo.tables import pick, stream

PHONE, EMAIL, CHAT, SOCIAL, WEB, APP, MESSAGING, POST, IN_PERSON = range(len(CHANNELS))
LIVE = (PHONE, CHAT, IN_PERSON)
EVENING, FAULTS = 3, 4

EVENING_MAIL = moment(date(2026, 1, 1))  # from here on the evening shift answers e-mail
ROUTING = moment(date(2026, 10, 5))  # from here on calls are routed by reason
MAIL_MEDIANS = 4.9 * HOUR, 2.5 * HOUR  # before and after, in opening hours
TRANSFERRED, TRANSFERRED_ROUTED, TRANSFERRED_ELSEWHERE = 0.185, 0.118, 0.13
AGAIN, AGAIN_NEW_ADDRESS, AGAIN_HUNG_UP = 0.225, 0.72, 0.5
_MOST = 4  # contacts about one question

# median seconds to the first response (opening hours but for those who wait live), spread of its logarithm
_RESPONSE = {
    PHONE: (18.0, 1.1), CHAT: (52.0, 1.0), IN_PERSON: (240.0, 0.7), SOCIAL: (2_300.0, 1.1), MESSAGING: (900.0, 1.1),
    EMAIL: (MAIL_MEDIANS[1], 0.9), WEB: (2.8 * HOUR, 0.9), APP: (2.6 * HOUR, 0.9), POST: (14 * HOUR, 0.7),
}  # fmt: skip
_DEADLINE = np.array([30.0, 4 * HOUR, 120.0, HOUR, 4 * HOUR, 4 * HOUR, 30 * MINUTE, 3 * DAY, 10 * MINUTE])
_WORK = np.array([330.0, 420.0, 520.0, 240.0, 400.0, 300.0, 450.0, 700.0, 600.0])  # median seconds
_AUTOMATIC = np.array([0.0, 0.0, 0.12, 0.0, 0.03, 0.12, 0.1, 0.0, 0.0])
_LOAD_BY_HOUR = np.array([1, 1, 1, 1, 1, 1, 1, 1, 0.9, 1.3, 1.35, 1.2, 1, 1, 1.1, 1.1, 1, 0.9, 0.9, 1, 0.9, 0.8, 1, 1])
_HOURS_OF_CALLS = np.array([0] * 8 + [6, 10, 11, 9, 7, 8, 9, 9, 8, 6, 4, 5, 4, 0, 0, 0], dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Contacts:
    """One place a contact in every array; moments are NaN for what did not happen."""

    customer: Codes
    reason: Codes
    new_build: Flags
    episode: Codes
    number: Codes  # 0 for the first about its question
    channel: Codes
    opened: Array
    first_response: Array
    due: Array  # moment by which the first response had to be there
    waited: Array  # seconds in line, NaN where there is none
    hung_up: Flags
    automatic: Flags
    transfers: Codes
    warm: Flags
    work: Array  # seconds
    resolved: Array
    again: Flags  # the customer comes back: it was not solved
    reopened: Codes
    team: Codes

    def __len__(self) -> int:
        return len(self.opened)


def draw_contacts(seed: int, customers: Customers, episodes: Episodes) -> Contacts:
    """Contact after contact about each question, as long as the customer comes back."""
    rng = stream(seed, "contacts")
    rounds: list[Contacts] = []
    index, at = np.arange(len(episodes)), episodes.at
    channel = _first_channels(rng, customers.channel[episodes.customer])
    for number in range(_MOST):
        made = _round(rng, episodes, (index, at, channel), number)
        rounds.append(made)
        back = made.again if number + 1 < _MOST else np.zeros(len(made), np.bool_)
        index = made.episode[back]
        later = np.fmax(made.opened[back], np.fmin(made.first_response[back], made.opened[back] + 2 * DAY))
        at = _next_moments(rng, later, made.opened[back])
        channel = _next_channels(rng, made.channel[back])
    contacts = _joined(rounds)
    return _taken(
        contacts, np.flatnonzero(customers.here(contacts.customer, contacts.opened) & (contacts.opened < FINISH))
    )


def _joined(rounds: list[Contacts]) -> Contacts:
    whole = Contacts(*(np.concatenate([getattr(r, f.name) for r in rounds]) for f in fields(Contacts)))
    return _taken(whole, np.lexsort((whole.number, whole.opened)))


def _taken(contacts: Contacts, rows: Codes) -> Contacts:
    return Contacts(*(getattr(contacts, f.name)[rows] for f in fields(Contacts)))


def _first_channels(rng: Random, liked: Codes) -> Codes:
    other = pick(rng, len(liked), (0.43, 0.18, 0.12, 0.03, 0.07, 0.06, 0.08, 0.02, 0.01))
    return np.where(rng.random(len(liked)) < 0.7, liked, other)


def _next_channels(rng: Random, last: Codes) -> Codes:
    """Who comes back does so in the same channel mostly, else by phone mostly."""
    other = pick(rng, len(last), (0.6, 0.2, 0.1, 0.02, 0.03, 0.02, 0.03, 0.0, 0.0))
    return np.where(rng.random(len(last)) < 0.68, last, other)


def _next_moments(rng: Random, after: Array, opened: Array) -> Array:
    """Some days later, within the five days that make it the same question."""
    day = np.floor(after / DAY) + np.where(rng.random(len(after)) < 0.25, 0, 1) + rng.integers(0, 4, len(after))
    day = np.minimum(day, np.floor(opened / DAY) + 5)
    at = day * DAY + 8 * HOUR + rng.random(len(after)) * 12 * HOUR
    return np.where(at <= after, after + 2 * HOUR + rng.random(len(after)) * HOUR, at)


def _round(rng: Random, episodes: Episodes, who: tuple[Codes, Array, Codes], number: int) -> Contacts:
    """The contacts that are the `number`th about their question."""
    index, at, channel = who
    n = len(index)
    opened = _within_hours(rng, at, channel)
    automatic = rng.random(n) < _AUTOMATIC[channel]
    first, due, waited, hung_up = _responses(rng, channel, opened, automatic)
    transfers = _transfers(rng, channel, opened, ~hung_up & ~automatic)
    new_build, reason = episodes.new_build[index], episodes.reason[index]
    chance = np.where(new_build & (opened >= NEW_ADDRESSES), AGAIN_NEW_ADDRESS, AGAIN + 0.05 * (transfers > 0))
    chance = np.where(hung_up, AGAIN_HUNG_UP, chance) * 0.85**number
    again = rng.random(n) < chance
    work = np.where(
        hung_up | automatic, np.nan, _WORK[channel] * np.exp(0.55 * rng.standard_normal(n)) * (1 + 0.35 * transfers)
    )
    resolved = _solutions(rng, (channel, opened, first), work, (hung_up, automatic, again))
    reopened = np.where(~np.isnan(resolved) & (rng.random(n) < 0.045), 1 + (rng.random(n) < 0.15), 0)
    team = np.where(reason == FAULT, FAULTS, _teams(rng, (channel, opened, np.where(np.isnan(first), opened, first))))
    return Contacts(
        customer=episodes.customer[index], reason=reason, new_build=new_build, episode=index,
        number=np.full(n, number), channel=channel, opened=opened, first_response=_until_now(first), due=due,
        waited=waited, hung_up=hung_up, automatic=automatic, transfers=transfers,
        warm=(rng.random(n) < 0.62) & (transfers > 0), work=work, resolved=_until_now(resolved), again=again,
        reopened=reopened, team=team,
    )  # fmt: skip


def _until_now(at: Array) -> Array:
    """What happens after the last day has not happened yet."""
    return np.where(at < FINISH, at, np.nan)


def _within_hours(rng: Random, at: Array, channel: Codes) -> Array:
    """Calls, chats and counters only while somebody is there: what falls outside comes in the next open day."""
    hours = office()
    live = np.isin(channel, LIVE) & ~hours.is_open(at)
    next_open = hours.after(at, np.full(len(at), 1.0))
    day = np.floor(next_open / DAY) * DAY
    moved = np.maximum(day + draw_clock(rng, len(at), _HOURS_OF_CALLS), next_open)
    moved = np.where(hours.is_open(moved), moved, next_open + rng.random(len(at)) * 7 * HOUR)
    return np.where(live, moved, np.where(channel == POST, np.floor(at / DAY) * DAY + 10 * HOUR, at))


def _load(opened: Array) -> Array:
    """How busy the line is, as a multiple of the usual wait; the same in every company."""
    day = day_of(opened)
    load = _LOAD_BY_HOUR[hour_of(opened)] * np.where(weekday_of(day) == 0, 1.3, 1.0)
    for out, _ in OUTAGES:
        load = np.where(day == int(out // DAY), load * 2.2, load)
    return np.asarray(load)


def _responses(rng: Random, channel: Codes, opened: Array, automatic: Flags) -> tuple[Array, Array, Array, Flags]:
    """First response, its deadline, the wait in line, and who hung up."""
    n = len(opened)
    median = np.array([_RESPONSE[c][0] for c in range(len(CHANNELS))])[channel]
    median = np.where((channel == EMAIL) & (opened < EVENING_MAIL), MAIL_MEDIANS[0], median)
    spread = np.array([_RESPONSE[c][1] for c in range(len(CHANNELS))])[channel]
    seconds = np.maximum(median * np.exp(spread * rng.standard_normal(n)), 2.0)
    live = np.isin(channel, LIVE)
    seconds = np.where(live, seconds * _load(opened), seconds)
    patience = rng.exponential(np.where(channel == PHONE, 640.0, 1_900.0)) + 4
    hung_up = np.isin(channel, (PHONE, CHAT)) & (patience < seconds) & ~automatic
    first = opened + np.where(live, seconds, np.nan)
    due = opened + _DEADLINE[channel]
    for hours, channels in ((office(), (EMAIL, WEB, APP, POST)), (online(), (SOCIAL, MESSAGING))):
        rows = np.flatnonzero(np.isin(channel, channels))
        first[rows] = hours.after(opened[rows], seconds[rows])
        if EMAIL in channels:
            rows = rows[channel[rows] != POST]
        due[rows] = hours.after(opened[rows], _DEADLINE[channel[rows]])
    waited = np.where(np.isin(channel, (PHONE, CHAT)) & ~automatic, np.where(hung_up, patience, seconds), np.nan)
    return np.where(hung_up | automatic, np.nan, first), due, np.floor(waited), hung_up


def _transfers(rng: Random, channel: Codes, opened: Array, reached: Flags) -> Codes:
    chance = np.where(opened >= ROUTING, TRANSFERRED_ROUTED, TRANSFERRED)
    chance = np.where(channel == PHONE, chance, TRANSFERRED_ELSEWHERE)
    once = (rng.random(len(opened)) < chance) & reached
    more = once & (rng.random(len(opened)) < 0.22)
    return once.astype(np.int64) + more + (more & (rng.random(len(opened)) < 0.2))


def _solutions(rng: Random, times: tuple[Codes, Array, Array], work: Array, how: tuple[Flags, Flags, Flags]) -> Array:
    """When it was marked as solved; never where nobody answered, and in some cases where the customer comes back."""
    channel, opened, first = times
    hung_up, automatic, again = how
    n = len(opened)
    longer = rng.random(n) < np.where(channel == PHONE, 0.14, 0.3)
    extra = np.where(longer, np.exp(rng.standard_normal(n) * 0.8) * 9 * HOUR, 0.0)
    done = office().after(first, extra) + np.nan_to_num(work)
    done = np.where(longer, done, first + np.nan_to_num(work))
    done = np.where(automatic, opened + 20 + 60 * rng.random(n), done)
    left_open = hung_up | (again & (rng.random(n) < 0.25)) | (rng.random(n) < 0.012)
    return np.where(left_open, np.nan, done)


def _teams(rng: Random, when: tuple[Codes, Array, Array]) -> Codes:
    """The evening shift after five, on Saturdays and, once it has it, for half of the mail; else one of three towns."""
    channel, opened, at = when
    mail = (channel == EMAIL) & (opened >= EVENING_MAIL) & (rng.random(len(at)) < 0.5)
    evening = mail | (hour_of(at) >= 17) | (weekday_of(day_of(at)) >= 5)
    return np.where(evening, EVENING, pick(rng, len(at), (0.36, 0.34, 0.3)))
