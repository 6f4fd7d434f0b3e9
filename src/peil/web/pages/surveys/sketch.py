"""A questionnaire in outline: its pages, and of each question what it asks, of whom, in words."""

from __future__ import annotations

from dataclasses import dataclass

from peil.report.words import Language, say
from peil.surveys.questionnaires.checks.frame import tongue
from peil.surveys.questionnaires.question import GROUPS, Condition, Question
from peil.surveys.questionnaires.questionnaire import Questionnaire, words_of
from peil.surveys.questionnaires.scales import points_of
from peil.web.facts import the_peil

_GROUPS = tuple(GROUPS)


@dataclass(frozen=True, slots=True)
class Asked:
    """One question in outline."""

    key: str
    text: str
    kind: str
    scale: str
    options: tuple[str, ...]
    required: bool
    shown_if: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageSketch:
    number: int
    heading: str
    questions: tuple[Asked, ...]


def sketch_of(questionnaire: Questionnaire, language: Language) -> list[PageSketch]:
    shown = shown_language(questionnaire, language)
    known = _known()
    return [
        PageSketch(
            number,
            words_of(questionnaire, page.heading, shown, known),
            tuple(_asked(questionnaire, q, shown, language) for q in page.questions),
        )
        for number, page in enumerate(questionnaire.pages, start=1)
    ]


def _asked(questionnaire: Questionnaire, question: Question, shown: str, language: Language) -> Asked:
    kind, questions = question.meaning, {q.key: q for q in questionnaire.questions}
    return Asked(
        key=question.key,
        text=text_in_outline(questionnaire, question, shown),
        kind=kind.name.nl if language == "nl" else kind.name.en,
        scale=_scale(question, shown),
        options=tuple(o.text.of(shown) for o in question.options),
        required=question.required,
        shown_if=tuple(condition_in_words(c, questions.get(c.question), shown, language) for c in question.show_if),
    )


def shown_language(questionnaire: Questionnaire, language: str) -> str:
    """The language of the reader where the questionnaire has it, else its first."""
    return language if language in questionnaire.languages else (*questionnaire.languages, "nl")[0]


def text_in_outline(questionnaire: Questionnaire, question: Question, shown: str) -> str:
    """The text of a question with what is known of everybody filled in; its key while it has none."""
    return words_of(questionnaire, question.text, shown, _known(), question) or question.key


def _known() -> dict[str, str]:
    return {"organisation": the_peil().warehouse.settings.organisation}


def _scale(question: Question, shown: str) -> str:
    """The two ends, with their words where there are any."""
    points = points_of(question, shown)
    if len(points) < 2 or question.meaning.form not in ("scale", "pair"):
        return ""
    ends = [f"{p.score} {p.words}".strip() for p in (points[0], points[-1])]
    return " … ".join(ends)


def condition_in_words(condition: Condition, asked: Question | None, shown: str, language: Language) -> str:
    """When a question is shown, as a sentence; the other question by its key."""
    values = [value_in_words(v, asked, shown, language) for v in condition.values]
    return say(f"svy_if_{condition.operator}", language, condition.question, say("svy_or", language).join(values))


def value_in_words(value: int | str, asked: Question | None, shown: str, language: Language) -> str:
    if value in _GROUPS:
        return say(f"svy_group_{value}", language)
    if value == "dont_know":
        return say("svy_value_dont_know", language)
    if asked is None:
        return str(value)
    if isinstance(value, str):
        return next((f"‘{o.text.of(shown)}’" for o in asked.options if o.key == value), value)
    if asked.meaning.form in ("yes_no", "contact", "consent"):
        return say("yes" if value else "no", language)
    return str(value)


@dataclass(frozen=True, slots=True)
class Frame:
    """The frame in words."""

    languages: str
    sender: str
    purpose: str
    scope: str
    touchpoint: str
    kept_for: str


def frame_in_words(questionnaire: Questionnaire, language: Language) -> Frame:
    shown, known = shown_language(questionnaire, language), _known()
    named = [tongue(one) for one in questionnaire.languages]
    return Frame(
        languages=", ".join(words.nl if language == "nl" else words.en for words in named),
        sender=words_of(questionnaire, questionnaire.sender, shown, known),
        purpose=words_of(questionnaire, questionnaire.purpose, shown, known),
        scope=say(f"svy_scope_{questionnaire.subject.scope}", language),
        touchpoint=words_of(questionnaire, questionnaire.subject.words, shown, known)
        or questionnaire.subject.touchpoint,
        kept_for=say("svy_months", language, questionnaire.retention_months),
    )
