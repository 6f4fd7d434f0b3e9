"""How a template is put together: questions with the usual words of their kind, unless it has its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from peil.core.kpi import Words
from peil.surveys.questionnaires.kinds import KINDS
from peil.surveys.questionnaires.question import Condition, Look, Option, Question
from peil.surveys.questionnaires.questionnaire import Moment, Questionnaire
from peil.surveys.questionnaires.scales import as_text, channel_options, usual_labels
from peil.surveys.questionnaires.texts import NO_TEXT, Text, text

LANGUAGES = ("nl", "en")
SENDER = text("{organisatie}", "{organisation}")
THANKS = text("Hiermee maken we onze service beter.", "This helps us to improve our service.")
DONT_KNOW = text("Weet ik niet, of niet van toepassing", "I don’t know, or it does not apply")
ELSE = Option(key="else", text=text("Iets anders", "Something else"), with_words=True)
_WITHOUT_FIRST = ("preferred_channel", "considered_channel")


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A ready questionnaire: which KPIs its answers give, when to use it, and how to make it."""

    key: str
    name: Words
    advice: Words
    moment: Moment
    kpis: tuple[str, ...]
    make: Callable[[], Questionnaire]


def ask(kind: str, key: str = "", *, points: int | None = None, look: Look = "figures", **own: Any) -> Question:
    """A question of `kind` with its usual words, scale and labels; `own` are fields that it has otherwise."""
    meaning = KINDS[kind]
    length = points or meaning.usual
    if meaning.scale is not None and meaning.form in ("scale", "pair", "yes_no", "contact"):
        labels = usual_labels(kind, meaning.scale[1] - meaning.scale[0] + 1, look)
    elif meaning.form == "points":
        labels = usual_labels(kind, len(meaning.dimensions))
    else:
        labels = usual_labels(kind, length, look) if length else ()
    fields: dict[str, Any] = {
        "text": as_text(meaning.text),
        "expected": as_text(meaning.expected) if meaning.form == "pair" else NO_TEXT,
        "points": length if meaning.lengths else None,
        "look": look,
        "labels": labels,
        "options": channel_options() if kind in _WITHOUT_FIRST else (),
    }
    return Question(key=key or kind, kind=kind, **{**fields, **own})


def options(*listed: tuple[str, str, str]) -> tuple[Option, ...]:
    """Options from (key, Dutch, English), with 'something else' as the last."""
    return (*(Option(key=key, text=text(nl, en)) for key, nl, en in listed), ELSE)


def group_of(question: str, *groups: str) -> tuple[Condition, ...]:
    """Shown to whose answer to `question` is in one of these groups."""
    return (Condition(question=question, operator="group", values=groups),)


def comment(about: str, words: Text | None = None, **own: Any) -> Question:
    """An open question on why this score was given."""
    given = words or as_text(KINDS["comment"].text)
    return Question(key=f"{about}_comment", kind="comment", text=given, about=about, **own)
