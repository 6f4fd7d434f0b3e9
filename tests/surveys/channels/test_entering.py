"""Answers that colleagues enter: once, on the day of the paper, by whom; taken back; of requests by phone."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone
from tests.surveys.answering.doors import published
from tests.web.channels.making import ZONE, door_at, link_of

from peil.accounts.models import Person
from peil.surveys.channels.entering import TAKEN_BACK, Entry, enter, find_to_call, for_request, take_back, to_call
from peil.surveys.facts.rows import rows_of_responses
from peil.surveys.links import OpenLink
from peil.surveys.models import Request, Response, Survey

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk() -> Person:
    return Person.objects.create_user("clerk@example.nl", "welkom-bij-peil-1", name="Clerk", role="agent")


def entry(number: str = "12", day: date | None = date(2026, 11, 3), by: Person | None = None, **form: str) -> Entry:
    given = {name: [value] for name, value in (form or {"ease": "6", "solved": "1"}).items()}
    return Entry(number=number, form=given, language="nl", day=day, by=by.pk if by else None)


def test_a_sheet_counts_on_its_day_with_who_entered_it_and_the_channel_of_its_link(clerk: Person) -> None:
    door = door_at(link_of("paper", "after_contact", channel="post", team="Zwolle"))
    assert enter(door, entry(by=clerk), ZONE).outcome == "kept"
    row = Response.objects.get()
    assert (row.device, row.entered_by, row.flags) == ("paper", clerk, "")
    assert row.finished_at == row.started_at == datetime(2026, 11, 3, 11, tzinfo=UTC)  # noon in Amsterdam
    rows = dict(rows_of_responses(Response.objects.select_related("version", "link")))
    assert (rows["answers"]["channel"], rows["answers"]["team"]) == ("post", "Zwolle")


def test_the_same_sheet_twice_is_one_answer_and_the_later_entry_holds(clerk: Person) -> None:
    door = door_at(link_of("paper", "after_contact"))
    first = enter(door, entry(by=clerk), ZONE)
    second = enter(door, entry(by=clerk, ease="2"), ZONE)
    assert (first.id, Response.objects.count()) == (second.id, 1)
    assert enter(door, entry("13", by=clerk), ZONE).id != first.id


def test_a_sheet_of_today_is_not_in_the_future() -> None:
    enter(door_at(link_of("paper", "after_contact")), entry(day=timezone.now().astimezone(ZONE).date()), ZONE)
    assert Response.objects.get().saved_at <= timezone.now()


def test_what_is_taken_back_is_in_no_figure_and_only_ones_own_is(clerk: Person) -> None:
    link = link_of("paper", "after_contact")
    number = uuid.UUID(enter(door_at(link), entry(by=clerk), ZONE).id)
    other = Person.objects.create_user("other@example.nl", "welkom-bij-peil-1", name="Other", role="agent")
    assert not take_back(link.id, other.pk, number)
    assert not take_back(link_of("paper", "after_contact").id, clerk.pk, number)
    assert take_back(link.id, clerk.pk, number)
    assert not take_back(link.id, clerk.pk, number)
    row = Response.objects.select_related("version", "link").get()
    assert (row.flags, row.finished_at, row.to_facts) == (TAKEN_BACK, None, True)
    facts = list(rows_of_responses([row]))
    assert [fact for fact, _ in facts] == ["responses"]
    assert facts[0][1]["finished_at"] is None


def test_an_anonymous_sheet_tells_the_day_alone() -> None:
    door = door_at(link_of("paper", "engagement", team="Zwolle"))
    question = door.asked.questions[0].key
    enter(door, Entry(number="1", form={question: ["4"]}, language="nl", day=date(2026, 11, 3)), ZONE)
    row = Response.objects.get()
    assert (row.language, row.device, row.saved_at) == ("", "", datetime(2026, 11, 3, 12, tzinfo=UTC))


def request(**told: object) -> Request:
    now = timezone.now()
    given = {"via": "phone", "due_at": now, "made_at": now, "digest": uuid.uuid4().hex, "address": "0612345678"} | told
    return Request.objects.create(survey=Survey.objects.get(key=published("after_contact")), **given)


def call_link() -> OpenLink:
    return link_of("phone", "after_contact", channel="phone")


def test_whom_to_call_are_those_whose_turn_it_is_in_ones_own_teams() -> None:
    now = timezone.now()
    mine = request(context={"team": "Zwolle", "employee_id": "e1", "customer_id": "K1"})
    request(context={"team": "Almere"})
    for gone in (
        {"due_at": now + timedelta(hours=1)}, {"due_at": None, "held_back": "resting"}, {"via": "email"},
        {"answered_at": now}, {"expires_at": now - timedelta(days=1)}, {"test": True},
    ):  # fmt: skip
        request(context={"team": "Zwolle"}, **gone)
    assert [one.uid for one in to_call("after_contact", ["Zwolle"])] == [mine.uid]
    assert len(to_call("after_contact", None)) == 2
    assert to_call("after_contact", []) == []
    assert find_to_call("after_contact", str(mine.uid), ["Almere"]) is None


def test_an_answer_by_phone_is_that_of_the_request_and_can_be_asked_again_once_taken_back(clerk: Person) -> None:
    asked = request(context={"interaction_id": "C-1", "employee_id": "e1", "team": "Zwolle"}, channel="email")
    link = call_link()
    (one,) = to_call("after_contact", None)
    became = enter(for_request(door_at(link), one, {}), entry(f"request:{one.uid}", None, clerk), ZONE)
    asked.refresh_from_db()
    row = Response.objects.get()
    assert (row.request_id, row.device, row.entered_by) == (asked.pk, "", clerk)
    assert row.context == {"interaction_id": "C-1", "employee_id": "e1", "team": "Zwolle", "channel": "email"}
    assert asked.answered_at is not None
    assert to_call("after_contact", None) == []
    assert take_back(link.id, clerk.pk, uuid.UUID(became.id))
    assert [c.uid for c in to_call("after_contact", None)] == [one.uid]
