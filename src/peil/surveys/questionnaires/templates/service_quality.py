"""Service quality: 22 statements in our own words, expected of an excellent organisation and perceived here, and 100 points.

What each statement is about follows Parasuraman, Zeithaml and Berry 1988 (SERVQUAL); all are put positively, since
their later work found that negative ones confuse.
"""

from __future__ import annotations

from peil.core.kpi import Words
from peil.surveys.questionnaires.kinds import DIMENSIONS
from peil.surveys.questionnaires.question import Question
from peil.surveys.questionnaires.questionnaire import Page, Questionnaire
from peil.surveys.questionnaires.scales import usual_labels
from peil.surveys.questionnaires.templates.building import LANGUAGES, SENDER, THANKS, Template, ask
from peil.surveys.questionnaires.templates.relationship import BRAND
from peil.surveys.questionnaires.texts import NO_TEXT, Text, text

_W = Words
# as they end a sentence that begins with the organisation
STATEMENTS: dict[str, tuple[tuple[str, str], ...]] = {
    "tangibles": (
        ("heeft een moderne website", "has a modern website"),
        ("heeft brieven die er verzorgd uitzien", "has letters that look well cared for"),
        ("heeft medewerkers die verzorgd overkomen", "has employees who come across as neat"),
        ("geeft informatie die prettig leest", "gives information that reads well"),
    ),
    "reliability": (
        ("doet wat is toegezegd", "does what it promised"),
        ("doet moeite om een probleem op te lossen", "makes an effort to solve a problem"),
        ("doet het in één keer goed", "gets it right the first time"),
        ("komt op het afgesproken moment", "comes at the agreed time"),
        ("heeft gegevens die kloppen", "keeps records that are right"),
    ),
    "responsiveness": (
        ("zegt wanneer iets klaar is", "says when something will be ready"),
        ("helpt snel", "helps fast"),
        ("is altijd bereid om te helpen", "is always willing to help"),
        ("heeft tijd voor een vraag", "has time for a question"),
    ),
    "assurance": (
        ("heeft medewerkers die vertrouwen wekken", "has employees who inspire trust"),
        ("gaat veilig om met betalingen", "handles payments safely"),
        ("heeft medewerkers die beleefd zijn", "has employees who are polite"),
        ("heeft medewerkers die weten waar ze het over hebben", "has employees who know what they are talking about"),
    ),
    "empathy": (
        ("geeft persoonlijke aandacht", "gives personal attention"),
        ("is bereikbaar op tijden die mij uitkomen", "can be reached at times that suit me"),
        ("kent mijn situatie", "knows my situation"),
        ("heeft het beste met mij voor", "has my interest at heart"),
        ("begrijpt wat ik nodig heb", "understands what I need"),
    ),
}
CALLED = dict(zip(DIMENSIONS, usual_labels("servqual_points", len(DIMENSIONS)), strict=True))
_HELP = text(
    "Bij elke stelling: eerst hoe een uitstekende organisatie hoort te zijn, dan hoe wij zijn.",
    "At each statement: first how an excellent organisation should be, then how we are.",
)
_PURPOSE = text(
    "We gebruiken uw antwoorden om te zien waar onze service achterblijft bij wat u verwacht.",
    "We use your answers to see where our service falls short of what you expect.",
)


def expected_of(ending: tuple[str, str]) -> Text:
    """A statement about what an excellent organisation does."""
    return text(f"Een uitstekende organisatie {ending[0]}.", f"An excellent organisation {ending[1]}.")


def perceived_of(ending: tuple[str, str]) -> Text:
    """The same statement about us."""
    return text(f"{{organisatie}} {ending[0]}.", f"{{organisation}} {ending[1]}.")


def _statements(dimension: str, kind: str) -> tuple[Question, ...]:
    numbered = enumerate(((d, ending) for d in DIMENSIONS for ending in STATEMENTS[d]), start=1)
    of_dimension = ((number, ending) for number, (d, ending) in numbered if d == dimension)
    return tuple(_statement(f"{kind}_{number:02}", kind, dimension, ending) for number, ending in of_dimension)


def _statement(key: str, kind: str, dimension: str, ending: tuple[str, str]) -> Question:
    expected = expected_of(ending) if kind == "servqual" else NO_TEXT
    return ask(kind, key, dimension=dimension, text=perceived_of(ending), expected=expected)


def _pages(kind: str) -> tuple[Page, ...]:
    help_text = _HELP if kind == "servqual" else NO_TEXT
    return tuple(Page(heading=CALLED[d], help=help_text, questions=_statements(d, kind)) for d in DIMENSIONS)


def _make(key: str, name: Words, pages: tuple[Page, ...]) -> Questionnaire:
    return Questionnaire(
        key=key, name=text(name.nl, name.en), languages=LANGUAGES, sender=SENDER, purpose=_PURPOSE, subject=BRAND,
        moment="calm", thanks=THANKS, pages=pages,
    )  # fmt: skip


def _servqual() -> Questionnaire:
    return _make(
        "service_quality", _SERVQUAL, (*_pages("servqual"), Page(questions=(ask("servqual_points", "points"),)))
    )


def _servperf() -> Questionnaire:
    return _make("service_experienced", _SERVPERF, _pages("servperf"))


_SERVQUAL = _W("Servicekwaliteit (SERVQUAL)", "Service quality (SERVQUAL)")
_SERVPERF = _W("Servicekwaliteit, alleen ervaren", "Service quality, perceived alone")
TEMPLATES = (
    Template(
        key="service_quality", name=_SERVQUAL, moment="calm", make=_servqual,
        advice=_W(
            "Lang: 22 keer twee antwoorden. Vraag het hoogstens één keer per jaar, aan wie daar tijd voor wil maken. Wat "
            "mensen van uitstekende service verwachten, is meer dan waarmee ze tevreden zijn.",
            "Long: 22 times two answers. Ask it once a year at most, of who will take the time. What people expect of "
            "excellent service is more than what satisfies them.",
        ),
        kpis=(
            "servqual", "servqual_weighted", "servqual_perceived", "servqual_expected", *(f"servqual_{d}" for d in DIMENSIONS),
        ),
    ),
    Template(
        key="service_experienced", name=_SERVPERF, moment="calm", make=_servperf,
        advice=_W("De helft van de tijd: alleen hoe het is, niet wat men verwacht.", "Half the time: how it is, not what was expected."),
        kpis=("servperf", "servperf_100"),
    ),
)  # fmt: skip
