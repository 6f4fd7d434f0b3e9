"""What customers think of the company as a whole: recommending, satisfaction, a mark, why, and their channels."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from peil.demo.clock import Array, Codes, Flags, Random, utc
from peil.demo.comments.write import subject, write_comments
from peil.demo.customers import CHANNELS, REGIONS, Customers
from peil.demo.surveys.asking import RELATIONSHIP, SOURCE, SURVEYS, Asked
from peil.demo.surveys.scores import left_blank, score_of
from peil.demo.surveys.sheet import Question, Sheet
from peil.demo.tables import keys, pick, stream, words

LIFT = 0.21  # by how much those who answer feel better than all, in deviations
NPS = (0.012, 0.008, 0.01, 0.015, 0.022, 0.05, 0.075, 0.138, 0.23, 0.2, 0.24)
CSAT = (0.03, 0.05, 0.12, 0.5, 0.3)
MARK = (0.004, 0.006, 0.01, 0.02, 0.04, 0.1, 0.22, 0.34, 0.18, 0.08)
PRAISE = (
    "vriendelijke medewerkers",
    "snel geholpen",
    "duidelijke nota",
    "makkelijke website",
    "goede prijs",
    "groene stroom",
)
BLAME = (
    "lang wachten",
    "prijs te hoog",
    "fout in de nota",
    "vaak doorverbonden",
    "onduidelijke nota",
    "website werkt niet",
)
_ABOUT = (
    "medewerker", "wachten", "jaarnota", "website", "prijs", "groen",
    "wachten", "prijs", "jaarnota", "doorverbonden", "jaarnota", "website",
)  # fmt: skip
REGION = "x_regio"
_Q = "Hoe waarschijnlijk is het dat u Kadewijk Energie zou aanbevelen aan vrienden, familie of collega's? (0-10)"
QUESTIONS = (
    Question(key="aanbevelen", kind="nps", heading=_Q, scale=(0, 10), relationship=True, comment="Toelichting"),
    Question(key="tevreden", kind="csat", heading="Hoe tevreden bent u over Kadewijk Energie? (1-5)", scale=(1, 5), relationship=True),
    Question(key="rapportcijfer", kind="rapportcijfer", heading="Welk rapportcijfer geeft u ons? (1-10)", scale=(1, 10), relationship=True),
    Question(key="reden", kind="reason", heading="Belangrijkste reden", relationship=True),
    Question(key="voorkeurskanaal", kind="preferred_channel", heading="Voorkeurskanaal", relationship=True),
    Question(key="overwogen_kanaal", kind="considered_channel", heading="Ook overwogen (1)", relationship=True),
    Question(key="overwogen_kanaal", kind="considered_channel", heading="Ook overwogen (2)", relationship=True),
)  # fmt: skip


def feelings(seed: int, customers: Customers, asked: Asked) -> Array:
    """How everybody who was asked feels about the company, whether they answer or not: standard normal but for who is asked."""
    rng = stream(seed, "relationship feelings")
    return 0.8 * customers.mood[asked.customer] + 0.6 * rng.standard_normal(len(asked))


def nps_scores(feeling: Array) -> Array:
    """0 to 10."""
    return score_of((feeling - LIFT) / 0.98, NPS, 0)


def relationship_sheet(seed: int, prefix: str, customers: Customers, asked: Asked) -> Sheet:
    rng = stream(seed, "relationship")
    rows = asked.answering(RELATIONSHIP)
    who, feeling = asked.customer[rows], feelings(seed, customers, asked)[rows]
    nps = nps_scores(feeling)
    also = [0.85 * (feeling - LIFT) / 0.98 + 0.53 * rng.standard_normal(len(rows)) for _ in range(2)]
    channels = _channels(rng, customers.channel[who])
    english, reason = customers.english[who], _reasons(rng, nps)
    return Sheet(
        source=SOURCE,
        survey=SURVEYS[RELATIONSHIP],
        questions=QUESTIONS,
        given={
            "response_id": keys(prefix + "R", rows),
            "answered_at": utc(asked.answered[rows]),
            "customer_id": keys(prefix + "K", who),
            "language": words(english.astype(np.int64), ("nl", "en")),
            REGION: words(customers.region[who], REGIONS),
        },
        scores={
            QUESTIONS[0].heading: left_blank(rng, nps, 0.02),
            QUESTIONS[1].heading: left_blank(rng, score_of(also[0], CSAT), 0.03),
            QUESTIONS[2].heading: left_blank(rng, score_of(also[1], MARK), 0.04),
        },
        texts={
            "Toelichting": write_comments(rng, (_mood(nps), _subject(reason), np.full(len(rows), -1)), english),
            "Belangrijkste reden": words(reason, PRAISE + BLAME),
            **channels,
        },
    )  # fmt: skip


def _channels(rng: Random, liked: Codes) -> dict[str, pa.Array]:
    """The channel preferred, and one or two others that were considered."""
    preferred = np.where(
        rng.random(len(liked)) < 0.75, liked, pick(rng, len(liked), (4, 3, 2, 0.3, 1.5, 2, 2, 0.2, 0.3))
    )
    first, second = (_considered(rng, preferred) for _ in range(2))
    second = np.where((second == first) | (rng.random(len(liked)) < 0.5), -1, second)
    return {
        "Voorkeurskanaal": words(preferred, CHANNELS),
        "Ook overwogen (1)": words(first, CHANNELS),
        "Ook overwogen (2)": words(second, CHANNELS),
    }


def _considered(rng: Random, preferred: Codes) -> Codes:
    other = pick(rng, len(preferred), (3, 3, 2.5, 0.4, 2, 2, 2.5, 0.3, 0.5))
    return np.where(other == preferred, (other + 1) % len(CHANNELS), other)


def _mood(nps: Array) -> Codes:
    """0 displeased, 1 so-so, 2 pleased."""
    return np.where(nps >= 9, 2, np.where(nps >= 7, 1, 0))


def _reasons(rng: Random, nps: Array) -> Codes:
    n = len(nps)
    praise = pick(rng, n, (0.26, 0.24, 0.12, 0.14, 0.16, 0.08))
    blame = pick(rng, n, (0.24, 0.3, 0.15, 0.12, 0.1, 0.09)) + len(PRAISE)
    glad: Flags = rng.random(n) < np.where(nps >= 9, 0.96, np.where(nps >= 7, 0.55, 0.06))
    return np.where(rng.random(n) < 0.12, -1, np.where(glad, praise, blame))


def _subject(reason: Codes) -> Codes:
    """What a comment is about: the reason given, else the company."""
    about = np.array([subject(name) for name in (*_ABOUT, "bedrijf")])
    return np.asarray(about[reason])
