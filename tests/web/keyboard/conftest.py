"""A page of the demo company for someone who has no mouse."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import pytest
from playwright.sync_api import Browser, BrowserContext
from pytest_django.live_server_helper import LiveServer
from tests.web.addresses import enter
from tests.web.keyboard.hands import Hands

from peil.accounts.models import Person
from peil.board.demo import set_up_demo_board
from peil.library import Peil

At = Callable[[str, str], Hands]


@pytest.fixture
def at(chromium: Browser, live_server: LiveServer, company: Peil, people: Mapping[str, Person]) -> Iterator[At]:
    """`at("manager", "/")`: hands on that page; nobody signed in for the role ''."""
    set_up_demo_board(company.warehouse)
    opened: list[BrowserContext] = []

    def hands(role: str, address: str) -> Hands:
        home = live_server.url.replace("127.0.0.1", "localhost")  # a passkey is kept for a name, not for a number
        context = chromium.new_context(locale="nl-NL", base_url=home, viewport={"width": 1366, "height": 900})
        context.set_default_timeout(60_000)
        opened.append(context)
        if role:
            session = enter(people[role]).cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": session, "url": home}])
        page = context.new_page()
        page.goto(address)
        return Hands(page)

    yield hands
    for context in opened:
        context.close()
