"""Which questions are shown, given the answers so far; and which can never be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

from peil.surveys.questionnaires.question import DONT_KNOW, GROUPS, Answer, Condition, Operator, Question, boxes_of
from peil.surveys.questionnaires.questionnaire import Questionnaire

_ORDERED: tuple[Operator, ...] = ("at_least", "at_most", "group")


def holds(condition: Condition, question: Question, answer: Answer | None) -> bool:
    """Whether an answer to `question` (None: skipped or not shown) meets the condition."""
    if condition.operator == "not_answered":
        return answer is None
    if answer is None:
        return False
    if condition.operator == "answered":
        return True
    if condition.operator == "group":
        return _group_of(question, answer) in condition.values
    given = _given(answer)
    if condition.operator == "one_of":
        return bool(given & set(condition.values))
    if condition.operator == "none_of":
        return not given & set(condition.values)
    bound = condition.values[0] if condition.values else None
    if answer.score is None or not isinstance(bound, int):
        return False
    return answer.score >= bound if condition.operator == "at_least" else answer.score <= bound


def _given(answer: Answer) -> set[int | str]:
    if answer.dont_know:
        return {DONT_KNOW}
    return {*answer.choices, *(() if answer.score is None else (answer.score,))}


def _group_of(question: Question, answer: Answer) -> str | None:
    boxes = boxes_of(question)
    if boxes is None or answer.score is None:
        return None
    box = int(boxes.of([answer.score])[0])
    return next(name for name, value in GROUPS.items() if value == box)


def is_shown(question: Question, questions: Mapping[str, Question], answers: Mapping[str, Answer]) -> bool:
    """Whether `question` is shown: each of its conditions holds. `answers` are those of the questions before it."""
    return all(
        c.question in questions and holds(c, questions[c.question], answers.get(c.question)) for c in question.show_if
    )


def shown_on_page(questionnaire: Questionnaire, number: int, answers: Sequence[Answer]) -> tuple[Question, ...]:
    """The questions of page `number` (from 1) for who gave these answers; none means that the page is passed over."""
    questions = {q.key: q for q in questionnaire.questions}
    given = {a.question: a for a in answers}
    return tuple(q for q in questionnaire.pages[number - 1].questions if is_shown(q, questions, given))


def possible_values(question: Question) -> tuple[int | str, ...]:
    """What a condition may ask of an answer to `question`."""
    more: tuple[int | str, ...] = (DONT_KNOW,) if question.dont_know else ()
    form = question.meaning.form
    if form in ("scale", "pair", "yes_no"):
        return (*question.scores, *more)
    if form == "choice":
        return (*(o.key for o in question.options), *more)
    return (0, 1) if form == "contact" else (1,) if form == "consent" else ()


def operators_for(question: Question) -> tuple[Operator, ...]:
    """Which operators mean anything for answers to `question`."""
    always: tuple[Operator, ...] = ("answered", "not_answered")
    form = question.meaning.form
    if form in ("scale", "pair"):
        return (
            ("one_of", "none_of", *_ORDERED, *always)
            if boxes_of(question)
            else ("one_of", "none_of", *_ORDERED[:2], *always)
        )
    return ("one_of", "none_of", *always) if possible_values(question) else always


def can_be_shown(question: Question, questions: Mapping[str, Question]) -> bool:
    """Whether any answers lead to `question`. Every condition but `not_answered` also needs its question to be shown."""
    needed = _all_conditions(question, questions)
    if needed is None:
        return False
    asked: dict[str, list[Condition]] = {}
    for condition in needed:
        asked.setdefault(condition.question, []).append(condition)
    return all(_can_meet(questions[key], conditions) for key, conditions in asked.items() if key in questions)


def _all_conditions(question: Question, questions: Mapping[str, Question]) -> list[Condition] | None:
    """Its own conditions and those of the questions it needs; None where these go round in a circle."""
    needs: dict[str, set[str]] = {}
    waiting = [question]
    while waiting:
        one = waiting.pop()
        if one.key in needs:
            continue
        named = {c.question for c in one.show_if if c.operator != "not_answered" and c.question in questions}
        needs[one.key] = named
        waiting += [questions[key] for key in named]
    try:
        TopologicalSorter(needs).prepare()
    except CycleError:
        return None
    needed = [question, *(questions[key] for key in needs if key != question.key)]
    return [condition for one in needed for condition in one.show_if]


def _can_meet(question: Question, conditions: Sequence[Condition]) -> bool:
    return any(all(holds(c, question, answer) for c in conditions) for answer in _kinds_of_answer(question, conditions))


def _kinds_of_answer(question: Question, conditions: Sequence[Condition]) -> list[Answer | None]:
    """Answers of every sort that the conditions can tell apart."""
    answers: list[Answer | None] = []
    if not question.required or question.show_if:
        answers.append(None)
    key, form = question.key, question.meaning.form
    if question.dont_know:
        answers.append(Answer(question=key, dont_know=True))
    if form == "choice":
        choices = [o.key for o in question.options]
        answers += [Answer(question=key, choices=(c,)) for c in choices]
        if question.allows_several:
            never = {v for c in conditions if c.operator == "none_of" for v in c.values}
            rest = tuple(c for c in choices if c not in never)
            answers += [Answer(question=key, choices=rest)] if rest else []
    elif possible_values(question):
        answers += [Answer(question=key, score=v) for v in possible_values(question) if isinstance(v, int)]
    else:
        answers.append(Answer(question=key, text="x"))
    return answers
