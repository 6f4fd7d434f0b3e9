"""The report in a real browser: what screen readers, keyboards, phones and dark rooms get."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from tests.pages.browser import FAULTS_ALONE
from tests.pages.conftest import Look
from tests.pages.given.company import LANGUAGES, Demo

CONTRAST = {**FAULTS_ALONE, "runOnly": ["color-contrast"]}
ALL_BUT_CONTRAST = {**FAULTS_ALONE, "rules": {"color-contrast": {"enabled": False}}}


def faults(page: Page, options: dict[str, object]) -> list[str]:
    found = Axe().run(page, options=options).response["violations"]
    return [f"{rule['id']}: {node['target']} {node['html'][:160]}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize(
    ("language", "width", "dark", "options"),
    [
        ("nl", 1280, False, FAULTS_ALONE),
        pytest.param("nl", 1280, True, CONTRAST, marks=pytest.mark.full),
        pytest.param(
            "nl", 390, False, ALL_BUT_CONTRAST, marks=pytest.mark.full
        ),  # with the same colours, as in English
        pytest.param("en", 1280, False, ALL_BUT_CONTRAST, marks=pytest.mark.full),
        ("en", 390, False, ALL_BUT_CONTRAST),
    ],
    ids=["nl", "nl-dark", "nl-phone", "en", "en-phone"],
)
def test_axe_finds_nothing(
    look: Look, demo: Demo, language: str, width: int, dark: bool, options: dict[str, object]
) -> None:
    found = faults(look(demo.pages[language], width=width, dark=dark).page, options)
    assert not found, f"{len(found)}:\n" + "\n".join(found[:10])


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_asks_for_nothing_but_itself_and_complains_about_nothing(
    look: Look, demo: Demo, language: str
) -> None:
    watched = look(demo.pages[language])
    watched.page.wait_for_load_state("networkidle")
    assert watched.requests == [demo.pages[language].as_uri()]
    assert watched.complaints == []


@pytest.mark.slow
@pytest.mark.parametrize("width", [1280, pytest.param(768, marks=pytest.mark.full), 390, 320])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_never_scrolls_sideways(look: Look, demo: Demo, language: str, width: int) -> None:
    page = look(demo.pages[language], width=width).page
    wide = page.evaluate(
        """() => document.documentElement.scrollWidth <= innerWidth ? [] :
        [...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > innerWidth + 0.5
            && !e.closest('.scroll, svg')).slice(0, 8).map(e => e.outerHTML.slice(0, 140))"""
    )
    assert wide == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.slow
@pytest.mark.parametrize("width", [1280, 390])
def test_no_word_is_cut_off(look: Look, demo: Demo, width: int) -> None:
    """Nothing hides what does not fit in it, and no text of a picture hangs over its edge."""
    cut = look(demo.pages["nl"], width=width).page.evaluate(
        """() => [...document.querySelectorAll('main *')].filter(e => !e.closest('svg, .scroll, .skip')
            && e.clientWidth > 0 && e.scrollWidth > e.clientWidth + 1
            && ['hidden', 'clip'].includes(getComputedStyle(e).overflowX)).map(e => e.outerHTML.slice(0, 140))"""
    )
    assert cut == []


@pytest.mark.slow
def test_the_first_key_leads_past_the_head_of_the_page(look: Look, demo: Demo) -> None:
    page = look(demo.pages["nl"]).page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    page.keyboard.press("Enter")
    assert page.url.endswith("#cijfers")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#cijfers') !== null")


@pytest.mark.slow
def test_whatever_can_be_reached_by_key_shows_that_it_is_reached(look: Look, demo: Demo) -> None:
    page = look(demo.pages["nl"]).page
    reachable = page.evaluate("document.querySelectorAll('a[href], summary, [tabindex=\"0\"]').length")
    assert reachable > 40
    unseen, seen = [], set()
    for _ in range(40):
        page.keyboard.press("Tab")
        place, outline = page.evaluate(
            """() => { const e = document.activeElement, s = getComputedStyle(e);
            return [e.outerHTML.slice(0, 120), s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2]; }"""
        )
        seen.add(place)
        if not outline:
            unseen.append(place)
    assert unseen == []
    assert len(seen) > 30


@pytest.mark.slow
def test_what_scrolls_can_be_scrolled_by_key(look: Look, demo: Demo) -> None:
    page = look(demo.pages["nl"], width=390).page
    shut_out = page.evaluate(
        """() => [...document.querySelectorAll('main *')].filter(e =>
            ['auto', 'scroll'].includes(getComputedStyle(e).overflowX) && e.scrollWidth > e.clientWidth + 1
            && e.tabIndex < 0).map(e => e.outerHTML.slice(0, 120))"""
    )
    assert shut_out == []


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_without_script_all_of_it_is_there(look: Look, demo: Demo, language: str) -> None:
    page = look(demo.pages[language], script=False).page
    assert page.locator(".tile .val").first.is_visible()
    table = page.locator("details table").first
    assert not table.is_visible()
    page.locator("summary").first.click()
    assert table.is_visible()


@pytest.mark.slow
def test_fingers_find_every_link(look: Look, demo: Demo) -> None:
    """At least 24 by 24 pixels each, or that much room around it."""
    small = look(demo.pages["nl"], width=390).page.evaluate(
        """() => [...document.querySelectorAll('nav a, summary, a.i')].filter(e => e.getClientRects().length)
            .map(e => [e.getBoundingClientRect(), e]).filter(([r]) => r.height < 24 || r.width < 24)
            .slice(0, 5).map(([r, e]) => `${r.width}x${r.height} ${e.outerHTML.slice(0, 90)}`)"""
    )
    assert small == []
