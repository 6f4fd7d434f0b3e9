"""The same questionnaire with another question asked first: what a trial of first questions draws by lot.

Nothing else changes: every question is there once, with its own key, and what is shown after which answer stays. So
answers to it are answers to the version that it was made of.
"""

from __future__ import annotations

from dataclasses import replace

from peil.surveys.questionnaires.questionnaire import Questionnaire


def first_ones(questionnaire: Questionnaire) -> tuple[str, ...]:
    """Which questions can be asked first: those that wait for no answer, on a page where nothing else does either, or
    on the first page."""
    return tuple(
        question.key
        for number, page in enumerate(questionnaire.pages, start=1)
        for question in page.questions
        if not question.show_if and (number == 1 or not any(other.show_if for other in page.questions))
    )


def asked_first(questionnaire: Questionnaire, key: str) -> Questionnaire:
    """With `key` as the first question: it goes to the top of its page, and that page before the others. As it was,
    where that question can't be the first."""
    if key not in first_ones(questionnaire):
        return questionnaire
    page = next(p for p in questionnaire.pages if any(q.key == key for q in p.questions))
    questions = tuple(sorted(page.questions, key=lambda q: q.key != key))
    rest = tuple(p for p in questionnaire.pages if p is not page)
    return replace(questionnaire, pages=(replace(page, questions=questions), *rest))
