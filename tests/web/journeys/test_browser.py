"""Targets, benchmarks and journeys in Chromium: no barrier that axe finds, and an editor that keeps its place."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer
from tests.pages.browser import FAULTS_ALONE, watch
from tests.web.conftest import SignIn

from peil.board.benchmarks import NewBenchmark, add_benchmark
from peil.board.demo import set_up_demo_board
from peil.board.journeys import journeys
from peil.library import Peil

pytestmark = pytest.mark.django_db(transaction=True)
IGNORED = ("favicon", "404", "400")


@pytest.fixture
def page(chromium: Browser, live_server: LiveServer, company: Peil, sign_in: SignIn) -> Iterator[Page]:
    """The demo company's journey and targets, with a manager signed in."""
    set_up_demo_board(company.warehouse)
    add_benchmark(NewBenchmark(kpi="csat", name="Noord", source="verslag", year=2025, value=83.0), None)
    session = sign_in("manager").cookies["sessionid"].value
    context = chromium.new_context(locale="nl-NL", bypass_csp=True)  # axe is a script of its own
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    context.set_default_timeout(120_000)
    opened = context.new_page()
    yield opened
    context.close()


@pytest.mark.slow
def test_axe_finds_nothing(page: Page, live_server: LiveServer) -> None:
    (journey,) = journeys()
    found = {}
    for address in (
        "/targets/", "/targets/new/?kpi=csat&value=86&months=3", "/targets/new/?kpi=csat&value=veel", "/benchmarks/",
        "/benchmarks/new/", "/journeys/", f"/journeys/{journey.id}/", f"/journeys/stops/{journey.stops[0].id}/", "/journeys/new/",
    ):  # fmt: skip
        page.goto(live_server.url + address)
        page.wait_for_selector("main h1")
        found |= {
            f"{address} {v['id']}": v["nodes"][0]["html"]
            for v in Axe().run(page, options=FAULTS_ALONE).response["violations"]
        }
    assert found == {}


def test_a_stop_moves_by_keyboard_and_the_focus_stays(page: Page, live_server: LiveServer) -> None:
    (journey,) = journeys()
    first, second = journey.stops[:2]
    seen = watch(page)
    page.goto(f"{live_server.url}/journeys/{journey.id}/")
    page.focus(f"#down-{first.id}")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"li:first-child#stop-{second.id}")
    assert page.evaluate("document.activeElement.id") == f"down-{first.id}"
    page.focus(f"#remove-{second.id}")
    page.keyboard.press("Enter")
    page.wait_for_selector("#undo")
    assert page.locator(f"#stop-{second.id}").count() == 0
    page.focus("#undo")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"li:first-child#stop-{second.id}")
    assert [c for c in seen.complaints if not any(word in c for word in IGNORED)] == []
