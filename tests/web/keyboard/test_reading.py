"""Signing in, reading and asking further, by keyboard alone."""

from __future__ import annotations

import pytest
from tests.web.conftest import PASSWORD
from tests.web.keyboard.conftest import At

pytestmark = pytest.mark.django_db(transaction=True)


def test_sign_in_read_a_definition_and_open_a_figure(at: At) -> None:
    hands = at("", "/account/login/")
    page = hands.page
    hands.write("E-mailadres", "manager@example.nl")
    hands.write("Wachtwoord", PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.inner_text("h1") == "Overzicht"
    hands.press("Naar de inhoud", "a")
    assert page.url.endswith("#inhoud")
    hands.to("Aanpassen", "a")  # the first thing of the content: the menu was passed over
    hands.press("Definitie", "button")
    opened = page.locator("[popover]:popover-open")
    assert opened.is_visible()
    page.keyboard.press("Escape")
    assert page.locator(".pop:popover-open").count() == 0
    assert hands.focus()["name"].startswith("Definitie")  # back where it was
    page.keyboard.press("Enter")
    hands.follow("Verloop, uitsplitsing en rijen", "a")
    assert "/kpi/" in page.url


@pytest.mark.full
def test_another_period_and_a_filter(at: At) -> None:
    hands = at("manager", "/contact/?language=nl")
    page = hands.page
    hands.press("Periode", "summary")
    hands.to("laatste 30 dagen")
    page.keyboard.press("ArrowDown")
    chosen = page.evaluate("document.activeElement.value")
    hands.follow("Tonen", "button")
    assert f"period={chosen}" in page.url
    hands.press("Kanaal", "summary")
    phone = page.locator("label:has(input[name=only-channel][value=phone])").inner_text().strip()
    hands.press(phone, key="Space")
    hands.follow("Tonen", "button")
    assert "only-channel=phone" in page.url
    assert f"period={chosen}" in page.url


@pytest.mark.full
def test_a_figure_is_exported(at: At) -> None:
    hands = at("analyst", "/kpi/csat/?period=2026-10")
    hands.press("Exporteren", "summary")
    hands.to("CSV", "a")
    with hands.page.expect_download() as given:
        hands.page.keyboard.press("Enter")
    assert given.value.suggested_filename.endswith(".csv")
