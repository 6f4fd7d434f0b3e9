"""What is typed or stands in a cell -> a form; which questions follow, spelled out for devices."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from peil.surveys.channels.following import Needs, needs_of
from peil.surveys.channels.typed import form_of_typed
from peil.surveys.questionnaires.answers import read_answers
from peil.surveys.questionnaires.logic import is_shown
from peil.surveys.questionnaires.question import DONT_KNOW, Answer, Condition, Operator, Question
from peil.surveys.questionnaires.questionnaire import Questionnaire
from peil.surveys.questionnaires.templates import draft_from
from peil.surveys.questionnaires.texts import text

AFTER = draft_from("after_contact")


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ({"ease": "7"}, {"ease": ["7"]}),
        ({"ease": " 07 "}, {"ease": ["7"]}),
        ({"ease": "7,0"}, {"ease": ["7"]}),  # as a spreadsheet writes it
        ({"ease": "Zeer eens"}, {"ease": ["7"]}),
        ({"ease": "strongly agree"}, {"ease": ["7"]}),
        ({"ease": "7,5"}, {"ease": ["7,5"]}),  # no whole number: told at its field, and not rounded
        ({"ease": "seven"}, {"ease": ["seven"]}),
        ({"ease": ""}, {}),
        ({"solved": "j"}, {"solved": ["1"]}),
        ({"solved": "Nee"}, {"solved": ["0"]}),
        ({"solved": "1"}, {"solved": ["1"]}),
        ({"reason_low": "2"}, {"reason_low": ["unclear"]}),
        ({"reason_low": "unclear"}, {"reason_low": ["unclear"]}),
        ({"reason_low": "De uitleg was onduidelijk"}, {"reason_low": ["unclear"]}),
        ({"reason_low": "99"}, {"reason_low": ["99"]}),
        ({"ease_comment": "=SUM(A1) <b>"}, {"ease_comment": ["=SUM(A1) <b>"]}),
        ({"nothing": "7"}, {}),
    ],
)
def test_what_is_typed_becomes_what_a_form_would_have_sent(typed: dict[str, str], form: dict[str, list[str]]) -> None:
    assert form_of_typed(AFTER, typed) == form


def test_several_options_and_not_knowing() -> None:
    several = _with(
        replace(_question("reason_low"), several=True, show_if=(), dont_know=text("weet ik niet", "I do not know"))
    )
    for typed in ("1 3", "1,3", "waiting | not_solved", "1;3"):
        assert form_of_typed(several, {"reason_low": typed}) == {"reason_low": ["waiting", "not_solved"]}
    assert form_of_typed(several, {"reason_low": "?"}) == {"reason_low": [DONT_KNOW]}
    assert read_answers(several, {"reason_low": [DONT_KNOW]}).answers[0].dont_know
    assert form_of_typed(AFTER, {"ease": "?"}) == {"ease": ["?"]}  # where it is not offered it means nothing


OPERATORS: tuple[tuple[Operator, tuple[int | str, ...]], ...] = (
    ("one_of", (1, 2)), ("none_of", (1, 2)), ("at_least", (5,)), ("at_most", (3,)), ("group", ("unfavourable",)),
    ("answered", ()), ("not_answered", ()), ("at_least", (99,)),
)  # fmt: skip


@pytest.mark.parametrize(("operator", "values"), OPERATORS)
def test_a_device_shows_what_peil_would_show(operator: Operator, values: tuple[int | str, ...]) -> None:
    """The plain lists that a kiosk gets say the same as the conditions, for every score and for none."""
    asked = replace(_question("solved"), show_if=(Condition(question="ease", operator=operator, values=values),))
    first = replace(_question("ease"), dont_know=text("weet ik niet", "I do not know"))
    both = {"ease": first, "solved": asked}
    (need,) = needs_of(_with(first, asked), asked)
    given: list[Answer | None] = [None, Answer(question="ease", dont_know=True)]
    for answer in itertools.chain(given, (Answer(question="ease", score=s) for s in range(1, 8))):
        said = [] if answer is None else [DONT_KNOW if answer.dont_know else str(answer.score)]
        shown = is_shown(asked, both, {} if answer is None else {"ease": answer})
        assert _on_the_device(need, said) == shown, said


def _on_the_device(need: Needs, said: list[str]) -> bool:
    """As kiosk.js and typing.js have it."""
    if not need.answered:
        return not said
    if not said:
        return False
    return any(v in need.any for v in said) if need.any else not any(v in need.none for v in said)


def _question(key: str) -> Question:
    return next(q for q in AFTER.questions if q.key == key)


def _with(*questions: Question) -> Questionnaire:
    return replace(AFTER, pages=(replace(AFTER.pages[0], questions=questions),))
