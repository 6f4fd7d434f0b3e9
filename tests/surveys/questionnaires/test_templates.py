"""The templates give every KPI that is asked, can be published as they are, and follow their own advice."""

from __future__ import annotations

import pytest

from peil.core.errors import BadQuery
from peil.core.kpis import ALL
from peil.surveys.questionnaires.checks import check
from peil.surveys.questionnaires.checks.length import seconds_to_answer
from peil.surveys.questionnaires.logic import shown_on_page
from peil.surveys.questionnaires.question import Answer
from peil.surveys.questionnaires.questionnaire import words_of
from peil.surveys.questionnaires.templates import TEMPLATES, draft_from
from peil.surveys.questionnaires.templates.building import Template
from peil.surveys.questionnaires.templates.service_quality import STATEMENTS
from peil.surveys.questionnaires.texts import text
from peil.surveys.questionnaires.versions import publish

DERIVED = {
    "servqual_dimension": "servqual",
    "servqual_overall": "servqual",
    "servqual_weighted": "servqual_points",
    "sus": "sus_item",
}
LONG = {"service_quality": ["time_long"]}  # 22 pairs are long, and the page says so


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=lambda t: t.key)
def test_a_template_can_be_published_and_follows_the_advice(template: Template) -> None:
    draft = draft_from(template.key)
    assert [f.code for f in check(draft)] == LONG.get(template.key, [])
    assert publish(draft).version == 1
    assert draft.moment == template.moment
    assert draft.key == template.key
    assert all(template.name)
    assert all(template.advice)


def test_every_kpi_that_is_asked_has_a_template() -> None:
    asked = {k.key for k in ALL if k.fact == "answers" and any(r.column == "kind" for r in k.rows)} | {"helpful"}
    # what is asked about one contact is never pooled with the brand as a whole: NPS has its place there alone
    at_a_contact = {"nps", "nps_1_10"}
    promised = {kpi for t in TEMPLATES.values() for kpi in t.kpis}
    assert promised == asked - at_a_contact


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=lambda t: t.key)
def test_a_template_asks_what_its_kpis_read(template: Template) -> None:
    draft = draft_from(template.key)
    kpis = {k.key: k for k in ALL}
    for key in template.kpis:
        if key == "helpful":
            assert {q.kind for q in draft.questions} == {"helpful"}
            continue
        kinds = {v for r in kpis[key].rows if r.column == "kind" for v in r.values}
        asked = [q for q in draft.questions if q.kind in {DERIVED.get(k, k) for k in kinds}]
        assert asked
        about = [v for r in kpis[key].rows if r.column == "relationship" for v in r.values]
        assert all(int(draft.scope_of(q) == "relationship") in about for q in asked if about)


def test_a_template_that_is_not_there() -> None:
    with pytest.raises(BadQuery, match="Did you mean 'recommend'"):
        draft_from("recomend")


def test_22_statements_over_five_dimensions() -> None:
    assert {d: len(s) for d, s in STATEMENTS.items()} == {
        "tangibles": 4, "reliability": 5, "responsiveness": 4, "assurance": 4, "empathy": 5,
    }  # fmt: skip
    assert len({ending for both in STATEMENTS.values() for ending in both}) == 22


def test_after_a_contact_a_minute_and_a_half_is_the_most() -> None:
    assert seconds_to_answer(draft_from("after_contact")) <= 90
    assert seconds_to_answer(draft_from("helpful")) < 10


def test_reasons_are_asked_in_the_words_of_the_score_group() -> None:
    draft = draft_from("recommend")
    for score, key in ((6, "reason_low"), (7, "reason_middle"), (8, "reason_middle"), (9, "reason_high")):
        shown = [q.key for q in shown_on_page(draft, 2, [Answer(question="recommend", score=score)])]
        assert [k for k in shown if k.startswith("reason")] == [key]
        assert ("contact_request" in shown) == (score == 6)


def test_a_question_as_somebody_reads_it() -> None:
    draft = draft_from("after_contact_satisfaction")
    first = draft.questions[0]
    known = {"organisation": "Kadewijk", "contact.day": "3 maart"}
    assert words_of(draft, first.text, "nl", known) == "Hoe tevreden bent u over uw contact met ons op 3 maart?"
    without = words_of(draft, first.text, "en", {})
    assert without == "How satisfied are you with your contact with us on one of the past days?"
    assert words_of(draft, text("{organisatie|wij}"), "nl", known) == "Kadewijk"
