"""What is shown, and what can never be: held against trying every answer there is."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.surveys.questionnaires.made import codes, made

from peil.surveys.questionnaires.checks import check
from peil.surveys.questionnaires.logic import can_be_shown, holds, is_shown
from peil.surveys.questionnaires.question import Answer, Condition, Operator, Question
from peil.surveys.questionnaires.templates.building import DONT_KNOW, ask, group_of, options

REASONS = options(("slow", "Traag", "Slow"), ("dear", "Duur", "Dear"))


def when(question: str, operator: Operator, *values: int | str) -> Condition:
    return Condition(question=question, operator=operator, values=values)


@pytest.mark.parametrize(
    ("condition", "yes", "no"),
    [
        (when("q", "one_of", 1, 2), [1, 2], [3, None]),
        (when("q", "none_of", 1, 2), [3], [1, None]),
        (when("q", "at_least", 4), [4, 5], [3, None]),
        (when("q", "at_most", 2), [1, 2], [3, None]),
        (when("q", "group", "neutral"), [3], [2, 4, None]),
        (when("q", "answered"), [1], [None]),
        (when("q", "not_answered"), [None], [1]),
    ],
)
def test_operators(condition: Condition, yes: list[int | None], no: list[int | None]) -> None:
    question = ask("csat", "q")
    for score in yes + no:
        answer = None if score is None else Answer(question="q", score=score)
        assert holds(condition, question, answer) == (score in yes)


def test_not_known_meets_no_score_and_no_group() -> None:
    question, answer = ask("csat", "q", dont_know=DONT_KNOW), Answer(question="q", dont_know=True)
    assert holds(when("q", "answered"), question, answer)
    assert holds(when("q", "one_of", "dont_know"), question, answer)
    assert not holds(when("q", "at_most", 5), question, answer)
    assert not holds(when("q", "group", "neutral", "favourable", "unfavourable"), question, answer)


def last(*conditions: Condition) -> Question:
    return ask("comment", "x", show_if=conditions)


FIRST, SECOND = ask("csat", "a", points=3), ask("solved", "b", show_if=(when("a", "at_most", 2),))
THIRD = ask("reason", "c", options=REASONS, several=True, show_if=(when("b", "answered"),))


def shown_by_some_answers(question: Question) -> bool:
    """Every way to answer the three questions, page after page."""
    questions = {q.key: q for q in (FIRST, SECOND, THIRD)}
    choices = [
        (),
        ("slow",),
        ("dear",),
        ("slow", "dear"),
        ("slow", "dear", "else"),
        ("else",),
        ("slow", "else"),
        ("dear", "else"),
    ]
    for a, b, c in product((None, 1, 2, 3), (None, 0, 1), choices):
        answers: dict[str, Answer] = {}
        if a is not None:
            answers["a"] = Answer(question="a", score=a)
        if b is not None and is_shown(SECOND, questions, answers):
            answers["b"] = Answer(question="b", score=b)
        if c and is_shown(THIRD, questions, answers):
            answers["c"] = Answer(question="c", choices=c)
        if is_shown(question, questions, answers):
            return True
    return False


CONDITIONS = st.one_of(
    st.builds(lambda o, v: when("a", o, *v), st.sampled_from(["one_of", "none_of"]), st.lists(st.integers(1, 3), min_size=1)),
    st.builds(lambda o, v: when("a", o, v), st.sampled_from(["at_least", "at_most"]), st.integers(1, 3)),
    st.builds(lambda g: when("a", "group", g), st.sampled_from(["favourable", "neutral", "unfavourable"])),
    st.builds(lambda o, v: when("b", o, v), st.sampled_from(["one_of", "none_of"]), st.integers(0, 1)),
    st.builds(lambda o, v: when("c", o, *v), st.sampled_from(["one_of", "none_of"]), st.lists(st.sampled_from(["slow", "dear", "else"]), min_size=1)),
    st.builds(when, st.sampled_from("abc"), st.sampled_from(["answered", "not_answered"])),
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(CONDITIONS, min_size=1, max_size=5))
def test_never_shown_is_found_exactly(conditions: list[Condition]) -> None:
    question = last(*conditions)
    questions = {q.key: q for q in (FIRST, SECOND, THIRD, question)}
    assert can_be_shown(question, questions) == shown_by_some_answers(question)


def test_findings_of_logic() -> None:
    nps = ask("nps", "a")

    def found(*pages: list[Question]) -> list[str]:
        return [c for c in codes(check(made(*pages))) if c.startswith("logic")]

    assert found([nps], [last(when("a", "at_least", 9))]) == []
    assert found([nps], [last(when("z", "answered"))]) == ["logic_unknown_question"]
    assert found([last(when("a", "answered"))], [nps]) == ["logic_forward"]
    assert found([nps, last(when("a", "answered"))]) == ["logic_same_page"]
    assert found([nps], [last(when("a", "one_of", 11))]) == ["logic_wrong"]
    assert found([nps], [last(when("a", "one_of"))]) == ["logic_wrong"]
    assert found([nps], [last(when("a", "one_of", "slow"))]) == ["logic_wrong"]
    assert found([ask("solved", "a")], [last(*group_of("a", "neutral"))]) == ["logic_wrong"]
    assert found([nps], [last(when("a", "at_least", 9), when("a", "at_most", 6))]) == ["logic_never"]
    never = ask("csat", "b", show_if=(when("a", "at_least", 9), when("a", "at_most", 6)))
    assert found([nps], [never], [last(when("b", "answered"))]) == ["logic_never", "logic_never"]


def test_a_circle_ends() -> None:
    a = ask("nps", "a", show_if=(when("b", "answered"),))
    b = ask("nps", "b", show_if=(when("a", "answered"),))
    assert not can_be_shown(a, {"a": a, "b": b})


def test_a_long_chain_is_followed_once() -> None:
    """Two conditions a question on the one before: followed naively, 2 to the power of 300 steps."""
    chain = [ask("csat", "q0")]
    for number in range(1, 300):
        before = f"q{number - 1}"
        chain.append(ask("csat", f"q{number}", show_if=(when(before, "at_least", 2), when(before, "at_most", 3))))
    assert can_be_shown(chain[-1], {q.key: q for q in chain})
    never = ask("csat", "q0", show_if=(when("x", "answered"), when("x", "not_answered")))
    assert not can_be_shown(chain[-1], {**{q.key: q for q in chain}, "q0": never, "x": ask("nps", "x")})


def test_a_question_that_has_to_be_answered_is_never_skipped() -> None:
    required = ask("nps", "a", required=True)
    question = last(when("a", "not_answered"))
    assert not can_be_shown(question, {"a": required, "x": question})
    assert can_be_shown(question, {"a": ask("nps", "a"), "x": question})
