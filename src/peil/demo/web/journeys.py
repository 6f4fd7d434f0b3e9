"""Journeys begun on the website: how far customers got, and whether they finished there, elsewhere or not."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from peil.demo.clock import DAY, FINISH, utc
from peil.demo.tables import fact_table, flag, keys, pick, real, stream, whole, words
from peil.demo.web.facts import SOURCE
from peil.demo.web.visits import BUYING, SERVICE, Visits

JOURNEYS = ("verhuizen", "aanmelden", "jaarnota", "termijnbedrag", "opzeggen")
JOIN = 1
STEPS = np.array([6, 7, 4, 3, 5])
_OF_SERVICE = (0.24, 0.0, 0.27, 0.37, 0.12)
_WEB = np.array([0.6, 0.52, 0.74, 0.8, 0.55])
_ELSEWHERE = np.array([0.17, 0.13, 0.09, 0.07, 0.2])
_WINDOW = 14 * DAY  # after which who has not finished has given up
_BEGUN = 0.32  # of the visits in which one could begin


def journey_runs(seed: int, prefix: str, visits: Visits) -> pa.Table:
    """One row a journey begun; what may still be finished within its window is not told yet."""
    rng = stream(seed, "journeys")
    v = visits
    able = ((v.purpose == SERVICE) & (v.my_pages | v.tool)) | (v.purpose == BUYING)
    rows = np.flatnonzero(able & (rng.random(len(v)) < _BEGUN))
    n = len(rows)
    journey = np.where(v.purpose[rows] == BUYING, JOIN, pick(rng, n, _OF_SERVICE))
    chance = rng.random(n)
    web = chance < _WEB[journey]
    elsewhere = ~web & (chance < _WEB[journey] + _ELSEWHERE[journey])
    done = np.where(web | elsewhere, STEPS[journey], (rng.random(n) * STEPS[journey]).astype(np.int64))
    begun = v.at[rows] + 60.0
    told = begun < FINISH - _WINDOW
    seconds = np.exp(0.6 * rng.standard_normal(n)) * np.where(web, 70.0 * STEPS[journey], 2.2 * DAY)
    columns = {
        "run_id": keys(prefix + "J", np.arange(n)),
        "customer_id": keys(prefix + "K", v.signed_in[rows]),
        "visit_id": keys(prefix + "B", rows, 7),
        "journey": words(journey, JOURNEYS),
        "started_at": utc(begun),
        "steps_done": whole(done, told),
        "completed": flag(web | elsewhere, told),
        "completed_in": words(
            np.where(told, np.where(web, 0, np.where(elsewhere, 1, 2)), -1), ("web", "elsewhere", "no")
        ),
        "seconds": real(np.where((web | elsewhere) & told, np.floor(np.minimum(seconds, _WINDOW)), np.nan)),
    }
    return fact_table("journey_runs", SOURCE, columns)
