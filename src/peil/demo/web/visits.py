"""Visits to the website: who comes for what, what they read, and whether they end up on the contact page."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from peil.demo.clock import DAYS, FINISH, MINUTE, Array, Codes, Flags, Random, draw_moments, month_of, weekday_of
from peil.demo.customers import Customers
from peil.demo.tables import pick, stream
from peil.demo.web.articles import HELPFUL, SHARES, UNHELPFUL

PER_CUSTOMER, PER_STRANGER = 4.3, 1.05  # visits over the whole time for each customer
SERVICE, OFFER, BUYING, PASSING = range(4)
SIGNED_IN, CONSENTED, UNKNOWN = range(3)
TO_CONTACT, TO_CONTACT_AFTER, TO_CONTACT_UNHELPED = 0.065, 0.085, 0.36
VOTING = 0.21
_MOST = 3  # articles a visit
_HOURS = np.array([.8, 0, 0, 0, 0, 0, 1, 2, 3.5, 5, 5.5, 5.5, 5, 5, 5, 5, 5, 5, 5, 6.5, 7.5, 7, 5, 2.5])  # fmt: skip
_WEEK = np.array((1.2, 1.08, 1.02, 1.0, 0.94, 0.8, 0.9))
_SEASON = np.array((12, 11, 10, 9, 8, 8, 7, 7, 8, 9, 10, 10.0))


@dataclass(frozen=True, slots=True)
class Visits:
    """One place a visit in every array, in the order of time."""

    customer: Codes  # -1 for strangers
    visitor: Codes
    told: Codes  # signed in, consented, unknown
    purpose: Codes
    at: Array
    returning: Flags
    self_care: Flags
    my_pages: Flags
    tool: Flags
    searched: Flags
    found: Flags
    articles: Codes  # (visits, 3), -1 where there is none
    votes: Codes  # (visits, 3): 1 yes, 0 no, -1 none
    contact_page: Flags
    after_self_service: Flags
    landed: Flags  # on a service page
    converted: Flags
    pages: Codes
    device: Codes
    came_from: Codes

    def __len__(self) -> int:
        return len(self.at)

    @property
    def signed_in(self) -> Codes:
        """The customer where the site knows who it is, else -1."""
        return np.where(self.told == SIGNED_IN, self.customer, -1)


def draw_visits(seed: int, customers: Customers, size: int) -> Visits:
    """Visits of customers, and of strangers in proportion to the `size` of the company."""
    rng = stream(seed, "visits")
    who, visitor, at = _visitors(rng, customers, size)
    n = len(at)
    stranger = who < 0
    told = np.where(stranger, pick(rng, n, (0.0, 0.45, 0.55)), pick(rng, n, (0.42, 0.28, 0.3)))
    purpose = np.where(stranger, pick(rng, n, (0.12, 0.5, 0.25, 0.13)), pick(rng, n, (0.8, 0.06, 0.02, 0.12)))
    service = purpose == SERVICE
    my_pages = (told == SIGNED_IN) & (rng.random(n) < 0.72)
    self_care = service & (rng.random(n) < 0.56)
    tool = service & (rng.random(n) < 0.14)
    searched = rng.random(n) < np.where(self_care, 0.42, 0.08)
    articles, votes = _reading(rng, self_care)
    contact, after = _to_contact(rng, articles, my_pages | self_care | tool, service)
    pages = 1 + rng.poisson(np.where(my_pages | tool | searched, 3.0, 0.9)) + contact + (articles >= 0).sum(axis=1) // 2
    return Visits(
        customer=who, visitor=visitor, told=told, purpose=purpose, at=at,
        returning=rng.random(n) < np.where(stranger, 0.22, 0.74),
        self_care=self_care, my_pages=my_pages, tool=tool, searched=searched, found=rng.random(n) < 0.83,
        articles=articles, votes=votes, contact_page=contact, after_self_service=after,
        landed=service & (rng.random(n) < 0.72),
        converted=rng.random(n) < np.choose(purpose, [np.where(tool | my_pages, 0.31, 0.02), np.full(n, 0.015), np.full(n, 0.24), np.zeros(n)]),
        pages=pages.astype(np.int64), device=pick(rng, n, (0.58, 0.09, 0.33)), came_from=pick(rng, n, (0.38, 0.27, 0.17, 0.1, 0.08)),
    )  # fmt: skip


def _visitors(rng: Random, customers: Customers, size: int) -> tuple[Codes, Codes, Array]:
    everyone = np.arange(len(customers))
    day = np.arange(DAYS)
    days = _SEASON[month_of(day)] * _WEEK[weekday_of(day)]
    own = np.repeat(everyone, rng.poisson(PER_CUSTOMER * np.sqrt(customers.restless), len(customers)))
    people = round(size * PER_STRANGER / 1.8)
    strangers = np.repeat(np.arange(people), rng.poisson(1.8, people))
    who = np.concatenate([own, np.full(len(strangers), -1)])
    visitor = np.concatenate([own, len(customers) + strangers])
    at = draw_moments(rng, len(who), days, _HOURS)
    here = np.where(who < 0, True, customers.here(np.maximum(who, 0), at)) & (at < FINISH - 40 * MINUTE)
    order = np.argsort(at[here], kind="stable")
    return who[here][order], visitor[here][order], at[here][order]


def _reading(rng: Random, self_care: Flags) -> tuple[Codes, Codes]:
    """Up to three answers of the help pages, each once a visit, and the votes on them."""
    n = len(self_care)
    count = np.where(self_care, 1 + (rng.random(n) < 0.3) + (rng.random(n) < 0.1), 0)
    articles = np.column_stack([pick(rng, n, SHARES) for _ in range(_MOST)])
    articles[count[:, None] <= np.arange(_MOST)] = -1
    for place in range(1, _MOST):
        again = (articles[:, :place] == articles[:, place, None]).any(axis=1)
        articles[again, place] = -1
    yes = rng.random((n, _MOST)) < np.array(HELPFUL)[articles]
    voted = (rng.random((n, _MOST)) < VOTING) & (articles >= 0)
    return articles, np.where(voted, yes, -1).astype(np.int64)


def _to_contact(rng: Random, articles: Codes, self_service: Flags, service: Flags) -> tuple[Flags, Flags]:
    n = len(service)
    chance = np.where(self_service, TO_CONTACT_AFTER, TO_CONTACT) * np.where(service, 1.0, 0.3)
    chance = np.where((articles == UNHELPFUL).any(axis=1), TO_CONTACT_UNHELPED, chance)
    contact = rng.random(n) < chance
    return contact, contact & self_service & (rng.random(n) < 0.88)


def first_article(visits: Visits) -> Codes:
    """The first answer that a visit read; -1 for none."""
    return visits.articles[:, 0]
