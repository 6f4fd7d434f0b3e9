"""A submission makes the rows that an import of the same answers makes, and nothing that leads to anybody who is anonymous."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from tests.facts.mapping_of import mapped
from tests.surveys.questionnaires.made import BRAND, NOON, form, made, only, submitted

from peil.facts.schema import FACTS
from peil.surveys.questionnaires.question import Answer, Question
from peil.surveys.questionnaires.rows import Context, fact_rows
from peil.surveys.questionnaires.templates import TEMPLATES, draft_from
from peil.surveys.questionnaires.templates.building import DONT_KNOW, ask, comment, options

KNOWN = Context(
    channel="chat", device="tablet", customer_id="K1", interaction_id="I1", visit_id="V1", employee_id="M1",
    team="T1", solution="S1", extra={"x_region": "Noord"},
)  # fmt: skip
OWN = (
    "score",
    "expected",
    "scale_min",
    "scale_max",
    "box",
    "choice",
    "comment",
    "kind",
    "question",
    "dimension",
    "relationship",
)


def answers(question: Question, *others: Question, **values: str | list[str]) -> list[dict[str, object]]:
    return fact_rows(submitted(made([question, *others]), form(**values)))["answers"]


@pytest.mark.parametrize(
    ("question", "given", "mapping"),
    [
        (ask("nps", "q"), "7", ""),
        (ask("nps_1_10", "q"), "1", ""),
        (ask("csat", "q"), "5", "scale = [1, 5]"),
        (ask("csat", "q", points=10), "6", "scale = [1, 10]"),
        (ask("rapportcijfer", "q"), "8", ""),
        (ask("ces_agree", "q"), "5", ""),
        (ask("ces_effort", "q"), "1", ""),
        (ask("ces_ease", "q"), "1", ""),
        (ask("servperf", "q", dimension="empathy"), "7", 'scale = [1, 7]\ndimension = "empathy"'),
        (ask("engagement", "q"), "2", "scale = [1, 5]"),
        (ask("sus_item", "sus_03"), "2", ""),
        (ask("sus_item", "sus_04"), "2", "favourable = [1, 2]\nunfavourable = [4, 5]"),
        (ask("solved", "q"), "0", ""),
        (ask("told_again", "q"), "1", ""),
        (ask("task_success", "q"), "1", ""),
        (ask("preferred_channel", "q"), "chat", ""),
        (ask("comment", "q"), "Het ging, goed", ""),
    ],
    ids=lambda q: q.kind if isinstance(q, Question) else "",
)
def test_rows_are_those_of_an_import_of_the_same_answers(question: Question, given: str, mapping: str) -> None:
    (row,) = answers(question, **{question.key: given})
    text = f'[answers]\nresponse_id = "nr"\n[[answers.questions]]\nquestion = "{question.key}"\nkind = "{question.kind}"\ncolumn = "Q"\n{mapping}\n'
    (same,) = mapped(text, {"nr": ["1"], "Q": [given]}).tables["answers"].to_pylist()
    assert only(row, *OWN) == only(same, *OWN)


def test_a_pair_is_that_of_an_import() -> None:
    question = ask("servqual", "servqual_01", dimension="tangibles")
    (row,) = answers(question, servqual_01="5", servqual_01__expected="7")
    text = (
        '[answers]\nresponse_id = "nr"\n[[answers.questions]]\nquestion = "servqual_01"\nkind = "servqual"\ncolumn = "P"\n'
        'expected = { column = "E" }\nscale = [1, 7]\ndimension = "tangibles"\n'
    )
    (same,) = mapped(text, {"nr": ["1"], "P": ["5"], "E": ["7"]}).tables["answers"].to_pylist()
    assert only(row, *OWN) == only(same, *OWN)
    assert (row["score"], row["expected"], row["box"]) == (5.0, 7.0, 0)


@pytest.mark.parametrize("key", TEMPLATES)
def test_columns_are_raw_ones_of_their_facts(key: str) -> None:
    draft = draft_from(key)
    sent = {q.key: ["1"] for q in draft.questions if q.meaning.form in ("scale", "yes_no")}
    for fact, rows in fact_rows(submitted(draft, sent, context=KNOWN)).items():
        raw = set(FACTS[fact].arrow("raw").names)
        for row in rows:
            assert {name for name in row if not name.startswith("x_")} <= raw
            assert row["source"] == "peil"
            assert row[FACTS[fact].key]


def test_what_is_known_beside_the_answers() -> None:
    questionnaire = made([ask("csat"), ask("nps", subject=BRAND)])
    found = fact_rows(submitted(questionnaire, form(csat="4", nps="9"), context=KNOWN))
    assert found["responses"] == [
        {
            "source": "peil", "response_id": "r1", "survey": "made", "version": "1", "started_at": NOON, "finished_at": NOON,
            "last_question": None, "device": "tablet", "language": "nl", "touchpoint": "delivery", "channel": "chat",
            "flags": None, "customer_id": "K1",
        }
    ]  # fmt: skip
    csat, nps = found["answers"]
    about = (
        "relationship",
        "touchpoint",
        "journey",
        "interaction_id",
        "visit_id",
        "employee_id",
        "team",
        "customer_id",
        "x_region",
    )
    assert list(only(csat, *about).values()) == [0, "delivery", "moving", "I1", "V1", "M1", "T1", "K1", "Noord"]
    # about the brand, so about no contact and nobody's work
    assert list(only(nps, *about).values()) == [1, None, None, None, None, None, "T1", "K1", "Noord"]


def test_skipped_leaves_no_row_and_not_known_one_that_no_kpi_reads() -> None:
    rows = answers(ask("csat"), ask("told_again", dont_know=DONT_KNOW), told_again="dont_know")
    assert [only(r, "question", "kind", "choice", "score", "box") for r in rows] == [
        {"question": "told_again", "kind": "other", "choice": "dont_know", "score": None, "box": None}
    ]


def test_several_reasons_are_a_row_each() -> None:
    question = ask("reason", "why", options=options(("dear", "Duur", "Dear")), several=True)
    rows = answers(question, why=["dear", "else"], why__else__words="De kou")
    assert [(r["answer_id"], r["choice"], r["comment"]) for r in rows] == [
        ("r1:why:dear", "Duur", None),
        ("r1:why:else", "Iets anders", "De kou"),
    ]


def test_a_reason_is_one_reason_in_every_language() -> None:
    questionnaire = made([ask("reason", "why", options=options(("dear", "Duur", "Dear")))])
    submission = submitted(questionnaire, form(why="dear"))
    told = [fact_rows(replace(submission, language=language))["answers"][0] for language in ("nl", "en")]
    assert [(r["choice"], r["language"]) for r in told] == [("Duur", "nl"), ("Duur", "en")]
    english = replace(submission, questionnaire=replace(submission.questionnaire, languages=("en", "nl")))
    assert fact_rows(english)["answers"][0]["choice"] == "Dear"


def test_points_are_a_row_for_each_dimension() -> None:
    rows = answers(ask("servqual_points", "p"), p__empathy="70", p__tangibles="30")
    found = {r["dimension"]: (r["score"], r["scale_min"], r["scale_max"], r.get("box")) for r in rows}
    assert found["empathy"] == (70.0, 0.0, 100.0, None)
    assert found["reliability"] == (0.0, 0.0, 100.0, None)
    assert len({r["answer_id"] for r in rows}) == 5


def test_a_comment_stands_beside_its_score() -> None:
    score, words = ask("csat", dont_know=DONT_KNOW), comment("csat")
    (both,) = answers(score, words, csat="2", csat_comment="Koud")
    assert (both["score"], both["box"], both["comment"], both["question"]) == (2.0, -1, "Koud", "csat")
    (alone,) = answers(score, words, csat_comment="Koud")
    assert (alone.get("score"), alone["kind"], alone["question"], alone["comment"]) == (None, "csat", "csat", "Koud")
    unknown, said = answers(score, words, csat="dont_know", csat_comment="Koud")
    assert (unknown["kind"], said["kind"], said["question"]) == ("other", "comment", "csat_comment")
    assert unknown["answer_id"] != said["answer_id"]


def test_call_backs_and_consent_are_in_no_fact() -> None:
    found = fact_rows(
        submitted(
            made([ask("contact_request", "call"), ask("consent")]),
            form(call="1", call__where="0612345678", consent="1"),
        )
    )
    assert set(found) == {"responses"}
    assert "0612345678" not in repr(found)


def test_did_this_answer_help_is_one_vote_for_each_visit_and_answer() -> None:
    questionnaire = draft_from("helpful")
    found = fact_rows(submitted(questionnaire, form(helpful="1"), context=KNOWN))
    assert found["solution_views"] == [
        {
            "source": "peil",
            "view_id": "V1:S1",
            "visit_id": "V1",
            "customer_id": "K1",
            "solution": "S1",
            "at": NOON,
            "helpful": 1,
        }
    ]
    assert "answers" not in found
    again = fact_rows(submitted(questionnaire, form(helpful="0"), number=2, context=KNOWN))
    assert again["solution_views"][0]["view_id"] == "V1:S1"


def test_a_test_leaves_nothing() -> None:
    assert fact_rows(replace(submitted(made([ask("nps")]), form(nps="9")), test=True)) == {}


def test_not_finished_has_answers_and_no_end() -> None:
    found = fact_rows(replace(submitted(made([ask("nps")]), form(nps="9")), finished=False, last_question="nps"))
    assert only(found["responses"][0], "finished_at", "last_question") == {"finished_at": None, "last_question": "nps"}
    assert found["answers"][0]["answered_at"] == NOON


def test_an_employee_is_told_by_nothing() -> None:
    questionnaire = draft_from("engagement")
    late = datetime(2026, 3, 4, 23, 59, 59, tzinfo=timezone(timedelta(hours=1)))
    given = form(important="5", heard="dont_know")
    found = fact_rows(replace(submitted(questionnaire, given, context=KNOWN), saved_at=late, started_at=late))
    noon = datetime(2026, 3, 4, 12, tzinfo=UTC)
    for rows in found.values():
        for row in rows:
            told = {k: v for k, v in row.items() if v is not None and k not in ("source", "response_id", "answer_id")}
            assert set(told) <= {
                "survey", "version", "question", "kind", "choice", "relationship", "score", "scale_min", "scale_max", "box",
                "team", "answered_at", "finished_at",
            }  # fmt: skip
            assert {v for v in told.values() if isinstance(v, datetime)} <= {noon}
            assert not {"K1", "I1", "V1", "M1", "chat", "tablet", "Noord", "nl"} & set(map(str, told.values()))


def test_answers_outlive_the_form_they_came_from() -> None:
    submission = submitted(made([ask("ces_effort", "e")]), form(e="1"))
    assert submission.answers == (Answer(question="e", score=1),)
    assert fact_rows(submission) == fact_rows(submission)
