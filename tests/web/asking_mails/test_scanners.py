"""Scanners follow every link of every mail: no score counts, no link is used up, nobody is unsubscribed; then a human answers."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from urllib.parse import urlencode

import pytest
from django.core import mail
from django.test import Client
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer
from tests.surveys.asking import TUESDAY, published, terms, wanted
from tests.web.asking_mails.scanners import links_of, scan

from peil.accounts.models import Person
from peil.surveys.mails.sending import Sender, deliver_request
from peil.surveys.models import NoMore, Request, Response
from peil.surveys.whom.asking import ask

SITE = "https://127.0.0.1"


def sent(site: str, number: int) -> Iterator[tuple[list[str], str]]:
    """So many mails, each with its links, and its HTML."""
    survey, how = published("recommend").key, terms(rest_days=0)
    for n in range(number):
        asked = ask(wanted(survey, customer_id=f"K{n}", address=f"k{n}@example.nl"), how, TUESDAY)
        assert deliver_request(asked.number, Sender(how, site), TUESDAY) == "sent"
        message = mail.outbox[-1]
        html = str(message.alternatives[0][0])
        yield links_of(html, str(message.body), message.extra_headers["List-Unsubscribe"]), html


def check_nothing_happened() -> None:
    assert not Response.objects.exists()
    assert not NoMore.objects.exists()
    assert not Request.objects.exclude(answered_at=None, started_at=None).exists()


def answer_as_a_human(client: Client, link: str) -> None:
    """Opens the score, finds it filled in, and sends page after page until it is thanked."""
    where = "/" + link.split("/", 3)[3]
    while "/done/" not in where:
        page = client.get(where).content.decode()
        action = re.search(r'<form method="post" action="([^"]+)"', page)
        assert action is not None
        chosen = re.findall(r'<input type="radio" name="(\w+)" value="(\w+)"[^>]* checked', page)
        form = urlencode({**dict(chosen), "language": "nl"})
        answer = client.post(action[1].replace("&amp;", "&"), form, content_type="application/x-www-form-urlencoded")
        assert answer.status_code == 303
        where = answer.headers["Location"]
    assert "Dank u wel" in client.get(where).content.decode()


def over(number: int) -> None:
    lots, asked = random.Random(8), 0
    links: list[str] = []
    for links, _ in sent(SITE, number):
        asked += scan(Client(SERVER_NAME="127.0.0.1", secure=True), links, lots)
    assert asked > 12 * number
    check_nothing_happened()
    score = next(link for link in links if link.endswith("?score=9"))
    answer_as_a_human(Client(SERVER_NAME="127.0.0.1"), score)
    (response,) = Response.objects.all()
    assert '"score": 9' in response.answers or '"score":9' in response.answers
    assert Request.objects.exclude(answered_at=None).count() == 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_hundred_mails_are_scanned_and_a_human_answers(people: Mapping[str, Person]) -> None:
    over(100)


@pytest.mark.full
@pytest.mark.django_db(transaction=True)
def test_ten_thousand_mails_are_scanned(people: Mapping[str, Person]) -> None:
    over(10_000)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_browser_with_scripts_that_opens_every_link(
    live_server: LiveServer, chromium: Browser, people: Mapping[str, Person]
) -> None:
    """Looks at each page for a while, as scanners in a sandbox do, without a hand at the mouse."""
    context = chromium.new_context(java_script_enabled=True)
    page: Page = context.new_page()
    for links, _ in sent(live_server.url, 1):
        for link in links:
            page.goto(link)
            page.wait_for_timeout(150)
        page.wait_for_timeout(5_500)  # what counts a page that is seen for five seconds would count it now
        assert context.cookies() == []
    context.close()
    check_nothing_happened()
