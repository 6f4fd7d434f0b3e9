"""The website's own records: visits, what was read and voted, and the events in between."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from peil.demo.clock import Codes, utc
from peil.demo.tables import fact_table, flag, keys, stream, whole, words
from peil.demo.web.articles import ARTICLES
from peil.demo.web.visits import BUYING, OFFER, SERVICE, UNKNOWN, Visits, first_article

SOURCE = "website"
DEVICES = ("phone", "tablet", "computer")
CAME_FROM = ("zoekmachine", "rechtstreeks", "nieuwsbrief", "advertentie", "andere site")
FIRST_ARTICLE = "x_eerste_artikel"
SEARCHES = (
    "jaarnota",
    "termijnbedrag",
    "verhuizen",
    "adres",
    "storing",
    "contact",
    "tarief",
    "inloggen",
    "betalen",
    "opzeggen",
)
MISSED = ("nieuwbouw adres", "postcode onbekend", "buurtbatterij", "korting vereniging", "meterkast verplaatsen")


def visits_table(prefix: str, visits: Visits) -> pa.Table:
    """One row a visit."""
    v, n = visits, len(visits)
    voted = (v.votes >= 0).any(axis=1)
    known = v.told != UNKNOWN
    columns = {
        "visit_id": keys(prefix + "B", np.arange(n), 7),
        "visitor_id": keys(prefix + "V", np.where(known, v.visitor, -1)),
        "customer_id": keys(prefix + "K", v.signed_in),
        "started_at": utc(v.at),
        "returning": flag(v.returning, known),
        "orientation": flag(v.purpose == OFFER),
        "sales": flag(v.purpose == BUYING),
        "service": flag(v.purpose == SERVICE),
        "self_care": flag(v.self_care),
        "self_provisioning": flag(v.my_pages),
        "contact_page": flag(v.contact_page),
        "contact_after_self_service": flag(v.after_self_service),
        "landed_on_service": flag(v.landed),
        "bounced": flag(v.landed & (v.pages == 1) & ~voted & ~v.searched & ~v.tool),
        "used_tool": flag(v.tool),
        "converted": flag(v.converted),
        "pages": whole(v.pages),
        "device": words(v.device, DEVICES),
        "traffic_source": words(v.came_from, CAME_FROM),
        FIRST_ARTICLE: words(first_article(v), ARTICLES),
    }
    return fact_table("visits", SOURCE, columns)


def solution_views(prefix: str, visits: Visits) -> pa.Table:
    """One row for each answer shown."""
    row, place = np.nonzero(visits.articles >= 0)
    vote = visits.votes[row, place]
    columns = {
        "view_id": _numbered(prefix, row, place, "A"),
        "visit_id": keys(prefix + "B", row, 7),
        "customer_id": keys(prefix + "K", visits.signed_in[row]),
        "solution": words(visits.articles[row, place], ARTICLES),
        "at": utc(visits.at[row] + 40.0 + 90.0 * place),
        "helpful": flag(vote == 1, vote >= 0),
    }
    return fact_table("solution_views", SOURCE, columns)


def _numbered(prefix: str, row: Codes, place: Codes, letter: str) -> pa.Array:
    return pc.binary_join_element_wise(keys(prefix + "B", row, 7), pa.array(place).cast(pa.string()), letter)


def web_events(seed: int, prefix: str, visits: Visits) -> pa.Table:
    """Searches, answers shown, votes, and tools; pages themselves are counted in the visit."""
    rng = stream(seed, "web events")
    v = visits
    shown, votes = np.nonzero(v.articles >= 0), np.nonzero(v.votes >= 0)
    search, tool = np.flatnonzero(v.searched), np.flatnonzero(v.tool)
    parts = ((search, search * 0, 0), (shown[0], shown[1], 1), (votes[0], votes[1], 2), (tool, tool * 0, 3))
    row, place, kind = (np.concatenate([p[i] if i < 2 else np.full(len(p[0]), p[2]) for p in parts]) for i in range(3))
    searched = kind == 0
    word = rng.integers(0, len(SEARCHES), len(row))
    missed = rng.integers(0, len(MISSED), len(row))
    found = v.found[row]
    text = np.where(searched, np.where(found, word, len(SEARCHES) + missed), -1)
    columns = {
        "event_id": pc.binary_join_element_wise(
            keys(prefix + "B", row, 7), pa.array(kind * 10 + place).cast(pa.string()), "-"
        ),
        "visit_id": keys(prefix + "B", row, 7),
        "customer_id": keys(prefix + "K", v.signed_in[row]),
        "at": utc(v.at[row] + np.array([15.0, 40.0, 75.0, 200.0])[kind] + 90.0 * place),
        "kind": words(kind, ("search", "solution", "vote", "tool")),
        "path": words(kind, ("/zoeken", "/service/antwoord", "/service/antwoord", "/mijn/rekenhulp")),
        "searched": words(text, SEARCHES + MISSED),
        "found": flag(found, searched),
    }
    return fact_table("web_events", SOURCE, columns)
