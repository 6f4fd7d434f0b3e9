"""The question on leaving the website: did it work, how usable is it, how satisfied are you."""

from __future__ import annotations

import numpy as np

from peil.demo.clock import FINISH, HOUR, Array, Random, utc
from peil.demo.surveys.scores import left_blank, said_yes, score_of
from peil.demo.surveys.sheet import Question, Sheet
from peil.demo.tables import keys, stream, words
from peil.demo.web.articles import UNHELPFUL
from peil.demo.web.visits import SERVICE, Visits

SOURCE = "websitevragen"
SURVEY = "website"
_SHOWN_AND_ANSWERED = 0.017  # of the visits for service
CSAT = (0.04, 0.06, 0.13, 0.47, 0.3)
_ITEMS = (
    "Ik zou deze website vaker willen gebruiken", "De website is onnodig ingewikkeld",
    "De website is makkelijk te gebruiken", "Ik heb hulp nodig om de website te kunnen gebruiken",
    "De onderdelen van de website sluiten goed op elkaar aan", "De website is niet overal hetzelfde",
    "De meeste mensen hebben de website snel door", "De website is omslachtig",
    "Ik voel me zeker bij het gebruik", "Ik moest veel leren voor ik verder kon",
)  # fmt: skip
_TASK = "Is het gelukt waarvoor u kwam?"
_PLEASED = "Hoe tevreden bent u over de website? (1-5)"
QUESTIONS = (
    Question(key="gelukt", kind="task_success", scale=(0, 1), heading=_TASK),
    Question(key="tevreden_website", kind="csat", scale=(1, 5), heading=_PLEASED),
    *(
        Question(key=f"sus_{number:02}", kind="sus_item", scale=(1, 5), heading=f"{number}. {text} (1-5)")
        for number, text in enumerate(_ITEMS, start=1)
    ),
)


def website_sheet(seed: int, prefix: str, visits: Visits) -> Sheet:
    rng = stream(seed, "website survey")
    asked = (rng.random(len(visits)) < _SHOWN_AND_ANSWERED) & (visits.purpose == SERVICE) & (visits.at < FINISH - HOUR)
    rows = np.flatnonzero(asked)
    n = len(rows)
    ease = rng.standard_normal(n)
    unhelped = (visits.articles[rows] == UNHELPFUL).any(axis=1)
    worked = said_yes(rng, np.where(unhelped, 0.4, 0.79))
    pleased = 0.6 * ease + 0.7 * worked - 0.53 + 0.72 * rng.standard_normal(n)
    return Sheet(
        source=SOURCE,
        survey=SURVEY,
        questions=QUESTIONS,
        given={
            "response_id": keys(prefix + "W", rows, 7),
            "answered_at": utc(visits.at[rows] + 600 + 200 * rng.random(n)),
            "customer_id": keys(prefix + "K", visits.signed_in[rows]),
            "visit_id": keys(prefix + "B", rows, 7),
            "touchpoint": words(np.zeros(n, np.int64), ("website",)),
            "channel": words(np.zeros(n, np.int64), ("web",)),
        },
        scores={
            _TASK: left_blank(rng, worked, 0.02),
            _PLEASED: left_blank(rng, score_of(pleased, CSAT), 0.04),
            **_usability(rng, ease),
        },
        texts={},
    )


def _usability(rng: Random, ease: Array) -> dict[str, Array]:
    """Ten items 1 to 5; of the even ones low is good."""
    found: dict[str, Array] = {}
    for place, q in enumerate(QUESTIONS[2:]):
        felt = 3.95 + 0.5 * ease + 0.75 * rng.standard_normal(len(ease))
        score = np.clip(np.rint(felt), 1, 5)
        found[q.heading] = left_blank(rng, score if place % 2 == 0 else 6 - score, 0.004)
    return found
