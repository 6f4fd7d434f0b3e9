"""JSON holds all of a questionnaire, and says where it is wrong."""

from __future__ import annotations

import json
from dataclasses import MISSING, fields, replace
from typing import Any, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.surveys.questionnaires.made import made

from peil.core.boxes import Boxes
from peil.core.errors import BadInput
from peil.surveys.questionnaires.answers import read_answers
from peil.surveys.questionnaires.as_json import answers_from_json, answers_to_json, from_json, to_json
from peil.surveys.questionnaires.checks import check
from peil.surveys.questionnaires.checks.finding import said
from peil.surveys.questionnaires.checks.length import seconds_to_answer
from peil.surveys.questionnaires.kinds import KINDS
from peil.surveys.questionnaires.question import LONGEST_TEXT, Answer, Condition, Option, Question, Subject, fields_of
from peil.surveys.questionnaires.questionnaire import Page, Questionnaire, copy_questionnaire, words_of
from peil.surveys.questionnaires.scales import points_of
from peil.surveys.questionnaires.templates import TEMPLATES, draft_from
from peil.surveys.questionnaires.templates.building import ask, group_of
from peil.surveys.questionnaires.texts import Text, text

WORDS = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=12)
TEXTS = st.dictionaries(st.sampled_from(["nl", "en", "de", "pt-BR"]), WORDS, max_size=3).map(
    lambda d: Text(tuple(d.items()))
)
BOUNDS = st.tuples(st.integers(0, 10), st.integers(0, 10))
st.register_type_strategy(Text, TEXTS)
st.register_type_strategy(Boxes, st.builds(Boxes, BOUNDS, BOUNDS))
SHORT = {"key": WORDS, "touchpoint": WORDS, "journey": WORDS, "question": WORDS}
SUBJECTS = st.builds(Subject, touchpoint=WORDS, journey=WORDS)
CONDITIONS = st.lists(
    st.builds(Condition, question=WORDS, values=st.lists(st.one_of(st.integers(), WORDS), max_size=2).map(tuple)),
    max_size=2,
)
OPTIONS = st.lists(st.builds(Option, key=WORDS), max_size=2)
QUESTIONS = st.builds(
    Question, key=WORDS, kind=st.sampled_from(sorted(KINDS)), dimension=WORDS, about=WORDS, subject=st.none() | SUBJECTS,
    show_if=CONDITIONS.map(tuple), options=OPTIONS.map(tuple), labels=st.lists(TEXTS, max_size=2).map(tuple),
)  # fmt: skip
PAGES = st.lists(st.builds(Page, questions=st.lists(QUESTIONS, max_size=2).map(tuple)), max_size=2).map(tuple)
QUESTIONNAIRES = st.builds(
    Questionnaire,
    key=WORDS,
    subject=SUBJECTS,
    pages=PAGES,
    version=st.just(0),
    languages=st.lists(WORDS, max_size=2).map(tuple),
)
ANSWERS = st.lists(st.builds(
    Answer, question=WORDS, text=WORDS, choices=st.lists(WORDS, max_size=2).map(tuple),
    words=st.lists(st.tuples(WORDS, WORDS), max_size=2).map(tuple), points=st.lists(st.tuples(WORDS, st.integers()), max_size=2).map(tuple),
), max_size=3).map(tuple)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=60)
@given(QUESTIONNAIRES)
def test_round_trip(questionnaire: Questionnaire) -> None:
    assert from_json(to_json(questionnaire)) == questionnaire


def test_the_longest_answer_is_kept_whole() -> None:
    answers = (Answer(question="q", text="ë" * LONGEST_TEXT),)
    assert answers_from_json(answers_to_json(answers)) == answers


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=60)
@given(QUESTIONNAIRES)
def test_any_draft_can_be_checked_shown_and_answered(draft: Questionnaire) -> None:
    for found in check(draft):
        assert all(said(found, "nl"))
        assert all(said(found, "en"))
    for q in draft.questions:
        assert len(points_of(q, "nl")) == len(q.scores)
        assert words_of(draft, q.text, "nl", {"product": "x"}, q) is not None
    assert read_answers(draft, {f: ["1"] for q in draft.questions for f in fields_of(q)}) is not None
    assert seconds_to_answer(draft) >= 0


@settings(deadline=None)
@given(ANSWERS)
def test_answers_round_trip(answers: tuple[Answer, ...]) -> None:
    assert answers_from_json(answers_to_json(answers)) == answers


@pytest.mark.parametrize("key", TEMPLATES)
def test_templates_round_trip(key: str) -> None:
    assert from_json(to_json(draft_from(key))) == draft_from(key)


def test_a_copy_has_everything() -> None:
    """Every field, by reflection: one that is added later is compared too, and no default hides a loss."""
    every: dict[str, Any] = {
        "key": "first", "name": text("Eerste", "First"), "languages": ("nl",), "sender": text("Wij"), "purpose": text("Leren"),
        "subject": Subject(scope="relationship"), "moment": "calm", "pages": made([ask("nps")]).pages, "version": 7,
        "welcome": text("Dag"), "thanks": text("Dank u"), "retention_months": 3,
    }  # fmt: skip
    whole = Questionnaire(**every)
    assert set(every) == {f.name for f in fields(Questionnaire)}
    for f in fields(Questionnaire):
        assert f.default is MISSING or getattr(whole, f.name) != f.default
    copied = copy_questionnaire(whole, "second", text("Tweede"))
    given_anew = {"key": "second", "name": text("Tweede"), "version": 0}
    for f in fields(Questionnaire):
        assert getattr(copied, f.name) == given_anew.get(f.name, getattr(whole, f.name))


def test_everything_of_a_question_survives_json() -> None:
    every: dict[str, Any] = {
        "key": "q", "kind": "csat", "text": text("t"), "expected": text("e"), "help": text("h"), "required": True,
        "dont_know": text("d"), "points": 9, "look": "stars", "labels": (text("l"),), "boxes": Boxes((7, 9), (1, 3)),
        "dimension": "empathy", "options": (Option(key="o", text=text("o"), with_words=True),), "several": True, "most": 2,
        "about": "p", "longest": 5, "subject": Subject(scope="touchpoint", touchpoint="x", journey="y", words=text("z")),
        "show_if": group_of("p", "neutral"),
    }  # fmt: skip
    assert set(every) == set(get_type_hints(Question)) == {f.name for f in fields(Question)}
    question = Question(**every)
    (again,) = from_json(to_json(made([question]))).questions
    for f in fields(Question):
        assert getattr(again, f.name) == every[f.name]
        assert f.default is MISSING or every[f.name] != f.default


GOOD = to_json(made([ask("csat", "tevreden", show_if=group_of("p", "favourable"))]))


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('"languages"', '"langauges"', "'langauges' is not known. Did you mean 'languages'?"),
        ('"kind": "csat"', '"kind": "cast"', "'pages[1].questions[1].kind' can't be 'cast'. Did you mean 'csat'?"),
        ('"points": 5', '"points": "5"', "'pages[1].questions[1].points' has to be a whole number."),
        ('"points": 5', '"points": true', "'pages[1].questions[1].points' has to be a whole number."),
        ('"points": 5', '"points": 5.5', "'pages[1].questions[1].points' has to be a whole number."),
        ('"points": 5', '"points": NaN', "NaN is no number."),
        ('"points": 5', '"points": ' + "9" * 5000, "It holds a number that is longer than any."),
        ('"points": 5', '"requird": true', "'pages[1].questions[1].requird' is not known. Did you mean 'required'?"),
        ('"operator": "group"', '"operator": "grop"', "'pages[1].questions[1].show_if[1].operator' can't be 'grop'. Did you mean 'group'?"),
        ('"favourable"', "null", "'pages[1].questions[1].show_if[1].values[1]' has to be a whole number or a text."),
        ('"favourable"', "1.5", "'pages[1].questions[1].show_if[1].values[1]' has to be a whole number or a text."),
        ('"scope": "touchpoint"', '"scope": ["touchpoint"]', "'subject.scope' can't be"),
        ('"key": "made"', '"key": "made", "version": 3', "'version' can't be given."),
        ('"key": "made"', '"key": "made", "key": "twice"', "'key' stands twice in one object."),
        ('"key": "made",', "", "'key' is missing."),
        ('"Made"', "3", "'name' has to be a text for each language."),
        ('"Made"', '"\\ud800"', "'name.en' has a character that no text can hold."),
        ('"Made"', '"a\\u0000"', "'name.en' has a character that no text can hold."),
        ('"Made"', '"' + "a" * 10001 + '"', "'name.en' has 10,001 characters. At most 10,000."),
        ('"en": "Made"', '"Engels": "Made"', "'name.Engels' is no language. Write it in two letters"),
        ('"peil_questionnaire": 1', '"peil_questionnaire": 2', "has a form that this Peil does not know. It knows form 1."),
        ('"peil_questionnaire": 1,', "", "This is no questionnaire of Peil."),
        ("{", "", "It is not JSON: Extra data in line 2"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_place(before: str, after: str, told: str) -> None:
    assert before in GOOD
    with pytest.raises(BadInput) as caught:
        from_json(GOOD.replace(before, after, 1))
    assert told in str(caught.value)


def test_what_is_no_questionnaire_at_all() -> None:
    for written in (
        "[]",
        "null",
        '"x"',
        "{}",
        "[" * 100_000,
        "",
        '{"peil_questionnaire": 1, "questionnaire": []}',
        "x" * 3_000_000,
    ):
        with pytest.raises(BadInput):
            from_json(written)
    with pytest.raises(BadInput, match="has 501 entries"):
        from_json(to_json(replace(draft_from("recommend"), languages=("nl",) * 501)))
    with pytest.raises(BadInput, match="'pages' has 301 questions"):
        from_json(to_json(made([ask("nps", f"q{n}") for n in range(301)])))


@settings(max_examples=40, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
        lambda c: st.lists(c) | st.dictionaries(st.text(), c),
    )
)
def test_any_json_is_a_questionnaire_or_is_refused(content: object) -> None:
    with pytest.raises(BadInput):
        from_json(json.dumps({"peil_questionnaire": 1, "questionnaire": content}))
