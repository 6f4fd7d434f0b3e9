"""A file imported in Chromium by the keyboard alone, with nothing that the page's rules forbid."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer
from tests.pages.browser import watch
from tests.web.conftest import SignIn
from tests.web.data.files import SURVEY

from peil.library import Peil

pytestmark = pytest.mark.django_db(transaction=True)


def press_on(page: Page, name: str, role: str = "button") -> None:
    """Tab to what has this name, and press Enter."""
    for _ in range(120):
        page.keyboard.press("Tab")
        found = page.evaluate("() => [document.activeElement.textContent.trim(), document.activeElement.tagName]")
        if found[0] == name and found[1] == {"button": "BUTTON", "link": "A"}[role]:
            return page.keyboard.press("Enter")
    raise AssertionError(f"no {role} '{name}' by Tab")


@pytest.mark.slow
def test_by_keyboard_alone(
    chromium: Browser, live_server: LiveServer, office: Peil, enter: SignIn, tmp_path: Path
) -> None:
    path = tmp_path / "enquete.csv"
    path.write_text(SURVEY, encoding="utf-8")
    session = enter("analyst").cookies["sessionid"].value
    context = chromium.new_context(locale="nl-NL")
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    context.set_default_timeout(120_000)
    seen = watch(context.new_page())
    page = seen.page
    page.goto(f"{live_server.url}/data/")
    press_on(page, "Bestand importeren", "link")
    page.wait_for_selector("#file")
    page.set_input_files("#file", str(path))  # what the system's own dialog does
    press_on(page, "Uploaden en lezen")
    page.wait_for_selector("#kolommen")
    press_on(page, "Controleren")
    page.wait_for_selector("button[value=import]")
    press_on(page, "Importeren")
    page.wait_for_selector("h1:has-text('enquete.csv is ingelezen')")
    (entry,) = office.imports()
    assert entry.rows["answers"] == 60
    assert [c for c in seen.complaints if "favicon" not in c and "404" not in c] == []
    assert all(url.startswith(live_server.url) for url in seen.requests)
    context.close()
