"""Service quality: 22 statements, expected of an excellent supplier and experienced here, and 100 points to divide."""

from __future__ import annotations

import numpy as np

from peil.demo.clock import Array, Random, utc
from peil.demo.customers import REGIONS, Customers
from peil.demo.surveys.asking import SERVICE, SOURCE, SURVEYS, Asked
from peil.demo.surveys.relationship import REGION
from peil.demo.surveys.scores import left_blank
from peil.demo.surveys.sheet import Question, Sheet
from peil.demo.tables import keys, stream, words

STATEMENTS = {
    "tangibles": (
        "Moderne website en app", "Nota's en brieven zien er verzorgd uit", "Medewerkers komen verzorgd over",
        "Informatie is prettig leesbaar",
    ),
    "reliability": (
        "Doet wat is toegezegd", "Lost problemen serieus op", "Doet het in één keer goed",
        "Levert op het afgesproken moment", "Nota's en gegevens kloppen",
    ),
    "responsiveness": (
        "Zegt wanneer iets klaar is", "Helpt snel", "Is altijd bereid te helpen", "Heeft nooit te weinig tijd",
    ),
    "assurance": (
        "Medewerkers wekken vertrouwen", "Gegevens en betalingen zijn veilig", "Medewerkers zijn beleefd",
        "Medewerkers weten waar ze het over hebben",
    ),
    "empathy": (
        "Geeft persoonlijke aandacht", "Is bereikbaar op tijden die uitkomen", "Kent mijn situatie",
        "Heeft het beste met mij voor", "Begrijpt wat ik nodig heb",
    ),
}  # fmt: skip
CALLED = {
    "tangibles": "Uitstraling", "reliability": "Betrouwbaarheid", "responsiveness": "Snelheid en hulp",
    "assurance": "Zekerheid", "empathy": "Aandacht",
}  # fmt: skip
_EXPECTED = {"tangibles": 5.2, "reliability": 6.4, "responsiveness": 6.1, "assurance": 6.2, "empathy": 5.7}
_EXPERIENCED = {"tangibles": 5.5, "reliability": 5.4, "responsiveness": 5.0, "assurance": 5.7, "empathy": 5.0}
_WEIGHTS = np.array([10.0, 30.0, 25.0, 18.0, 17.0])


def _statements() -> tuple[Question, ...]:
    numbered = [(d, text) for d, texts in STATEMENTS.items() for text in texts]
    return tuple(
        Question(
            key=f"servqual_{number:02}", kind="servqual", dimension=dimension, scale=(1, 7),
            heading=f"{number}. {text} (ervaren)", expected=f"{number}. {text} (verwacht)",
        )
        for number, (dimension, text) in enumerate(numbered, start=1)
    )  # fmt: skip


QUESTIONS = (
    *_statements(),
    *(
        Question(key=f"punten_{d}", kind="servqual_points", dimension=d, scale=(0, 100), heading=f"Punten {called}")
        for d, called in CALLED.items()
    ),
)


def service_quality_sheet(seed: int, prefix: str, customers: Customers, asked: Asked) -> Sheet:
    rng = stream(seed, "service quality")
    rows = asked.answering(SERVICE)
    who = asked.customer[rows]
    return Sheet(
        source=SOURCE,
        survey=SURVEYS[SERVICE],
        questions=QUESTIONS,
        given={
            "response_id": keys(prefix + "R", rows),
            "answered_at": utc(asked.answered[rows]),
            "customer_id": keys(prefix + "K", who),
            "language": words(customers.english[who].astype(np.int64), ("nl", "en")),
            REGION: words(customers.region[who], REGIONS),
        },
        scores={**_pairs(rng, customers.mood[who]), **_points(rng, len(who))},
        texts={},
    )


def _pairs(rng: Random, mood: Array) -> dict[str, Array]:
    """Both sides of every statement, 1 to 7; here and there one is left blank."""
    n = len(mood)
    strict, lenient = 0.45 * rng.standard_normal(n), 0.6 * mood + 0.4 * rng.standard_normal(n)
    found: dict[str, Array] = {}
    for q in _statements():
        dimension = q.dimension or ""
        expected = _EXPECTED[dimension] + strict + 0.7 * rng.standard_normal(n)
        experienced = _EXPERIENCED[dimension] + lenient + 0.8 * rng.standard_normal(n)
        for heading, side in ((q.expected or "", expected), (q.heading, experienced)):
            found[heading] = left_blank(rng, np.clip(np.rint(side), 1, 7), 0.003)
    return found


def _points(rng: Random, n: int) -> dict[str, Array]:
    """100 points in steps of 5."""
    shares = rng.gamma(_WEIGHTS * 0.6, 1.0, (n, len(_WEIGHTS)))
    points = np.asarray(5.0 * rng.multinomial(20, shares / shares.sum(axis=1, keepdims=True)), dtype=np.float64)
    return {f"Punten {called}": points[:, place] for place, called in enumerate(CALLED.values())}
