"""Pages of accounts in a real browser: nothing that axe finds, nothing wider than a phone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer
from tests.pages.browser import FAULTS_ALONE
from tests.web.conftest import PASSWORD

from peil.accounts.models import Person

DOORS = ("/account/login/", "/account/password/reset/", "/account/sso/refused/", "/account/inactive/")
INSIDE = (
    "/account/", "/account/mfa/", "/account/password/change/", "/account/reauthenticate/",
    "/people/", "/people/invite/", "/people/log/", "/account/mfa/totp/activate/", "/account/mfa/passkeys/add/",
)  # fmt: skip


@pytest.fixture(params=["nl light 1280", "en dark 390"])
def page(request: pytest.FixtureRequest, live_server: LiveServer, people: object, chromium: Browser) -> Iterator[Page]:
    language, scheme, width = request.param.split()
    Person.objects.update(language=language)
    context = chromium.new_context(
        base_url=live_server.url,
        locale=language,
        color_scheme=scheme,
        viewport={"width": int(width), "height": 800},
    )
    yield context.new_page()
    context.close()


@pytest.mark.slow
def test_axe_finds_nothing_and_nothing_sticks_out(page: Page) -> None:
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if "Content Security Policy" in said.text else None)
    axe = Axe()

    def check(path: str) -> None:
        page.goto(path)
        found = axe.run(page, options=FAULTS_ALONE)
        assert found.violations_count == 0, f"{path}\n{found.generate_report()}"
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{path} sticks out by {wide} px"

    for path in DOORS:
        check(path)
    page.goto("/account/login/")
    page.fill("[name=login]", "administrator@example.nl")
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/account/login/" not in url)
    page.goto("/account/reauthenticate/")
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/reauthenticate/" not in url)
    for path in INSIDE:
        check(path)
    assert complaints == []
