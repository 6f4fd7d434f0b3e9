"""The page on which a customer stops: a GET writes nothing, a POST does, nobody has to sign in and no cookie is set."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.surveys.asking import TUESDAY, published, terms, wanted

from peil.accounts.models import Person
from peil.surveys.models import NoMore, Request
from peil.surveys.tokens import stop_token, token_of
from peil.surveys.whom.asking import ask

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor(people: Mapping[str, Person]) -> Client:
    return Client(SERVER_NAME="127.0.0.1", enforce_csrf_checks=True)


def test_looking_writes_nothing_and_the_button_does(visitor: Client) -> None:
    asked = ask(wanted(published("recommend").key, language="nl"), terms(), TUESDAY)
    page = f"/stop/{stop_token(asked.uid)}/"
    for look in (visitor.get, visitor.head):
        with CaptureQueriesContext(
            connection,
        ) as told:
            answer = look(page)
        assert answer.status_code == 200
        assert not any(q["sql"].startswith(("INSERT", "UPDATE", "DELETE")) for q in told)
        assert answer.cookies == {}
        assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "mina" not in visitor.get(page).content.decode().lower()
    assert not NoMore.objects.exists()
    answer = visitor.post(page, {"which": "all", "do": "stop"})
    assert "U bent afgemeld" in answer.content.decode()
    assert answer.cookies == {}
    assert set(NoMore.objects.values_list("survey", "reason")) == {(None, "opt_out")}
    later = TUESDAY + timedelta(days=90)
    assert ask(wanted(published("relationship").key), terms(), later).held_back == "opted_out"


def test_one_click_of_a_mail_program_without_cookie_or_token(visitor: Client) -> None:
    asked = ask(wanted(published("recommend").key), terms(), TUESDAY)
    answer = visitor.post(f"/stop/{stop_token(asked.uid)}/", {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert NoMore.objects.filter(survey=None, reason="opt_out").count() == 2  # the customer and the address


def test_one_survey_only_and_back_again(visitor: Client) -> None:
    survey = published("recommend").key
    asked = ask(wanted(survey), terms(), TUESDAY)
    page = f"/stop/{stop_token(asked.uid)}/"
    visitor.post(page, {"which": "this", "do": "stop"})
    later = TUESDAY + timedelta(days=90)
    assert ask(wanted(survey), terms(), later).held_back == "opted_out"
    assert ask(wanted(published("relationship").key), terms(), later).held_back == ""
    visitor.post(page, {"do": "again"})
    assert not NoMore.objects.exists()


def test_an_address_that_does_not_work_is_not_brought_back(visitor: Client) -> None:
    asked = ask(wanted(published("recommend").key), terms(), TUESDAY)
    NoMore.objects.create(person=Request.objects.get().address_person, reason="bounced", at=TUESDAY)
    visitor.post(f"/stop/{stop_token(asked.uid)}/", {"do": "again"})
    assert NoMore.objects.get().reason == "bounced"


def test_no_other_token_opens_it(visitor: Client) -> None:
    asked = ask(wanted(published("recommend").key), terms(), TUESDAY)
    strange, mine = stop_token(uuid.uuid4()), stop_token(asked.uid)
    for token in (
        token_of(asked.uid, "answer"), token_of(asked.uid, "stop"), strange, mine[:-1], mine[:-1] + "é", "a",
        mine[:22] + token_of(asked.uid, "answer"), strange[:22] + mine[22:],
    ):  # fmt: skip
        assert visitor.get(f"/stop/{token}/").status_code == 404
        assert visitor.post(f"/stop/{token}/", {"do": "stop"}).status_code == 404
    assert not NoMore.objects.exists()
