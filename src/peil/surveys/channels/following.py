"""Which questions follow from which answers, spelled out: a kiosk without network has to know it by itself.

Each condition becomes a list of values, so that a device needs to know nothing of scales, boxes and operators. What it
sends is read here again as any form: a device can be wrong, and then it is told.
"""

from __future__ import annotations

from dataclasses import dataclass

from peil.surveys.questionnaires.logic import holds, possible_values
from peil.surveys.questionnaires.question import DONT_KNOW, Answer, Condition, Question
from peil.surveys.questionnaires.questionnaire import Questionnaire


@dataclass(frozen=True, slots=True)
class Needs:
    """What the answer to `question` has to be: one of `any`, or none of `none`; whether anything is answered alone."""

    question: str
    any: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    answered: bool = True


def needs_of(questionnaire: Questionnaire, question: Question) -> tuple[Needs, ...]:
    """All that has to hold for `question` to be shown."""
    there = {q.key: q for q in questionnaire.questions}
    return tuple(_needs(c, there[c.question]) for c in question.show_if if c.question in there)


def _needs(condition: Condition, about: Question) -> Needs:
    if condition.operator in ("answered", "not_answered"):
        return Needs(about.key, answered=condition.operator == "answered")
    if condition.operator == "none_of":
        return Needs(about.key, none=tuple(map(str, condition.values)))
    met = [v for v in possible_values(about) if holds(condition, about, _answer(about, v))]
    return Needs(about.key, any=tuple(map(str, met)) or ("",))


def _answer(question: Question, value: int | str) -> Answer:
    if value == DONT_KNOW:
        return Answer(question=question.key, dont_know=True)
    return (
        Answer(question=question.key, choices=(value,))
        if isinstance(value, str)
        else Answer(question=question.key, score=value)
    )
