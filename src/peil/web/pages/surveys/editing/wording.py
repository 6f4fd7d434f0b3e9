"""What the editor offers to choose, in words: kinds, scopes, looks, dimensions, points of a scale."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

from peil.report.words import Language, say
from peil.report.words.terms import value_name
from peil.surveys.questionnaires.kinds import DIMENSIONS, KINDS
from peil.surveys.questionnaires.question import Look, Question, Scope
from peil.surveys.questionnaires.questionnaire import Moment
from peil.surveys.questionnaires.scales import parts_of
from peil.surveys.questionnaires.texts import ATTRIBUTES

Choices = list[tuple[str, str]]
_MOST_WORDS = 7  # points that may be shown as words
_GROUPS: Sequence[tuple[str, tuple[str, ...]]] = (
    ("score", ("nps", "nps_1_10", "csat", "rapportcijfer", "ces_ease", "ces_agree", "ces_effort", "gap")),
    ("yes_no", ("solved", "told_again", "task_success", "helpful")),
    ("choice", ("reason", "preferred_channel", "considered_channel", "other")),
    ("open", ("comment", "contact_request", "consent")),
    ("list", ("servqual", "servperf", "servqual_points", "sus_item", "engagement")),
)
FILLS = tuple(key.replace(".", "_") for key in ATTRIBUTES)


def kind_groups(language: Language) -> list[tuple[str, Choices]]:
    """Every kind of question, by sort."""
    return [
        (group, [(k, KINDS[k].name.nl if language == "nl" else KINDS[k].name.en) for k in kinds])
        for group, kinds in _GROUPS
    ]


def scope_words(language: Language) -> Choices:
    return [(scope, say(f"svy_scope_{scope}", language)) for scope in get_args(Scope)]


def moment_words(language: Language) -> Choices:
    return [(moment, say(f"svy_moment_{moment}", language)) for moment in get_args(Moment)]


def dimension_words(language: Language) -> Choices:
    return [(d, value_name("dimension", d, language)) for d in DIMENSIONS]


def look_words(question: Question, language: Language) -> Choices:
    """The looks that a question may have."""
    looks: tuple[Look, ...] = get_args(Look)
    if question.kind != "csat":
        looks = ("figures", "words") if len(question.scores) <= _MOST_WORDS else ("figures",)
    return [(look, say(f"svy_look_{look}", language)) for look in looks]


def label_words(question: Question, language: Language) -> list[str]:
    """What each label is of: a score, or one of the parts that points are divided over."""
    if question.meaning.form == "points":
        return [value_name("dimension", d, language) for d, _ in parts_of(question, language)]
    scores = list(question.scores)
    ends = len(question.labels) == 2 and len(scores) > 2
    named = [scores[0], scores[-1]] if ends else scores
    return [say("svy_label_of", language, score) for score in [*named, *["?"] * len(question.labels)]][
        : len(question.labels)
    ]
