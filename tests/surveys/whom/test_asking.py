"""Whether somebody is asked: decided once per cause, and kept with its reason."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from tests.surveys.asking import TUESDAY, published, terms, wanted

from peil.core.errors import BadQuery
from peil.ops.models import OutboxRow
from peil.surveys.keeping import add_survey, end_survey
from peil.surveys.models import Hold, NoMore, Request
from peil.surveys.questionnaires.templates import draft_from
from peil.surveys.whom.addresses import Line, address_hash, customer_hash, keep_contacts
from peil.surveys.whom.asking import ask, count_asked

pytestmark = pytest.mark.django_db


def test_a_request_is_a_row_and_one_piece_of_work_with_its_number_alone() -> None:
    survey = published().key
    asked = ask(wanted(survey, customer_id="K-77", address="Mina@Example.nl"), terms(), TUESDAY)
    row = Request.objects.get()
    assert (asked.new, asked.held_back, row.due_at, row.sent_at) == (True, "", TUESDAY, None)
    assert row.expires_at == TUESDAY + timedelta(days=30)
    (work,) = OutboxRow.objects.all()
    assert (work.kind, work.payload, work.not_before) == ("ask", {"request": row.pk}, TUESDAY)
    assert "Mina" not in f"{work.payload}{work.key}"


def test_the_same_cause_asks_once() -> None:
    survey = published().key
    first = ask(wanted(survey, cause="call-1"), terms(), TUESDAY)
    again = ask(wanted(survey, cause="call-1", address="other@example.nl"), terms(), TUESDAY)
    assert (again.uid, again.new) == (first.uid, False)
    assert Request.objects.count() == OutboxRow.objects.count() == 1


def test_one_that_is_held_back_is_a_row_with_its_reason_and_no_address() -> None:
    survey = published().key
    NoMore.objects.create(person=address_hash("mina@example.nl"), reason="opt_out", at=TUESDAY)
    asked = ask(wanted(survey), terms(), TUESDAY)
    row = Request.objects.get()
    assert asked.held_back == row.held_back == "opted_out"
    assert (row.address, row.known, row.due_at) == ("", {}, None)
    assert not OutboxRow.objects.exists()


@pytest.mark.parametrize(
    ("reason", "kept"), [("opt_out", "opted_out"), ("bounced", "bounced"), ("complaint", "complained")]
)
def test_who_said_no_more_is_known_by_number_and_by_address(reason: str, kept: str) -> None:
    survey = published().key
    NoMore.objects.create(person=customer_hash("K1"), reason=reason, at=TUESDAY)
    assert ask(wanted(survey, address="new@example.nl"), terms(), TUESDAY).held_back == kept
    NoMore.objects.create(person=address_hash("MINA@example.nl "), reason=reason, at=TUESDAY)
    assert ask(wanted(survey, customer_id="K2", address="mina@EXAMPLE.nl"), terms(), TUESDAY).held_back == kept


def test_no_more_of_one_survey_leaves_the_others() -> None:
    one, other = published().key, published().key
    from peil.surveys.models import Survey

    NoMore.objects.create(person=customer_hash("K1"), survey=Survey.objects.get(key=one), reason="opt_out", at=TUESDAY)
    assert ask(wanted(one), terms(), TUESDAY).held_back == "opted_out"
    assert ask(wanted(other), terms(), TUESDAY).held_back == ""


@pytest.mark.parametrize("reason", ["open_complaint", "open_case", "collections", "death", "minor"])
def test_a_hold_kept_or_told_with_the_event(reason: str) -> None:
    survey = published().key
    assert ask(wanted(survey, attributes={reason: True}), terms(), TUESDAY).held_back == reason
    hold = Hold.objects.create(customer_id="K1", reason=reason, since=TUESDAY - timedelta(days=1))
    assert ask(wanted(survey), terms(), TUESDAY).held_back == reason
    hold.until = TUESDAY - timedelta(hours=1)
    hold.save()
    assert ask(wanted(survey), terms(), TUESDAY).held_back == ""


@pytest.mark.parametrize(("born", "held"), [("2010-11-25", "minor"), ("2010-11-24", ""), ("no date", "")])
def test_a_child_is_not_asked_until_its_birthday(born: str, held: str) -> None:
    assert ask(wanted(published().key, attributes={"birth_date": born}), terms(), TUESDAY).held_back == held


def test_rest_is_of_the_person_over_all_surveys_and_ways_by_number_and_by_address() -> None:
    one, other = published().key, published("relationship").key
    how = terms(rest_days=30)
    assert ask(wanted(one, customer_id="K1", address="home@example.nl"), how, TUESDAY).held_back == ""
    soon = TUESDAY + timedelta(days=29)
    assert ask(wanted(other, customer_id="K1", address="work@example.nl"), how, soon).held_back == "resting"
    assert ask(wanted(other, customer_id="K2", address="HOME@example.nl"), how, soon).held_back == "resting"
    sms = wanted(other, customer_id="K1", address="+31612345678", via="sms")
    assert ask(sms, how, soon).held_back == "resting"
    assert ask(wanted(other, customer_id="K3", address="else@example.nl"), how, soon).held_back == ""
    later = TUESDAY + timedelta(days=30)
    assert ask(wanted(other, customer_id="K1", address="home@example.nl"), how, later).held_back == ""
    assert count_asked("K1") == 2


def test_what_was_held_back_or_was_a_test_tires_nobody() -> None:
    survey = published().key
    ask(wanted(survey, attributes={"open_case": True}), terms(), TUESDAY)
    ask(wanted(survey, test=True), terms(), TUESDAY)
    assert ask(wanted(survey), terms(), TUESDAY).held_back == ""


def test_surveys_that_ask_nobody() -> None:
    draft = draft_from("after_contact")
    add_survey(draft)
    ended, employees = published("recommend").key, published("engagement").key
    end_survey(ended)
    assert ask(wanted(draft.key), terms(), TUESDAY).held_back == "unpublished"
    assert ask(wanted(ended), terms(), TUESDAY).held_back == "ended"
    assert ask(wanted(employees), terms(), TUESDAY).held_back == "anonymous"
    with pytest.raises(BadQuery, match="no survey"):
        ask(wanted("nothing"), terms(), TUESDAY)


@pytest.mark.parametrize("address", ["", "mina", "mina@", "a@b.nl\r\nBcc: all@example.nl", "a@b.nl, c@d.nl"])
def test_what_is_no_address_is_not_written_to(address: str) -> None:
    assert ask(wanted(published().key, address=address), terms(), TUESDAY).held_back == "no_address"


def test_the_address_book_knows_what_the_event_does_not_say() -> None:
    survey = published().key
    keep_contacts([Line(customer_id="K9", email="mina@example.nl", phone="06 12345678", language="en")])
    ask(wanted(survey, customer_id="K9", address=""), terms(), TUESDAY)
    row = Request.objects.get()
    assert (row.address, row.language) == ("mina@example.nl", "en")


def test_the_sample_is_about_as_large_as_it_was_said() -> None:
    survey, how = published().key, terms(rest_days=0)
    held = [
        ask(wanted(survey, customer_id=f"K{n}", address=f"k{n}@example.nl", share=0.25), how, TUESDAY).held_back
        for n in range(400)
    ]
    assert set(held) == {"", "not_sampled"}
    assert 64 <= held.count("") <= 138  # 100 expected; beyond this one time in 100,000


def test_what_happened_long_ago_is_not_asked_about() -> None:
    survey = published().key
    before = TUESDAY - timedelta(days=15)
    assert ask(wanted(survey, happened_at=before), terms(), TUESDAY).held_back == "too_late"
    assert ask(wanted(survey, happened_at=before, late_days=20), terms(), TUESDAY).held_back == ""


def test_the_delay_runs_from_what_happened_and_ends_outside_quiet_hours() -> None:
    survey = published().key
    friday = datetime(2026, 11, 27, 18, 0, tzinfo=UTC)  # 19.00 in Amsterdam
    asked = ask(wanted(survey, happened_at=friday, delay_hours=2), terms(), friday)
    assert asked.due_at == datetime(2026, 11, 30, 8, 0, tzinfo=UTC)  # Monday at 9.00


def test_a_day_has_room_for_as_many_as_was_said_spread_over_it() -> None:
    survey, how = published().key, terms(a_day=11, rest_days=0)
    morning = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)  # 9.00
    due = [ask(wanted(survey, customer_id=f"K{n}", address=f"k{n}@example.nl"), how, morning).due_at for n in range(23)]
    hours = [d.hour for d in due if d is not None]
    assert hours == [*range(8, 19), *range(8, 19), 8]  # one an hour from 9.00 to 19.00, three days long
    assert [d.day for d in due if d is not None] == [24] * 11 + [25] * 11 + [26]
