"""What a form says is read as it stands: nothing cut, guessed or dropped in silence."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.surveys.questionnaires.made import answered, form, made

from peil.surveys.questionnaires.answers import ERRORS, form_of, read_answers
from peil.surveys.questionnaires.kinds import KINDS
from peil.surveys.questionnaires.question import Answer, Question, fields_of
from peil.surveys.questionnaires.templates import TEMPLATES, draft_from
from peil.surveys.questionnaires.templates.building import DONT_KNOW, ask, comment, group_of, options

REASONS = options(("slow", "Traag", "Slow"), ("dear", "Duur", "Dear"))
POINTS = ("reliability", "assurance", "tangibles", "empathy", "responsiveness")


def errors(question: Question, **values: str | list[str]) -> list[tuple[str, str]]:
    return [(e.field, e.code) for e in read_answers(made([question]), form(**values)).errors]


def one(question: Question, **values: str | list[str]) -> Answer:
    (answer,) = answered(made([question]), form(**values))
    return answer


def test_scores_choices_and_words() -> None:
    assert one(ask("nps"), nps="0") == Answer(question="nps", score=0)
    assert one(ask("csat", points=5), csat=" 4 ") == Answer(question="csat", score=4)
    assert one(ask("solved"), solved="0").score == 0
    assert one(ask("gap"), gap="3", gap__expected="6") == Answer(question="gap", score=3, expected=6)
    assert one(ask("reason", options=REASONS), reason="dear").choices == ("dear",)
    assert one(ask("comment", "x_comment"), x_comment=" Prima.\r\nEcht. ").text == "Prima.\nEcht."
    assert one(ask("consent"), consent="1").score == 1


def test_several_choices_come_in_the_order_of_the_question_with_what_was_said_more() -> None:
    question = ask("reason", options=REASONS, several=True, most=2)
    given = one(question, reason=["else", "slow", "slow"], reason__else__words="  De kou ")
    assert given.choices == ("slow", "else")
    assert given.words == (("else", "De kou"),)
    assert errors(question, reason=["slow", "dear", "else"]) == [("reason", "too_many")]
    assert one(question, reason="slow", reason__else__words="niet gekozen").words == ()


@pytest.mark.parametrize("value", ["11", "-1", "7.0", "07", "٧", "７", "1e1", "+7", "nan", "<b>", "0x7", "7;8"])
def test_a_score_that_is_not_on_the_page_is_refused(value: str) -> None:
    assert errors(ask("nps"), nps=value) == [("nps", "unknown")]


def test_several_where_one_is_allowed() -> None:
    assert errors(ask("nps"), nps=["7", "8"]) == [("nps", "one_only")]
    assert one(ask("nps"), nps=["7", "7"]).score == 7
    assert errors(ask("reason", options=REASONS), reason=["slow", "dear"]) == [("reason", "one_only")]
    assert errors(ask("reason", options=REASONS), reason="cheap") == [("reason", "unknown")]


def test_a_long_text_is_refused_and_never_cut() -> None:
    question = ask("comment", "x_comment", longest=10)
    assert (
        one(question, x_comment="a\r\n" * 4 + "bc").text == "a\na\na\na\nbc"
    )  # 10 letters, whatever the browser sends
    reading = read_answers(made([question]), form(x_comment="01234567890"))
    assert reading.answers == ()
    assert reading.errors[0].said("nl") == "Uw tekst telt 11 tekens; 10 is het meeste. Maak hem korter."
    assert reading.errors[0].said("en").startswith("Your text has 11 characters")


def test_what_no_store_can_hold_is_shown_as_such() -> None:
    assert one(ask("comment", "x_comment"), x_comment="a\x00b\ud800").text == "a\ufffdb\ufffd"


def test_hostile_text_stays_text() -> None:
    hostile = "<script>alert(1)</script> {klant.voornaam} =1+1 '; DROP TABLE x"
    assert one(ask("comment", "x_comment"), x_comment=hostile).text == hostile


def test_skipped_is_no_answer_and_required_says_so() -> None:
    assert answered(made([ask("nps"), ask("csat")]), form(nps="", other="1")) == ()
    assert errors(ask("nps", required=True)) == [("nps", "required")]
    assert errors(ask("gap", required=True), gap="", gap__expected=" ") == [("gap", "required")]


def test_not_known_is_an_answer_apart() -> None:
    question = ask("told_again", dont_know=DONT_KNOW, required=True)
    assert one(question, told_again="dont_know") == Answer(question="told_again", dont_know=True)
    assert errors(ask("told_again"), told_again="dont_know") == [("told_again", "unknown")]
    assert one(ask("gap", dont_know=DONT_KNOW), gap="dont_know").dont_know
    several = ask("reason", options=REASONS, several=True, dont_know=DONT_KNOW)
    assert one(several, reason="dont_know") == Answer(question="reason", dont_know=True)
    assert errors(several, reason=["dont_know", "slow"]) == [("reason", "one_only")]


def test_half_a_pair_is_asked_for_the_other_half() -> None:
    assert errors(ask("gap"), gap="3") == [("gap.expected", "both")]
    assert errors(ask("gap"), gap__expected="3") == [("gap", "both")]


def test_points_are_a_hundred_together() -> None:
    question = ask("servqual_points", "p")
    given = one(question, p__reliability="60", p__empathy="40")
    assert dict(given.points) == {**dict.fromkeys(POINTS, 0), "reliability": 60, "empathy": 40}
    reading = read_answers(made([question]), form(p__reliability="60", p__empathy="41"))
    assert reading.errors[0].said("nl") == "Samen zijn het nu 101 punten; het moeten er 100 zijn."
    for wrong in ("-5", "3.5", "101", "x", "9999999999", "²"):
        assert errors(question, p__assurance=wrong) == [("p.assurance", "points")]


def test_a_call_back_needs_somewhere_to_call() -> None:
    question = ask("contact_request", "call")
    assert one(question, call="1", call__where="06 12 34 56 78").text == "06 12 34 56 78"
    assert one(question, call="1", call__where="a@b.nl").score == 1
    assert errors(question, call="1", call__where="straks") == [("call.where", "where")]
    assert errors(question, call="1", call__where="0" * 201) == [("call.where", "too_long")]
    assert one(question, call="0", call__where="06 12345678") == Answer(question="call", score=0)


def test_what_is_not_shown_has_no_answer_whatever_the_form_says() -> None:
    late = ask("reason", options=REASONS, show_if=group_of("nps", "unfavourable"), required=True)
    later = comment("nps", show_if=group_of("nps", "favourable"))
    questionnaire = made([ask("nps")], [late], [later])
    pleased = form(nps="9", reason="slow", nps_comment="Top")
    assert [a.question for a in answered(questionnaire, pleased)] == ["nps", "nps_comment"]
    assert [a.question for a in answered(questionnaire, form(nps="3", reason="dear", nps_comment="x"))] == [
        "nps",
        "reason",
    ]
    assert answered(questionnaire, form(reason="slow", nps_comment="x")) == ()


def test_pages_that_were_not_sent_are_not_asked_for() -> None:
    questionnaire = made([ask("nps")], [ask("csat", required=True)])
    assert read_answers(questionnaire, form(nps="9"), through=1).errors == ()
    assert [e.code for e in read_answers(questionnaire, form(nps="9"), through=2).errors] == ["required"]


def test_every_error_has_words_and_is_used() -> None:
    assert all(w.nl and w.en for w in ERRORS.values())
    assert not any(" je " in f" {w.nl} " for w in ERRORS.values())
    assert len(ERRORS) == 10  # "nothing" is told of a whole form, where it is kept


DRAFTS = {key: draft_from(key) for key in TEMPLATES}
FIELDS = st.sampled_from([f for draft in DRAFTS.values() for q in draft.questions for f in fields_of(q)])
VALUES = st.lists(
    st.one_of(st.text(max_size=20), st.sampled_from(["0", "1", "5", "10", "dont_know", "else"])), max_size=3
)


@settings(deadline=None)
@given(st.sampled_from(sorted(TEMPLATES)), st.dictionaries(FIELDS, VALUES, max_size=20))
def test_any_form_is_read_or_refused_field_by_field(key: str, sent: dict[str, list[str]]) -> None:
    questionnaire = DRAFTS[key]
    fields = {f for q in questionnaire.questions for f in fields_of(q)}
    reading = read_answers(questionnaire, sent)
    assert all(e.field in fields and e.said("nl") and e.said("en") for e in reading.errors)
    wrong, right = {e.question for e in reading.errors}, [a.question for a in reading.answers]
    assert not wrong & set(right)
    assert len(set(right)) == len(right)
    for answer in reading.answers:
        question = next(q for q in questionnaire.questions if q.key == answer.question)
        assert answer.dont_know or answer.choices or answer.points or answer.text or answer.score is not None
        if answer.score is not None and KINDS[question.kind].form in ("scale", "pair", "yes_no"):
            assert answer.score in question.scores
    assert read_answers(questionnaire, form_of(questionnaire, reading.answers)).answers == reading.answers


def test_a_page_is_shown_again_as_it_was_filled_in() -> None:
    several = ask("reason", options=REASONS, several=True)
    questionnaire = made(
        [
            ask("gap", "g"),
            several,
            ask("servqual_points", "p"),
            ask("solved", dont_know=DONT_KNOW),
            ask("contact_request", "c"),
        ]
    )
    filled_in = form(
        g="3", g__expected="6", reason=["slow", "else"], reason__else__words="De kou", p__reliability="100", p__assurance="0",
        p__tangibles="0", p__empathy="0", p__responsiveness="0", solved="dont_know", c="1", c__where="0612345678",
    )  # fmt: skip
    assert form_of(questionnaire, answered(questionnaire, filled_in)) == filled_in
