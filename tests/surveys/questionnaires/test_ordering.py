"""Another question first: every question once, none before one that it waits for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from peil.surveys.questionnaires.ordering import asked_first, first_ones
from peil.surveys.questionnaires.questionnaire import Page, Questionnaire
from peil.surveys.questionnaires.templates import TEMPLATES, draft_from


@pytest.mark.parametrize("template", sorted(TEMPLATES))
def test_whatever_is_asked_first_nothing_is_lost_and_nothing_comes_before_what_it_waits_for(template: str) -> None:
    draft = draft_from(template)
    assert draft.questions[0].key in first_ones(draft)
    for key in first_ones(draft):
        made = asked_first(draft, key)
        assert made.questions[0].key == key
        assert sorted(q.key for q in made.questions) == sorted(q.key for q in draft.questions)
        assert {q.key: q for q in made.questions} == {q.key: q for q in draft.questions}
        place = {q.key: n for n, q in enumerate(made.questions)}
        assert all(place[c.question] < place[q.key] for q in made.questions for c in q.show_if)


def one_page_each(draft: Questionnaire) -> Questionnaire:
    return replace(draft, pages=tuple(Page(questions=(q,)) for q in draft.questions))


def test_a_question_of_a_later_page_brings_its_page_along() -> None:
    draft = one_page_each(draft_from("after_contact"))
    last = [key for key in first_ones(draft) if key != draft.questions[0].key][-1]
    made = asked_first(draft, last)
    assert [q.key for q in made.pages[0].questions] == [last]
    rest = [q.key for q in draft.questions if q.key != last]
    assert [q.key for q in made.questions[1:]] == rest


def test_what_waits_for_an_answer_is_never_first() -> None:
    draft = draft_from("after_contact")
    waiting = next(q.key for q in draft.questions if q.show_if)
    assert waiting not in first_ones(draft)
    assert asked_first(draft, waiting) == draft
    assert asked_first(draft, "no_such_question") == draft
