"""Answers as they come: of one's own teams, with comments for who may read them, nothing of employees."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.web.conftest import SignIn
from tests.web.surveys.coming_in import answer, live
from tests.web.surveys.test_begin import seen

from peil.accounts.models import Person
from peil.surveys.newest import newest_answers_for_person

pytestmark = pytest.mark.django_db


def test_the_newest_answers_are_read_with_their_words(sign_in: SignIn) -> None:
    survey = live("recommend")
    answer(survey, {"recommend": "9", "recommend_comment": "Fijn <b>geholpen</b>"}, flags="speeder")
    page = seen(sign_in("manager"), "/surveys/newest-answers/?language=nl")
    assert "9 van 10" in page
    assert "Fijn &lt;b&gt;geholpen&lt;/b&gt;" in page
    assert "Te snel" in page
    assert 'hx-trigger="every 5s"' in page
    assert 'hx-trigger="every 5s"' not in seen(sign_in("manager"), "/surveys/newest-answers/?paused=yes")


def test_what_is_unfinished_or_a_test_is_not_there(people: Mapping[str, Person]) -> None:
    survey = live("recommend")
    answer(survey, {"recommend": "9"}, finished=False)
    answer(survey, {"recommend": "9"}, test=True)
    assert newest_answers_for_person(people["manager"]) == []


def test_one_sees_those_of_the_own_teams(people: Mapping[str, Person]) -> None:
    survey = live("recommend")
    mine = sorted(people["team_lead"].teams.values_list("name", flat=True))[0]
    answer(survey, {"recommend": "9"}, context={"team": mine})
    answer(survey, {"recommend": "2"}, context={"team": "Elders"})
    answer(survey, {"recommend": "5"}, context={})
    assert [n.team for n in newest_answers_for_person(people["team_lead"])] == [mine]
    assert len(newest_answers_for_person(people["manager"])) == 3
    assert newest_answers_for_person(people["administrator"]) == []
    assert newest_answers_for_person(people["digital_owner"]) == []


def test_single_answers_of_employees_are_nobodys(people: Mapping[str, Person], sign_in: SignIn) -> None:
    answer(live("engagement"), {"proud": "1"}, context={}, language="")
    for role in ("manager", "analyst", "team_lead"):
        assert newest_answers_for_person(people[role]) == []
    assert "engagement" not in seen(sign_in("manager"), "/surveys/newest-answers/")
    assert newest_answers_for_person(people["manager"], "engagement") == []


def test_they_are_filtered_by_survey_and_group(people: Mapping[str, Person]) -> None:
    one, other = live("recommend"), live("after_contact")
    answer(one, {"recommend": "9"})
    answer(one, {"recommend": "3"})
    answer(other, {"ease": "7"})
    manager = people["manager"]
    assert len(newest_answers_for_person(manager, one)) == 2
    assert [n.group for n in newest_answers_for_person(manager, one, "unfavourable")] == ["unfavourable"]
    assert {n.questionnaire.key for n in newest_answers_for_person(manager, "", "favourable")} == {one, other}


def test_a_list_of_three_takes_no_more_questions_than_one_of_one(
    sign_in: SignIn, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    survey, client = live("recommend"), sign_in("manager")
    answer(survey, {"recommend": "9"})
    client.get("/surveys/newest-answers/")
    with django_assert_num_queries(7) as first:
        client.get("/surveys/newest-answers/")
    answer(survey, {"recommend": "8"})
    answer(survey, {"recommend": "7"})
    with django_assert_num_queries(len(first)):
        client.get("/surveys/newest-answers/")
