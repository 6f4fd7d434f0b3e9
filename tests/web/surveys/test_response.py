"""Who answers: rates with their intervals, where people stop, how long it takes, doubts; over one's own teams."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.pages.tree import read_page
from tests.web.conftest import SignIn
from tests.web.surveys.coming_in import NOW, answer, ask, live
from tests.web.surveys.test_begin import seen

from peil.library import Peil
from peil.surveys.counting import Asked, Days, as_far_as_told
from peil.surveys.facts.batches import take_in
from peil.surveys.responding import (
    Period,
    answers_by_group_for_teams,
    course_for_teams,
    median_of,
    requests_by_group_for_teams,
    sendings_for_teams,
)

pytestmark = pytest.mark.django_db


def period(survey: str, teams: list[str] | None = None) -> Period:
    zone = ZoneInfo("Europe/Amsterdam")
    today = NOW.astimezone(zone).date()
    return Period(survey=survey, teams=teams, days=Days(today - timedelta(days=90), today, zone), now=NOW)


def test_only_ripe_requests_that_reached_somebody_count() -> None:
    survey = live("after_contact")
    for number in range(12):
        ask(survey, answered=number < 3)
    ask(survey, answered=True, days=40, bounced_at=NOW)
    ask(survey, answered=True, test=True)
    ask(survey, answered=True, days=5)  # may still grow
    ask(survey, sent_at=None, held_back="rest")
    late = ask(survey, days=40)
    type(late).objects.filter(pk=late.pk).update(started_at=late.sent_at + timedelta(days=20))
    assert requests_by_group_for_teams(period(survey), "channel") == {"phone": Asked(13, 3)}
    assert requests_by_group_for_teams(period(survey, ["Utrecht"]), "channel") == {}
    sent = sendings_for_teams(period(survey))
    assert (sent.sent, sent.bounced, sent.held_back) == (15, 1, 1)


def test_the_page_has_the_figures_of_the_facts(company: Peil, sign_in: SignIn) -> None:
    """Figure and groups are what the library gives; what is counted here of ripe days is the same."""
    survey = live("after_contact")
    for number in range(60):
        ask(survey, answered=number % 3 == 0, days=10 + number, channel="phone" if number % 2 else "chat")
    while take_in(company.warehouse):
        pass
    (figure,) = company.kpi("response_rate", where={"survey": survey})
    asked_for = replace(period(survey), days=as_far_as_told(period(survey).days))
    for group in ("channel", "weekday", "language"):
        counted = requests_by_group_for_teams(asked_for, group).values()
        assert sum(a.reached for a in counted) == figure.n
        assert figure.value == pytest.approx(100 * sum(a.answered for a in counted) / figure.n)
    page = read_page(seen(sign_in("manager"), f"/surveys/{survey}/response/"))
    asked = next(p for p in page.all("section") if p.attributes.get("id") == "asked")
    (shown,) = [e for e in asked.all("data") if e.attributes["data-part"] == "value"]
    assert float(shown.attributes["value"]) == figure.value


def test_hours_and_days_are_those_of_the_organisation() -> None:
    survey = live("after_contact")
    at = (NOW - timedelta(days=30)).replace(month=1, day=5, year=NOW.year, hour=23, minute=30)  # a winter night in UTC
    ask(survey, sent_at=at, made_at=at)
    days = Days(at.date(), at.date() + timedelta(days=30), ZoneInfo("Europe/Amsterdam"))
    asked = Period(survey=survey, teams=None, days=days, now=at + timedelta(days=30))
    assert list(requests_by_group_for_teams(asked, "hour")) == [0]
    assert list(requests_by_group_for_teams(asked, "weekday")) == [(at + timedelta(hours=1)).isoweekday()]


def test_where_people_stop_and_how_far_they_come() -> None:
    survey = live("after_contact")
    for number in range(20):
        answer(survey, {"ease": "6"}, finished=number < 15, last_question="solved" if number >= 15 else "comment")
    answer(survey, {"ease": "6"}, finished=False, at=NOW - timedelta(hours=2))  # may still go on
    answer(survey, {"ease": "6"}, test=True)
    answer(survey, {"ease": "6"}, flags="speeder flood")
    found = course_for_teams(period(survey))
    assert (found.begun, found.finished, found.stopped) == (21, 16, {"solved": 5})
    assert found.flags == {"speeder": 1, "straight_line": 0, "duplicate": 0, "flood": 1}
    assert found.seconds == (60.0,) * 16
    assert answers_by_group_for_teams(period(survey), "device") == {"phone": Asked(21, 16)}


def test_a_median_has_an_interval_from_its_order() -> None:
    """By hand: of 25 sorted values the 8th and the 18th, as tables of the sign test have it."""
    assert median_of([float(n) for n in range(1, 26)]) == (13.0, 8.0, 18.0)
    assert median_of([1.0] * 5) is None


def test_the_page_tells_it_in_words(sign_in: SignIn) -> None:
    survey = live("after_contact", "other")
    assert "nog niets te tellen" in seen(sign_in("manager"), f"/surveys/{survey}/response/?language=nl")
    for number in range(30):
        answer(
            survey,
            {"ease": "6"},
            finished=number < 24,
            last_question="solved",
            device="phone" if number < 25 else "tablet",
        )
    page = seen(sign_in("manager"), f"/surveys/{survey}/response/?language=nl")
    assert re.search(r"80%", page)
    assert "Waar mensen stoppen" in page
    assert "60 s (mediaan; 60 s tot 60 s, n = 24)" in page
    assert "te weinig, minimaal 10" in page  # five tablets


def test_a_team_lead_sees_the_response_of_the_own_team(sign_in: SignIn) -> None:
    survey = live("after_contact")
    for number in range(20):
        ask(survey, answered=number < 10, context={"team": "Nergens"})
    assert "nog niets te tellen" in seen(sign_in("team_lead"), f"/surveys/{survey}/response/?language=nl")


def test_nothing_of_employees_is_divided(sign_in: SignIn) -> None:
    survey = live("engagement")
    for _ in range(30):
        answer(survey, {"proud": "4"}, device="phone", language="", context={})
    page = seen(sign_in("manager"), f"/surveys/{survey}/response/?language=nl")
    assert "Medewerkers antwoorden anoniem" in page
    assert "Afgemaakt naar" not in page
    assert "mediaan" not in page


def test_the_page_asks_as_much_with_three_as_with_one(
    sign_in: SignIn, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    survey, client = live("after_contact"), sign_in("team_lead")
    ask(survey)
    answer(survey, {"ease": "6"})
    client.get(f"/surveys/{survey}/response/")
    with django_assert_num_queries(17) as first:
        client.get(f"/surveys/{survey}/response/")
    for _ in range(2):
        ask(survey)
        answer(survey, {"ease": "6"})
    with django_assert_num_queries(len(first)):
        client.get(f"/surveys/{survey}/response/")
