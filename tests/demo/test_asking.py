"""`peil demo --serve` as a new user meets it: read the mail on a phone, click a score, send it, and see it in the overview."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.web.pictures import PATIENCE, Running, running_demo, sign_in

SMALL = "1000"
WITHIN = 5.0  # seconds


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Started where the settings of somebody's real install stand around: it takes none of them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/real")
        patch.setenv("EMAIL_URL", "smtp://127.0.0.1:1")
        with running_demo(tmp_path_factory.mktemp("asking") / "kadewijk", SMALL) as running:
            yield running


def phone(browser: Browser) -> Page:
    page = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True).new_page()
    page.set_default_timeout(30_000)
    return page


@pytest.mark.full
def test_a_score_clicked_in_a_mail_is_in_the_overview_within_5_seconds_of_sending(
    demo: Running, chromium: Browser
) -> None:
    manager = chromium.new_context(storage_state=sign_in(chromium, demo, "manager")).new_page()
    manager.goto(demo.address, timeout=PATIENCE)
    days = manager.get_by_text(re.compile(r"^\d+ \w+ to \d+ \w+ 2026$")).first.inner_text()
    assert "answered today" not in manager.inner_text("main")
    page = phone(chromium)
    page.goto(demo.mailbox)
    page.get_by_role("link", name=re.compile("questions about your contact")).click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator("a[href$='?score=6']").tap()
    expect(page.locator("input[name=ease][value='6']")).to_be_checked()
    manager.reload(timeout=PATIENCE)
    assert "answered today" not in manager.inner_text("main"), "a click alone counts for nothing"
    page.get_by_role("button", name="Next").tap()
    page.get_by_role("button", name="Send").tap()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    sent = time.monotonic()
    while time.monotonic() < sent + WITHIN:
        manager.goto(demo.address, timeout=PATIENCE)
        if "One survey was answered today" in manager.inner_text("main"):
            break
    else:
        raise AssertionError("it is not in the overview")
    assert manager.get_by_text(days, exact=True).count() > 0, "one answer moved the whole overview to other days"
    manager.goto(f"{demo.address}/invitations/requests/", timeout=PATIENCE)
    assert "answered" in manager.get_by_role("row", name=re.compile("mina.jansen")).inner_text()


@pytest.mark.full
def test_its_website_asks_and_thanks(demo: Running, chromium: Browser) -> None:
    page = phone(chromium)
    page.goto(f"{demo.mailbox}/website/")
    page.get_by_role("region").get_by_role("radio", name="Yes").tap()
    expect(page.get_by_role("region").get_by_role("heading", name="Thank you")).to_be_visible()
    page.goto(f"{demo.mailbox}/website/chat/")
    page.get_by_role("button", name="End the chat").tap()
    expect(page.get_by_role("dialog")).to_be_visible()
