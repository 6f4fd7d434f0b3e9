"""Pages and questions of a draft: added, moved, taken out, changed. Each gives a questionnaire of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Literal, TypeAlias

from peil.core.errors import BadQuery
from peil.surveys.questionnaires.kinds import KINDS
from peil.surveys.questionnaires.question import Condition, Question
from peil.surveys.questionnaires.questionnaire import Page, Questionnaire
from peil.surveys.questionnaires.templates.building import ELSE, ask

Step: TypeAlias = Literal["up", "down"]
MOST_PAGES = 60


def question_of(questionnaire: Questionnaire, key: str) -> Question | None:
    return next((q for q in questionnaire.questions if q.key == key), None)


def page_of(questionnaire: Questionnaire, key: str) -> int:
    """The number of the page that a question stands on."""
    return next(page for page, q in questionnaire.placed() if q.key == key)


def add_page(questionnaire: Questionnaire) -> Questionnaire:
    """An empty page at the end."""
    if len(questionnaire.pages) >= MOST_PAGES:
        raise BadQuery("This survey has as many pages as one can have.", "Put more questions on a page.")
    return replace(questionnaire, pages=(*questionnaire.pages, Page(questions=())))


def remove_page(questionnaire: Questionnaire, number: int) -> Questionnaire:
    """Without this page and all that stands on it."""
    kept = tuple(p for n, p in enumerate(questionnaire.pages, start=1) if n != number)
    return replace(questionnaire, pages=kept)


def move_page(questionnaire: Questionnaire, number: int, step: Step) -> Questionnaire:
    pages = list(questionnaire.pages)
    other = number - 2 if step == "up" else number
    if not 0 <= other < len(pages):
        return questionnaire
    pages[number - 1], pages[other] = pages[other], pages[number - 1]
    return replace(questionnaire, pages=tuple(pages))


def change_page(questionnaire: Questionnaire, number: int, page: Page) -> Questionnaire:
    pages = list(questionnaire.pages)
    pages[number - 1] = page
    return replace(questionnaire, pages=tuple(pages))


def add_question(questionnaire: Questionnaire, kind: str, number: int) -> tuple[Questionnaire, str]:
    """A question of this kind with its usual words, at the end of page `number`; and its key."""
    key = free_key(questionnaire, "sus_01" if kind == "sus_item" else kind)
    made = _fresh(kind, key)
    pages = questionnaire.pages or (Page(questions=()),)
    draft = replace(questionnaire, pages=pages)
    page = pages[number - 1]
    return change_page(draft, number, replace(page, questions=(*page.questions, made))), key


def _fresh(kind: str, key: str) -> Question:
    meaning = KINDS[kind]
    if meaning.form == "choice" and kind in ("reason", "other"):
        return ask(kind, key, options=(ELSE,) if kind == "reason" else ())
    return ask(kind, key, dimension=meaning.dimensions[0] if meaning.dimensions and meaning.form != "points" else "")


def free_key(questionnaire: Questionnaire, wanted: str) -> str:
    """A key that no question has: `wanted`, or with a number behind it."""
    taken = {q.key for q in questionnaire.questions}
    stem = wanted.removesuffix("_01")
    numbered = f"{stem}_{{:02}}" if stem != wanted else f"{wanted[:36]}_{{}}"
    tried = (numbered.format(n) for n in range(2, len(taken) + 3))
    return wanted if wanted not in taken else next(k for k in tried if k not in taken)


def remove_question(questionnaire: Questionnaire, key: str) -> Questionnaire:
    return _each_page(questionnaire, lambda asked: [q for q in asked if q.key != key])


def move_question(questionnaire: Questionnaire, key: str, step: Step) -> Questionnaire:
    """One place up or down; from the edge of a page to the page beside it."""
    number = page_of(questionnaire, key)
    pages = [list(p.questions) for p in questionnaire.pages]
    mine = pages[number - 1]
    at = next(i for i, q in enumerate(mine) if q.key == key)
    to = at - 1 if step == "up" else at + 1
    if 0 <= to < len(mine):
        mine[at], mine[to] = mine[to], mine[at]
    elif step == "up" and number > 1:
        pages[number - 2].append(mine.pop(at))
    elif step == "down" and number < len(pages):
        pages[number].insert(0, mine.pop(at))
    both = zip(questionnaire.pages, pages, strict=True)
    return replace(questionnaire, pages=tuple(replace(p, questions=tuple(qs)) for p, qs in both))


def change_question(questionnaire: Questionnaire, key: str, question: Question) -> Questionnaire:
    """Another question in its place; under another key, what refers to it goes along."""

    def changed(asked: Sequence[Question]) -> list[Question]:
        return [question if q.key == key else _pointing(q, key, question.key) for q in asked]

    return _each_page(questionnaire, changed)


def _pointing(question: Question, old: str, new: str) -> Question:
    if old == new:
        return question
    conditions = tuple(_renamed(c, old, new) for c in question.show_if)
    return replace(question, about=new if question.about == old else question.about, show_if=conditions)


def _renamed(condition: Condition, old: str, new: str) -> Condition:
    return replace(condition, question=new) if condition.question == old else condition


def _each_page(
    questionnaire: Questionnaire, change: Callable[[Sequence[Question]], Sequence[Question]]
) -> Questionnaire:
    pages = tuple(replace(p, questions=tuple(change(p.questions))) for p in questionnaire.pages)
    return replace(questionnaire, pages=pages)
