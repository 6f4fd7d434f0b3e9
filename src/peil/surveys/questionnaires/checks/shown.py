"""The logic: conditions name earlier pages, ask what can be answered, and can be met."""

from __future__ import annotations

from collections.abc import Iterator

from peil.core.errors import did_you_mean
from peil.surveys.questionnaires.checks.finding import Finding, Place, finding
from peil.surveys.questionnaires.logic import can_be_shown, operators_for, possible_values
from peil.surveys.questionnaires.question import GROUPS, Condition, Question
from peil.surveys.questionnaires.questionnaire import Questionnaire


def check_shown(questionnaire: Questionnaire) -> Iterator[Finding]:
    pages = {q.key: page for page, q in questionnaire.placed()}
    order = {q.key: number for number, q in enumerate(questionnaire.questions)}
    questions = {q.key: q for q in questionnaire.questions}
    for page, question in questionnaire.placed():
        place = Place(page=page, question=question.key)
        sound = True
        for condition in question.show_if:
            other = condition.question
            if other not in pages:
                found = finding("logic_unknown_question", place, other=other, hint=did_you_mean(other, pages))
            elif order[other] >= order[question.key]:
                found = finding("logic_forward", place, other=other)
            elif pages[other] == page:
                found = finding("logic_same_page", place, other=other)
            elif not _can_be_asked(condition, questions[other]):
                found = finding("logic_wrong", place, other=other, allowed=_allowed(questions[other]))
            else:
                continue
            sound = False
            yield found
        if sound and question.show_if and not can_be_shown(question, questions):
            yield finding("logic_never", place)


def _can_be_asked(condition: Condition, question: Question) -> bool:
    if condition.operator not in operators_for(question):
        return False
    if condition.operator in ("answered", "not_answered"):
        return not condition.values
    if condition.operator == "group":
        return bool(condition.values) and set(condition.values) <= set(GROUPS)
    if condition.operator in ("at_least", "at_most"):
        return len(condition.values) == 1 and condition.values[0] in question.scores
    return bool(condition.values) and set(condition.values) <= set(possible_values(question))


def _allowed(question: Question) -> str:
    values = ", ".join(map(str, possible_values(question)))
    operators = ", ".join(operators_for(question))
    return f"{operators} ({values})" if values else operators
