"""The demo company asks its own customers: a mail arrives, a score in it is chosen by a click and counts once it is sent."""

from __future__ import annotations

import re
import urllib.request
from collections.abc import Mapping
from html import unescape
from urllib.parse import urlencode

import pytest
from django.test import Client, override_settings
from tests.web.conftest import SignIn

from peil.accounts.models import Person
from peil.library import Peil
from peil.ops.outbox.runner import run_one
from peil.surveys.channels.pins import is_pin
from peil.surveys.demo import KIOSK_PIN, invite_demo_customers, set_up_demo_surveys
from peil.surveys.links import LINK_KINDS, open_links
from peil.surveys.models import Request, Response
from peil.web.outside.at_work import Outside
from peil.web.serving.mailing import mail_settings

pytestmark = pytest.mark.django_db


@pytest.fixture
def mailed(company: Peil, outside: Outside) -> list[str]:
    """What the customers of the demo got, as the mailbox shows it, the newest first."""
    mail = mail_settings(f"smtp://127.0.0.1:{outside.mail_port}?from=k@kadewijk.example", company.warehouse.folder)
    told = {
        "EMAIL_BACKEND": mail.backend, "EMAIL_HOST": mail.host, "EMAIL_PORT": mail.port, "EMAIL_USE_TLS": mail.starttls,
        "EMAIL_USE_SSL": mail.tls, "DEFAULT_FROM_EMAIL": mail.sender,
    }  # fmt: skip
    set_up_demo_surveys("nl")
    invite_demo_customers(company.warehouse, "nl")
    with override_settings(**told):
        while run_one("quick"):
            pass
    box = _read(f"{outside.address}/")
    return [_read(outside.address + path) for path in re.findall(r'<h2><a href="([^"]+)"', box)]


def _read(address: str) -> str:
    with urllib.request.urlopen(address, timeout=20) as said:
        return str(said.read().decode())


def test_a_score_of_the_mail_counts_once_it_is_sent(
    company: Peil, people: Mapping[str, Person], sign_in: SignIn, mailed: list[str]
) -> None:
    assert list(Request.objects.order_by("pk").values_list("held_back", flat=True)) == [
        "", "", "resting", "open_complaint",
    ]  # fmt: skip
    assert len(mailed) == 2
    after_call = next(html for html in mailed if "Mina Jansen" in html)
    assert re.search(r"uw contact met ons op \d+ oktober", after_call)
    link = next(unescape(a) for a in re.findall(r'href="([^"]+)"', after_call) if a.endswith("?score=6"))
    client, path = Client(SERVER_NAME="127.0.0.1"), "/" + link.split("/", 3)[3]
    page = client.get(path).content.decode()
    assert re.findall(r'name="ease" value="(\d)"[^>]* checked', page) == ["6"]
    assert not Response.objects.exists()
    action = re.search(r'<form method="post" action="([^"]+)"', page)
    where, form = action[1] if action else "", {"ease": "6", "solved": "1"}
    while "/done/" not in where:
        sent = client.post(where, urlencode(form), content_type="application/x-www-form-urlencoded")
        where, form = sent["Location"].partition("?")[0], {}
    answer = Response.objects.get()
    assert answer.request is not None
    assert (answer.request.answered_at is not None, answer.finished_at is not None) == (True, True)
    assert answer.context["interaction_id"]
    manager = sign_in("manager")
    assert "6 van 7" in manager.get("/surveys/newest-answers/?language=nl").content.decode()


def test_every_kind_of_door_hangs_somewhere_and_once(
    company: Peil, people: Mapping[str, Person], sign_in: SignIn
) -> None:
    for _ in range(2):
        set_up_demo_surveys("nl")
    there = open_links(LINK_KINDS)
    assert {link.kind for link in there} == set(LINK_KINDS)
    assert len({(link.survey, link.label) for link in there}) == len(there)
    visitor = Client(SERVER_NAME="127.0.0.1")
    for link in there:
        if link.kind in ("widget", "chat_end"):
            assert link.code in visitor.get(f"/w/{link.code}.js").content.decode()
        elif link.kind == "kiosk":
            assert is_pin(link, KIOSK_PIN)
            assert visitor.get(f"/kiosk/{link.code}/").status_code == 200
        else:
            assert visitor.get(f"/s/{link.code}/").status_code == 200
    desk = sign_in("manager").get("/answers/?language=nl").content.decode()
    assert "Bij de brieven van de klantenservice" in desk
    assert "Nabellen na een gesprek" in desk


def test_the_same_demo_asks_its_customers_once(company: Peil, people: Mapping[str, Person]) -> None:
    set_up_demo_surveys("en")
    for _ in range(2):
        invite_demo_customers(company.warehouse, "en")
    assert Request.objects.count() == 4
