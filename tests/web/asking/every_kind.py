"""A survey with every kind of question in it, on as many pages as it takes; and how each is answered."""

from __future__ import annotations

from peil.surveys.questionnaires.question import Question, Subject
from peil.surveys.questionnaires.questionnaire import Page, Questionnaire
from peil.surveys.questionnaires.templates.building import DONT_KNOW, LANGUAGES, SENDER, THANKS, ask, options
from peil.surveys.questionnaires.texts import text

_CONTACT = Subject(
    scope="touchpoint",
    touchpoint="contact",
    words=text("uw telefoongesprek van 6 november", "your phone call of 6 November"),
)
_STATEMENT = text("Medewerkers zijn bereid u te helpen.", "Employees are ready to help you.")
_EXPECTED = text(
    "Medewerkers van een goede organisatie zijn bereid u te helpen.",
    "Employees of a good organisation are ready to help you.",
)
_SOME = options(("fast", "Het ging snel", "It was fast"), ("clear", "Het was duidelijk", "It was clear"))

PAGES: tuple[tuple[Question, ...], ...] = (
    (
        ask("nps", "figures", required=True),
        ask("csat", "stars", look="stars"),
        ask("csat", "smileys", look="smileys", dont_know=DONT_KNOW),
        ask("ces_ease", "worded", look="words"),
        ask("rapportcijfer", "mark"),
    ),
    (
        ask("ces_agree", "seven"),
        ask("gap", "pair", points=5),
        ask("servqual", "servqual", text=_STATEMENT, expected=_EXPECTED, dimension="responsiveness"),
        ask("servqual_points", "divided"),
        ask("csat", "two", points=2),
    ),
    (
        ask("solved", "solved", dont_know=DONT_KNOW),
        ask("reason", "one", options=_SOME),
        ask("reason", "several", options=_SOME, several=True, most=2, text=text("Wat ging er goed?", "What went well?")),
        ask("preferred_channel", "channel"),
    ),
    (
        ask("comment", "story", about="figures"),
        ask("contact_request", "call"),
        ask("consent", "consent"),
    ),
)  # fmt: skip
# what is filled in on each page, by field; and as what it is kept
FILLED: tuple[dict[str, str | tuple[str, ...]], ...] = (
    {"figures": "9", "stars": "4", "smileys": "dont_know", "worded": "2", "mark": "10"},
    {
        "seven": "6", "pair": "2", "pair.expected": "5", "servqual": "7", "servqual.expected": "6",
        "divided.reliability": "40", "divided.assurance": "20", "divided.empathy": "20", "divided.responsiveness": "20",
        "two": "2",
    },
    {"solved": "1", "one": "else", "one.else.words": "Vriendelijk", "several": ("fast", "clear"), "channel": "chat"},
    {"story": "Goed geholpen & snel <b>", "call": "1", "call.where": "06 12345678", "consent": "1"},
)  # fmt: skip
KEPT: dict[str, object] = {
    "figures": 9, "stars": 4, "smileys": "dont_know", "worded": 2, "mark": 10, "seven": 6, "pair": (2, 5), "servqual": (7, 6),
    "divided": {"reliability": 40, "assurance": 20, "tangibles": 0, "empathy": 20, "responsiveness": 20}, "two": 2,
    "solved": 1, "one": (("else",), "Vriendelijk"), "several": (("fast", "clear"), ""), "channel": (("chat",), ""),
    "story": "Goed geholpen & snel <b>", "call": (1, "06 12345678"), "consent": 1,
}  # fmt: skip


def every_kind() -> Questionnaire:
    return Questionnaire(
        key="every_kind", name=text("Elke soort", "Every kind"), languages=LANGUAGES, sender=SENDER,
        purpose=text("We gebruiken uw antwoorden om onze service te verbeteren.", "We use your answers to improve our service."),
        subject=_CONTACT, moment="calm", thanks=THANKS,
        pages=tuple(
            Page(heading=text("Over {onderwerp}", "About {subject}") if n == 0 else text(), questions=questions)
            for n, questions in enumerate(PAGES)
        ),
    )  # fmt: skip


def as_kept(answers: list[dict[str, object]]) -> dict[str, object]:
    """Answers in JSON, in the short form of KEPT."""
    found: dict[str, object] = {}
    for answer in answers:
        key = str(answer["question"])
        if answer.get("dont_know"):
            found[key] = "dont_know"
        elif "points" in answer:
            found[key] = dict(answer["points"])  # type: ignore[call-overload]
        elif "choices" in answer:
            words = [said for _, said in answer.get("words", [])]  # type: ignore[attr-defined]
            found[key] = (tuple(answer["choices"]), "".join(words))  # type: ignore[arg-type]
        elif "expected" in answer:
            found[key] = (answer["score"], answer["expected"])
        elif "score" in answer:
            found[key] = (answer["score"], answer["text"]) if "text" in answer else answer["score"]
        else:
            found[key] = answer["text"]
    return found
