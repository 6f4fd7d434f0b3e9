"""What can be asked, as data: what an answer stores, on which scale, in which words, and how long it takes.

Seconds are for answering alone; reading is counted apart, by the words. A stand-alone question takes about 10 seconds
and an open one minutes (Pew Research Center 2022, How we keep our online surveys from running too long); CivicPulse's
rubric counts 10 seconds a point and 4 points for an open answer of some sentences. Half of that for one of a list
of statements, for yes or no, and 60 seconds for dividing points are assumptions of Peil.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from peil.core.boxes import Boxes
from peil.core.kpi import UNSAID, Words

Form: TypeAlias = Literal["scale", "pair", "yes_no", "choice", "points", "text", "contact", "consent"]
DIMENSIONS = ("reliability", "assurance", "tangibles", "empathy", "responsiveness")
CHANNELS = ("phone", "email", "chat", "social", "web", "app", "messaging", "post", "in_person")
ALONE, LISTED, YES_NO, OPEN, DIVIDING = 10.0, 5.0, 5.0, 40.0, 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of question. `key` is the `kind` of its rows in the fact `answers`."""

    key: str
    name: Words
    form: Form
    seconds: float
    text: Words = UNSAID
    expected: Words = UNSAID
    ends: tuple[Words, Words] = (UNSAID, UNSAID)  # lowest and highest
    scale: tuple[int, int] | None = None  # always asked on it
    lengths: tuple[int, ...] = ()  # how many points it may have, where that is open; scores then begin at 1
    usual: int | None = None  # of these the usual one
    better: Literal["higher", "lower", "neither"] = "higher"
    boxes: Boxes | None = None  # where they are others than those of core.boxes
    fact: Literal["answers", "solution_views", ""] = "answers"  # where it is counted; '' in no figure
    names_contact: bool = False  # asked about a contact, it has to say which
    dimensions: tuple[str, ...] = ()  # one of them has to be said; of `points`: over which is divided


_RECOMMEND = Words(
    "Hoe waarschijnlijk is het dat u {organisatie} aanbeveelt aan vrienden, familie of collega’s?",
    "How likely are you to recommend {organisation} to friends, family or colleagues?",
)
_LIKELY = (Words("zeer onwaarschijnlijk", "very unlikely"), Words("zeer waarschijnlijk", "very likely"))
_PLEASED = (Words("zeer ontevreden", "very dissatisfied"), Words("zeer tevreden", "very satisfied"))
_AGREE = (Words("zeer oneens", "strongly disagree"), Words("zeer eens", "strongly agree"))
_GOOD = (Words("zeer slecht", "very bad"), Words("zeer goed", "very good"))
_NO_YES = (Words("nee", "no"), Words("ja", "yes"))

_SCORES = (
    Kind(
        key="nps", name=Words("Aanbevelen (NPS), 0–10", "Recommending (NPS), 0–10"), form="scale", seconds=ALONE,
        scale=(0, 10), text=_RECOMMEND, ends=_LIKELY, names_contact=True,
    ),
    Kind(
        key="nps_1_10", name=Words("Aanbevelen (NPS), 1–10", "Recommending (NPS), 1–10"), form="scale", seconds=ALONE,
        scale=(1, 10), text=_RECOMMEND, ends=_LIKELY, names_contact=True,
    ),
    Kind(
        key="csat", name=Words("Tevredenheid (CSAT)", "Satisfaction (CSAT)"), form="scale", seconds=ALONE,
        lengths=tuple(range(2, 11)), usual=5, ends=_PLEASED, names_contact=True,
        text=Words("Hoe tevreden bent u over {onderwerp}?", "How satisfied are you with {subject}?"),
    ),
    Kind(
        key="rapportcijfer", name=Words("Rapportcijfer, 1–10", "Report mark, 1–10"), form="scale", seconds=ALONE,
        scale=(1, 10), ends=(Words("zeer slecht", "very bad"), Words("uitmuntend", "excellent")), names_contact=True,
        text=Words("Welk rapportcijfer geeft u aan {onderwerp}?", "Which mark out of 10 would you give {subject}?"),
    ),
    Kind(
        key="ces_agree", name=Words("Gemak (CES), eens of oneens 1–7", "Ease (CES), agree or disagree 1–7"),
        form="scale", seconds=ALONE, scale=(1, 7), ends=_AGREE, names_contact=True,
        text=Words(
            "In hoeverre bent u het eens met deze stelling over {onderwerp}: ‘{organisatie} maakte het mij makkelijk’?",
            "How far do you agree with this statement about {subject}: ‘{organisation} made it easy for me’?",
        ),
    ),
    Kind(
        key="ces_effort", name=Words("Inspanning (CES), 1–5", "Effort (CES), 1–5"), form="scale", seconds=ALONE,
        scale=(1, 5), better="lower", names_contact=True,
        ends=(Words("zeer weinig moeite", "very little effort"), Words("zeer veel moeite", "very much effort")),
        text=Words(
            "Hoeveel moeite moest u doen bij {onderwerp}?", "How much effort did you have to put into {subject}?"
        ),
    ),
    Kind(
        key="ces_ease", name=Words("Gemak (CES), moeilijk tot makkelijk 1–5", "Ease (CES), hard to easy 1–5"),
        form="scale", seconds=ALONE, scale=(1, 5), names_contact=True,
        ends=(Words("zeer moeilijk", "very hard"), Words("zeer makkelijk", "very easy")),
        text=Words("Hoe makkelijk of moeilijk ging {onderwerp}?", "How easy or hard was {subject}?"),
    ),
    Kind(
        key="gap", name=Words("Verwachting en ervaring", "Expectation and experience"), form="pair", seconds=2 * ALONE,
        lengths=(5, 7, 10), usual=7, ends=_GOOD, names_contact=True,
        expected=Words("Hoe goed verwachtte u vooraf dat {onderwerp} zou gaan?", "How good did you expect {subject} to be?"),
        text=Words("Hoe goed ging {onderwerp} uiteindelijk?", "How good was {subject} in the end?"),
    ),
    Kind(
        key="servqual", name=Words("SERVQUAL-stelling, verwacht en ervaren", "SERVQUAL statement, expected and perceived"),
        form="pair", seconds=2 * LISTED, scale=(1, 7), ends=_AGREE, dimensions=DIMENSIONS,
    ),
    Kind(
        key="servperf", name=Words("Stelling over de service, alleen ervaren", "Statement about the service, perceived alone"),
        form="scale", seconds=LISTED, scale=(1, 7), ends=_AGREE, dimensions=DIMENSIONS,
    ),
    Kind(
        key="servqual_points", name=Words("100 punten over vijf onderdelen", "100 points over five parts"), form="points",
        seconds=DIVIDING, scale=(0, 100), better="neither", dimensions=DIMENSIONS,
        text=Words(
            "Hoe belangrijk zijn deze vijf onderdelen voor u? Verdeel er 100 punten over.",
            "How important are these five parts to you? Divide 100 points over them.",
        ),
    ),
    Kind(
        key="engagement", name=Words("Stelling over het werk", "Statement about the work"), form="scale", seconds=LISTED,
        lengths=(5, 7), usual=5, ends=_AGREE,
    ),
    Kind(
        key="sus_item", name=Words("Stelling over gebruiksgemak (SUS)", "Usability statement (SUS)"), form="scale",
        seconds=LISTED, scale=(1, 5), ends=_AGREE, better="neither",
    ),
)  # fmt: skip

_YES_NO = (
    Kind(
        key="task_success", name=Words("Taak gelukt", "Task success"), form="yes_no", seconds=YES_NO, scale=(0, 1),
        ends=_NO_YES, names_contact=True,
        text=Words("Is het gelukt waarvoor u kwam op {onderwerp}?", "Did you manage to do what you came for on {subject}?"),
    ),
    Kind(
        key="solved", name=Words("Vraag opgelost", "Question solved"), form="yes_no", seconds=YES_NO, scale=(0, 1),
        ends=_NO_YES, names_contact=True,
        text=Words("Is uw vraag opgelost na {onderwerp}?", "Was your question solved after {subject}?"),
    ),
    Kind(
        key="told_again", name=Words("Verhaal opnieuw verteld", "Story told again"), form="yes_no", seconds=YES_NO,
        scale=(0, 1), ends=_NO_YES, better="lower", boxes=Boxes((0, 0), (1, 1)), names_contact=True,
        text=Words(
            "Moest u bij {onderwerp} uw verhaal opnieuw vertellen?",
            "Did you have to tell your story again during {subject}?",
        ),
    ),
    Kind(
        key="helpful", name=Words("Heeft dit antwoord geholpen", "Did this answer help"), form="yes_no", seconds=YES_NO,
        scale=(0, 1), ends=_NO_YES, fact="solution_views",
        text=Words("Heeft dit antwoord u geholpen?", "Did this answer help you?"),
    ),
)  # fmt: skip

_CHOICES = (
    Kind(
        key="preferred_channel", name=Words("Voorkeurskanaal", "Preferred channel"), form="choice", seconds=ALONE,
        better="neither",
        text=Words("Hoe hebt u het liefst contact met {organisatie}?", "How do you prefer to be in touch with {organisation}?"),
    ),
    Kind(
        key="considered_channel", name=Words("Overwogen kanalen", "Channels considered"), form="choice", seconds=ALONE,
        better="neither",
        text=Words(
            "Op welke manieren zou u ook contact met {organisatie} opnemen?",
            "In which other ways would you get in touch with {organisation}?",
        ),
    ),
    Kind(
        key="reason", name=Words("Reden van de score", "Reason for the score"), form="choice", seconds=ALONE,
        better="neither",
        text=Words("Wat is de belangrijkste reden van uw antwoord?", "What is the main reason for your answer?"),
    ),
    Kind(
        key="other", name=Words("Eigen keuzevraag", "Choice of your own"), form="choice", seconds=ALONE, better="neither",
    ),
)  # fmt: skip

_REST = (
    Kind(
        key="comment", name=Words("Toelichting", "Comment"), form="text", seconds=OPEN, better="neither",
        text=Words("Wilt u uw antwoord toelichten?", "Would you like to explain your answer?"),
    ),
    Kind(
        key="contact_request", name=Words("Terugbelverzoek", "Call-back request"), form="contact", seconds=ALONE,
        scale=(0, 1), fact="",
        ends=_NO_YES, better="neither",
        text=Words("Mogen we u terugbellen?", "May we call you back?"),
    ),
    Kind(
        key="consent", name=Words("Toestemming", "Consent"), form="consent", seconds=LISTED, fact="", better="neither",
        text=Words(
            "{organisatie} mag mijn antwoorden met mijn naam aan de medewerker laten lezen.",
            "{organisation} may show my answers with my name to the employee.",
        ),
    ),
)  # fmt: skip

KINDS: Mapping[str, Kind] = {k.key: k for k in (*_SCORES, *_YES_NO, *_CHOICES, *_REST)}
