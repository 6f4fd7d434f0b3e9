"""What is kept of a form: page by page, once, changed, and of whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from tests.surveys.answering.doors import NOON, Respondent, at_link, at_token, open_code, personal_token

from peil.surveys.answering.doors import door_of_link, door_of_token, forget_doors
from peil.surveys.answering.submitting import ask_back, find_begun
from peil.surveys.keeping import draft_from_published, end_survey, publish_draft, save_draft
from peil.surveys.links import close_link, find_link
from peil.surveys.models import Request, Response
from peil.surveys.questionnaires.as_json import answers_from_json
from peil.surveys.questionnaires.question import Answer
from peil.surveys.questionnaires.templates import draft_from

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    forget_doors()


def kept() -> Response:
    return Response.objects.get()


def publish_again(key: str) -> None:
    draft = draft_from_published(key)
    publish_draft(key, save_draft(key, replace(draft.shown, retention_months=6), draft.edits).edits)
    forget_doors()


def answers() -> dict[str, Answer]:
    return {a.question: a for a in answers_from_json(kept().answers)}


def test_a_submission_is_kept_page_by_page_and_known_to_be_unfinished_until_its_end() -> None:
    somebody = at_link(open_code("after_contact", channel="web", team="Zwolle"))
    first = somebody.send(1, ease="3", solved="0")
    assert (first.outcome, first.page) == ("kept", 2)
    assert (kept().finished_at, kept().last_question, kept().to_facts) == (None, "solved", True)
    second = somebody.send(2, after=150, reason_low="waiting", ease_comment="Lang gewacht.")
    assert (second.outcome, second.page, second.id) == ("kept", None, first.id)
    assert kept().finished_at == datetime(2026, 11, 10, 12, 2, 30, tzinfo=UTC)
    assert {k: (a.score, a.choices, a.text) for k, a in answers().items()} == {
        "ease": (3, (), ""), "solved": (0, (), ""), "reason_low": (None, ("waiting",), ""),
        "ease_comment": (None, (), "Lang gewacht."),
    }  # fmt: skip
    assert (kept().context, kept().device, kept().started_at) == ({"channel": "web", "team": "Zwolle"}, "phone", NOON)
    assert kept().last_question == "contact_request"


def test_the_same_form_twice_is_one_answer_and_gives_the_same_result() -> None:
    somebody = at_link(open_code("helpful"))
    first = somebody.send(1, helpful="1")
    before = kept().saved_at
    Response.objects.update(to_facts=False)
    assert somebody.send(1, after=500, helpful="1") == first
    assert (kept().saved_at, kept().to_facts) == (before, False)


def test_a_later_form_of_the_same_submission_takes_its_place() -> None:
    somebody = at_link(open_code("helpful"))
    somebody.send(1, helpful="1")
    Response.objects.update(to_facts=False)
    again = somebody.send(1, after=300, helpful="0")
    assert (again.outcome, again.page, answers()["helpful"].score) == ("kept", None, 0)
    assert kept().finished_at == datetime(2026, 11, 10, 12, 2, tzinfo=UTC), "finished when it first was"
    assert kept().to_facts


def test_a_change_of_the_first_page_takes_away_what_no_longer_shows() -> None:
    somebody = at_link(open_code("after_contact"))
    somebody.send(1, ease="2", solved="0")
    somebody.send(2, reason_low="waiting", ease_comment="Lang gewacht.", contact_request="0")
    changed = somebody.send(1, ease="7", solved="1")
    assert changed.page == 2, "whoever changes an answer is asked what goes with it"
    assert set(answers()) == {"ease", "solved", "ease_comment"}
    assert kept().finished_at is not None


def test_what_is_wrong_is_told_and_nothing_of_it_is_kept() -> None:
    somebody = at_link(open_code("after_contact"))
    wrong = somebody.send(1, ease="8")
    assert (wrong.outcome, wrong.page, [e.code for e in wrong.errors]) == ("wrong", 1, ["unknown"])
    assert not Response.objects.exists()


def test_a_page_that_was_passed_over_is_gone_back_to() -> None:
    draft = draft_from("after_contact")
    first = draft.pages[0]
    required = replace(first, questions=tuple(replace(q, required=True) for q in first.questions))
    somebody = at_link(open_code(replace(draft, pages=(required, *draft.pages[1:]))))
    sent = somebody.send(2, ease_comment="Zomaar")
    assert (sent.outcome, sent.page) == ("kept", 1)
    assert kept().finished_at is None


def test_a_form_without_one_answer_is_no_answer() -> None:
    token = personal_token("helpful")
    sent = at_token(token).send(1)
    assert (sent.outcome, sent.page, [e.code for e in sent.errors]) == ("wrong", 1, ["nothing"])
    assert Request.objects.get().answered_at is None


def test_the_first_who_finishes_has_answered_a_request() -> None:
    token = personal_token("helpful")
    first, second = at_token(token), at_token(token)
    assert first.send(1, helpful="1").outcome == "kept"
    assert second.send(1, helpful="0").outcome == "used"
    assert answers()["helpful"].score == 1
    found = Request.objects.get()
    assert (found.started_at, found.answered_at, found.to_facts) == (
        NOON,
        datetime(2026, 11, 10, 12, 2, tzinfo=UTC),
        True,
    )
    assert door_of_token(token).state == "used"
    assert door_of_token(token).answered == date(2026, 11, 10)


def test_who_began_on_a_phone_goes_on_elsewhere() -> None:
    token = personal_token("after_contact")
    phone, computer = at_token(token), at_token(token)
    phone.send(1, ease="6", solved="1")
    assert Request.objects.get().started_at == NOON
    begun = find_begun(computer.door, computer.mark)
    assert begun is not None
    assert (begun.form, begun.own) == ({"ease": ["6"], "solved": ["1"]}, False)
    assert computer.send(2, ease_comment="Goed").outcome == "kept"
    assert set(answers()) == {"ease", "solved", "ease_comment"}
    assert Request.objects.get().answered_at is not None
    assert phone.send(2, ease_comment="Toch niet").outcome == "kept", "it is the same submission, changed"


def test_a_reminder_is_taken_back_once_it_is_answered() -> None:
    token = personal_token("helpful", reminder_at=NOON)
    at_token(token).send(1, helpful="1")
    assert Request.objects.get().reminder_at is None


def test_an_answer_keeps_the_version_that_was_shown() -> None:
    """A form that was handed out before a new version is read as what was on it."""
    code = open_code("helpful")
    old = at_link(code)
    publish_again("helpful")
    assert at_link(code).door.asked.version == 2
    old.send(1, helpful="1")
    assert kept().version.number == 1


def test_a_request_without_a_version_keeps_that_of_its_first_page() -> None:
    token = personal_token("after_contact", versioned=False)
    somebody = at_token(token)
    somebody.send(1, ease="6")
    publish_again("after_contact")
    assert door_of_token(token).asked.version == 1


def test_an_open_link_says_that_it_is_over_and_a_personal_one_no_more_than_an_unknown_one() -> None:
    code, token = open_code("helpful"), personal_token("helpful")
    expired = personal_token("helpful", expires_at=NOON)
    assert door_of_token(expired) == door_of_token("nothing") == door_of_token("")
    link = find_link(code)
    assert link is not None
    close_link(link.id)
    forget_doors()
    assert door_of_link(code).state == "over"
    assert door_of_link("nothing").state == "unknown"
    end_survey("helpful")
    forget_doors()
    assert door_of_token(token) == door_of_token("nothing")


def test_of_an_anonymous_survey_nothing_leads_back() -> None:
    token = personal_token("engagement", context={"customer_id": "K1", "employee_id": "E1", "team": "Zwolle"})
    draft = draft_from("engagement")
    first = {q.key: str(q.scores[-1]) for q in draft.pages[0].questions if q.scores}
    somebody = at_token(token)
    for number in range(1, len(draft.pages) + 1):
        here = {q.key: str(q.scores[-1]) for q in draft.pages[number - 1].questions if q.scores} or {"x": "y"}
        last = somebody.send(number, **here)
    assert last.outcome == "kept"
    assert first
    row = kept()
    noon = datetime(2026, 11, 10, 12, tzinfo=UTC)
    assert (row.request, row.link, row.device, row.sender, row.language) == (None, None, "", "", "")
    assert (row.started_at, row.saved_at, row.finished_at) == (noon, noon, noon)
    assert row.context == {"team": "Zwolle"}
    asked = Request.objects.get()
    assert (asked.answered_at, asked.started_at) == (None, None)  # said later, with that of others
    assert somebody.mark not in row.submission


def test_an_anonymous_request_is_answered_once_too() -> None:
    token = personal_token("engagement")
    pages = draft_from("engagement").pages

    def answer(somebody: Respondent) -> list[str]:
        return [
            somebody.send(n, **{q.key: "3" for q in page.questions if q.scores}).outcome
            for n, page in enumerate(pages, start=1)
        ]

    first, second = at_token(token), at_token(token)
    assert answer(first)[-1] == "kept"
    assert set(answer(second)) == {"used"}
    assert Response.objects.exclude(finished_at=None).count() == 1
    changed = first.send(1, **{q.key: "4" for q in pages[0].questions if q.scores})
    assert changed.outcome == "kept", "who answered may change it"


def test_where_somebody_wants_to_be_called_back_is_kept_beside_the_answer() -> None:
    somebody = at_link(open_code("helpful"))
    assert not ask_back(somebody.door, somebody.mark, "06 12345678", NOON)
    somebody.send(1, helpful="0")
    assert ask_back(somebody.door, somebody.mark, "06 12345678", NOON)
    assert (kept().call_back, answers()["helpful"].score) == ("06 12345678", 0)
    somebody.send(1, helpful="1")
    assert kept().call_back == "06 12345678", "changing an answer does not take it back"
    assert ask_back(somebody.door, somebody.mark, "", NOON)
    assert kept().call_back == ""


def test_a_test_answer_is_marked() -> None:
    at_token(personal_token("helpful", test=True)).send(1, helpful="1")
    assert kept().test
