"""A trial of first questions: the letter and the page of one request ask the same first, and the answer says which."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from tests.surveys.asking import SITE, published, terms, wanted

from peil.accounts.models import Person
from peil.surveys.mails.sending import Sender, deliver_request
from peil.surveys.models import Request, Response
from peil.surveys.questionnaires.questionnaire import Questionnaire
from peil.surveys.tokens import token_of
from peil.surveys.trials import NewTrial, begin_trial, drawn_of, trials_of
from peil.surveys.whom.asking import ask

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(people: Mapping[str, Person]) -> Client:
    return Client(SERVER_NAME="127.0.0.1")


@pytest.fixture
def survey() -> Questionnaire:
    return published("after_contact")


def asked_page(client: Client, address: str) -> tuple[list[str], str]:
    """The fields of a page in the order in which they stand, and where it is sent."""
    html = client.get(address).content.decode()
    action = re.search(r'<form method="post" action="([^"]+)"', html)
    assert action is not None
    return list(dict.fromkeys(re.findall(r'type="radio" name="(\w+)"', html))), action[1]


def _scales(survey: Questionnaire) -> list[str]:
    return [q.key for q in survey.pages[0].questions if q.meaning.form in ("scale", "yes_no") and not q.show_if]


def _two_scales(survey: Questionnaire) -> tuple[str, str]:
    one, other, *_ = _scales(survey)
    return one, other


def drawn_requests(survey: str, first: tuple[str, str], how_many: int = 12) -> list[Request]:
    begin_trial(NewTrial(survey=survey, what="first_question", values=first))
    for n in range(how_many):
        ask(wanted(survey, customer_id=f"F{n}", address=f"f{n}@example.nl"), terms(rest_days=0))
    Request.objects.update(due_at=timezone.now())
    return list(Request.objects.all())


def test_what_is_asked_first_follows_the_lot_and_the_answer_keeps_it(client: Client, survey: Questionnaire) -> None:
    first = _two_scales(survey)
    requests = drawn_requests(survey.key, first)
    assert {drawn_of(r.arm).first for r in requests} == set(first)
    for request in requests:
        wished = drawn_of(request.arm).first
        address = f"/a/{token_of(request.uid, 'answer')}/"
        fields, action = asked_page(client, f"{address}?score=5&question={wished}")
        assert fields[0] == wished
        assert asked_page(client, address)[0][0] == wished  # the same each time it is opened
        page = client.get(action)
        assert re.findall(r'type="radio" name="(\w+)"', page.content.decode())[0] == wished
    one, other = (next(r for r in requests if drawn_of(r.arm).first == key) for key in first)
    for request in (one, other):
        _, action = asked_page(client, f"/a/{token_of(request.uid, 'answer')}/")
        form = {q.key: str(q.scores[0]) for q in survey.questions if q.key in _scales(survey)}
        where = action
        while "/done/" not in where:
            answer = client.post(where, urlencode(form), content_type="application/x-www-form-urlencoded")
            assert answer.status_code == 303
            where, form = answer["Location"].partition("?")[0], {}
        kept = Response.objects.get(request=request)
        assert kept.context["arm"] == request.arm
        assert kept.finished_at is not None
    Request.objects.update(sent_at=timezone.now() - timedelta(days=20), bounced_at=None)
    Request.objects.exclude(answered_at=None).update(answered_at=timezone.now() - timedelta(days=19))
    (state,) = trials_of(survey.key)
    assert [arm.answered for arm in state.arms] == [1, 1]
    assert sum(arm.ripe for arm in state.arms) == len(requests)


def test_the_letter_asks_the_same_first_also_of_a_later_page(client: Client) -> None:
    for request in drawn_requests(published("usability").key, ("task", "sus_03"), 6):
        mail.outbox.clear()
        moment = terms().hours.first_from(timezone.now())
        assert deliver_request(request.pk, Sender(terms(), SITE), moment) == "sent"
        key = drawn_of(request.arm).first
        assert f"question={key}" in str(mail.outbox[0].body)
        assert asked_page(client, f"/a/{token_of(request.uid, 'answer')}/")[0][0] == key


def test_who_would_not_see_it_takes_no_part(survey: Questionnaire) -> None:
    first = (survey.questions[0].key, "gone")
    (one, *_) = drawn_requests(survey.key, first, 2)
    assert one.arm == ""


def test_who_is_asked_by_phone_takes_no_part(survey: Questionnaire) -> None:
    begin_trial(NewTrial(survey=survey.key, what="first_question", values=_two_scales(survey)))
    for via in ("phone", "email"):
        ask(wanted(survey.key, via=via, customer_id=via, address=f"{via}@example.nl"), terms(rest_days=0))
    assert {r.via: bool(r.arm) for r in Request.objects.all()} == {"phone": False, "email": True}
