"""What is chosen stands beside one button on a phone, each with a way to take it back; none of it needs a script."""

from __future__ import annotations

import html
import re

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer
from tests.web.conftest import SignIn

from peil.library import Peil

CHIP = re.compile(r'<li><a class="btn" href="([^"]*)"><span>([^<]*)</span>')


def chips(page: str) -> dict[str, str]:
    """What each chip says, and the address without it."""
    return {html.unescape(name): html.unescape(address) for address, name in CHIP.findall(page)}


def test_without_choices_there_are_no_chips(company: Peil, sign_in: SignIn) -> None:
    page = sign_in("manager").get("/contact/?language=nl").content.decode()
    assert chips(page) == {}
    assert 'popovertarget="filters">Filters</button>' in page


def test_each_choice_can_be_taken_back_alone(company: Peil, sign_in: SignIn) -> None:
    asked = (
        "/contact/?language=nl&since=2026-09-01&until=2026-10-01&compare=last_year&only-channel=phone&not-team=Zwolle"
    )
    found = chips(sign_in("manager").get(asked).content.decode())
    assert list(found) == [
        "1 sep t/m 30 sep 2026", "Vergelijken met: een jaar eerder", "Team: alle behalve Zwolle", "Kanaal: Telefoon",
    ]  # fmt: skip
    rest = "compare=last_year&not-team=Zwolle&only-channel=phone&language=nl"
    assert found["1 sep t/m 30 sep 2026"] == f"/contact/?{rest}"
    assert "not-team" not in found["Team: alle behalve Zwolle"]
    assert "only-channel=phone" in found["Team: alle behalve Zwolle"]
    assert "compare" not in found["Vergelijken met: een jaar eerder"]


def test_a_hostile_value_stays_a_text(company: Peil, sign_in: SignIn) -> None:
    page = sign_in("manager").get("/contact/", {"only-channel": '"><script>alert(1)</script>'}).content.decode()
    assert "<script>alert" not in page
    assert len(chips(page)) == 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_on_a_phone_they_stand_behind_one_button(
    chromium: Browser, live_server: LiveServer, company: Peil, sign_in: SignIn
) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    session = sign_in("manager").cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    try:
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.goto(f"{live_server.url}/contact/?language=nl&compare=last_year")
        assert not page.is_visible("summary:has-text('Kanaal')")
        assert page.inner_text(".filbar button").split() == ["Filters", "1", "gekozen"]
        page.click(".filbar button")
        page.click("summary:has-text('Kanaal')")
        page.check("input[name=only-channel][value=phone]")
        page.click("details[open] button[type=submit]")
        assert "only-channel=phone" in page.url
        assert "compare=last_year" in page.url
        page.click(".chips a:has-text('Kanaal')")
        assert "only-channel" not in page.url
        page.set_viewport_size({"width": 1366, "height": 900})
        assert page.is_visible("summary:has-text('Kanaal')")
        assert not page.is_visible(".filbar")
    finally:
        context.close()
