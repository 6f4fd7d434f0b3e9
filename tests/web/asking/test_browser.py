"""Every kind of question answered in Chromium: with and without script, by keyboard, on a small screen and enlarged."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page
from tests.pages.browser import FAULTS_ALONE, watch
from tests.web.asking.conftest import Counter
from tests.web.asking.every_kind import FILLED, KEPT, as_kept

Open = Callable[..., Page]
THANKS = "Dank u wel. Uw antwoord is ontvangen."
LARGEST, MOST_REQUESTS = 30_000, 3
SCREENS = {
    "a computer with scripts": {"viewport": {"width": 1280, "height": 800}},
    "a phone of 320 pixels without": {"viewport": {"width": 320, "height": 640}, "java_script_enabled": False},
    "enlarged four times": {"viewport": {"width": 320, "height": 256}, "device_scale_factor": 4},
}


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[Open]:
    opened: list[BrowserContext] = []

    def opening(**told: Any) -> Page:
        context = chromium.new_context(**({"locale": "nl-NL"} | told))
        context.set_default_timeout(60_000)
        opened.append(context)
        return context.new_page()

    yield opening
    for context in opened:
        context.close()


def fill(page: Page, fields: dict[str, str | tuple[str, ...]]) -> None:
    """As a person does: choose what shows, type where one can."""
    for name, told in fields.items():
        for value in (told,) if isinstance(told, str) else told:
            choice = page.locator(f'[name="{name}"]:not([type=text])').and_(
                page.locator(f"[value={json.dumps(value)}]")
            )
            if page.locator(f'[name="{name}"]').first.get_attribute("type") in ("radio", "checkbox"):
                if not choice.is_checked():  # a click on what is chosen takes it back
                    page.locator("label", has=choice).click()
                assert choice.is_checked()
            else:
                page.locator(f'[name="{name}"]').fill(value)


@pytest.mark.slow
@pytest.mark.parametrize("screen", SCREENS)
def test_every_kind_is_answered(screen: str, open_page: Open, counter: Counter) -> None:
    page = open_page(**SCREENS[screen])
    watched = watch(page)
    page.goto(counter.personal())
    for fields in FILLED:
        fill(page, fields)
        assert page.locator("body").evaluate("b => b.scrollWidth <= document.documentElement.clientWidth"), (
            "no scrolling sideways"
        )
        page.click("button")
    assert page.locator("h1").inner_text() == THANKS
    assert as_kept(counter.kept()[-1]["answers"]) == KEPT
    assert watched.complaints == []
    assert {url.split("/")[2] for url in watched.requests if not url.startswith("data:")} == {
        counter.start.split("/")[2]
    }


@pytest.mark.slow
def test_every_kind_is_answered_by_keyboard(open_page: Open, counter: Counter) -> None:
    page = open_page()
    page.goto(counter.personal())
    for fields in FILLED:
        waiting = {(n, v) for n, told in fields.items() for v in ((told,) if isinstance(told, str) else told)}
        page.locator("nav").evaluate("n => { n.tabIndex = -1; n.focus() }")
        for _ in range(120):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.tagName") == "BUTTON":
                break
            _by_key(page, waiting)
        assert waiting == set(), "each can be reached and chosen by keys alone"
        with page.expect_navigation():
            page.keyboard.press("Enter")
    assert page.locator("h1").inner_text() == THANKS
    assert as_kept(counter.kept()[-1]["answers"]) == KEPT


def _by_key(page: Page, waiting: set[tuple[str, str]]) -> None:
    """Choose or type what is wanted where the focus is; a visible ring shows where that is."""
    at = page.evaluate(
        "({name: document.activeElement.name, type: document.activeElement.type, value: document.activeElement.value})"
    )
    wanted = {(n, v) for n, v in waiting if n == at["name"]}
    if not wanted:
        return
    if at["type"] == "checkbox":
        if (at["name"], at["value"]) in wanted:
            page.keyboard.press("Space")
            waiting.discard((at["name"], at["value"]))
        return
    name, value = wanted.pop()
    if at["type"] != "radio":
        page.keyboard.type(value)
    else:
        page.keyboard.press("Space")
        for _ in range(12):
            if page.evaluate("document.activeElement.value") == value:
                break
            page.keyboard.press("ArrowDown")
        assert page.evaluate("document.activeElement.value") == value
        assert page.evaluate("document.activeElement.checked")
    waiting.discard((name, value))


def test_axe_finds_nothing_on_any_page(open_page: Open, counter: Counter) -> None:
    found: dict[str, list[str]] = {}

    def look(page: Page, what: str) -> None:
        faults = Axe().run(page, options=FAULTS_ALONE).response["violations"]
        if faults:
            found[what] = [f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in faults]

    for scheme, language in (("light", "nl"), ("dark", "en")):
        # without motion: axe would read a colour that is still on its way
        page = open_page(color_scheme=scheme, bypass_csp=True, reduced_motion="reduce")
        page.goto(f"{counter.personal()}?language={language}")
        page.click("button")  # a required question is left open
        look(page, f"errors {scheme}")
        for number, fields in enumerate(FILLED, start=1):
            fill(page, fields)
            look(page, f"page {number} {scheme}")
            page.click("button")
        look(page, f"thanks {scheme}")
        page.goto(page.url.split("/a/")[0] + "/a/nothing/")
        look(page, f"unknown {scheme}")
    assert found == {}


@pytest.mark.slow
def test_a_page_is_light_and_asks_for_little(open_page: Open, counter: Counter) -> None:
    page = open_page()
    sizes: dict[str, int] = {}
    page.on(
        "requestfinished",
        lambda r: sizes.update({r.url: sum(r.sizes()[k] for k in ("responseBodySize", "responseHeadersSize"))}),
    )
    page.goto(counter.link)
    for fields in FILLED:
        page.wait_for_load_state("networkidle")
        asked = {url: size for url, size in sizes.items() if not url.startswith("data:")}
        assert len(asked) <= MOST_REQUESTS, asked
        assert 0 < sum(asked.values()) <= LARGEST, asked
        whole = len(page.content().encode()) + 12_000
        assert whole <= LARGEST, "even where nothing is made smaller"
        fill(page, fields)
        sizes.clear()
        page.click("button")
    assert page.context.cookies() == []


@pytest.mark.slow
def test_double_click_back_reload_and_a_second_tab_are_one_answer(open_page: Open, counter: Counter) -> None:
    before = len(counter.kept())
    page = open_page()
    page.goto(counter.link)
    for fields in FILLED[:-1]:
        fill(page, fields)
        page.click("button")
    other = page.context.new_page()
    other.goto(page.url)  # a tab of the same page, as 'duplicate' makes it
    fill(page, FILLED[-1])
    page.locator("button").dblclick(no_wait_after=True)
    page.wait_for_url("**/done/**")
    assert page.locator("h1").inner_text() == THANKS
    page.reload()
    assert page.locator("h1").inner_text() == THANKS
    for steps in (1, len(FILLED)):
        for _ in range(steps):
            page.go_back()
        for _ in range(steps):
            with page.expect_navigation():
                page.locator("button").click()
        assert page.locator("h1").inner_text() == THANKS
    fill(other, FILLED[-1])
    other.click("button")
    assert other.locator("h1").inner_text() == THANKS
    assert len(counter.kept()) == before + 1


@pytest.mark.slow
def test_a_personal_link_opened_twice_is_one_answer(open_page: Open, counter: Counter) -> None:
    before, link = len(counter.kept()), counter.personal()
    first, second = open_page(), open_page(java_script_enabled=False)
    for page in (first, second):
        page.goto(link)
        for fields in FILLED[:-1]:
            fill(page, fields)
            page.click("button")
    for page in (first, second):
        fill(page, FILLED[-1])
        page.click("button")
    assert first.locator("h1").inner_text() == THANKS
    assert second.locator("h1").inner_text() in (THANKS, "U hebt deze vragen al beantwoord. Dank u wel.")
    first.goto(link)
    assert first.locator("h1").inner_text() == "U hebt deze vragen al beantwoord. Dank u wel."
    assert len(counter.kept()) == before + 1


@pytest.mark.slow
def test_one_goes_back_changes_and_switches_language_and_nothing_is_lost(open_page: Open, counter: Counter) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(counter.personal())
    assert page.title() == "Stap 1 van 4 · Over uw telefoongesprek van 6 november · Kadewijk <b>Energie</b>"
    fill(page, FILLED[0])
    page.click("button")
    page.get_by_role("link", name="English").click()
    assert page.title().startswith("Step 2 of 4")
    assert page.locator("html").get_attribute("lang") == "en"
    page.get_by_role("link", name="Back").click()
    assert page.locator('[name="figures"][value="9"]').is_checked()
    fill(page, {"figures": "3"})
    page.click("button")
    for fields in FILLED[1:]:
        fill(page, fields)
        page.click("button")
    page.get_by_role("link", name="Change my answer").click()
    fill(page, {"figures": "0"})
    for _ in FILLED:
        page.click("button")
    assert page.locator("h1").inner_text() == "Thank you. Your answer has arrived."
    assert as_kept(counter.kept()[-1]["answers"]) == KEPT | {"figures": 0}


def test_a_score_in_the_link_is_filled_in_and_kept_nowhere_until_it_is_sent(open_page: Open, counter: Counter) -> None:
    before = len(counter.kept())
    page, link = open_page(), counter.personal()
    for _ in range(3):
        page.goto(f"{link}?score=9")
    assert page.locator('[name="figures"][value="9"]').is_checked()
    page.get_by_role("link", name="English").click()
    assert page.locator('[name="figures"][value="9"]').is_checked(), "it stays in another language"
    for score in ("11", "-1", "9x", "<b>", "٣"):
        page.goto(f"{link}?score={score}")
        assert page.locator("[name=figures]:checked").count() == 0
    assert len(counter.kept()) == before


def test_an_error_stands_at_its_field_and_in_the_title(open_page: Open, counter: Counter) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(counter.personal())
    page.click("button")
    assert page.title().startswith("Fout: Stap 1 van 4")
    group = page.locator("fieldset[aria-invalid=true]")
    told = page.locator(f"#{str(group.get_attribute('aria-describedby')).split()[0]}").inner_text()
    assert told == "Beantwoord deze vraag om verder te gaan."
    assert group.locator("legend").inner_text().startswith("Hoe waarschijnlijk")
    page.locator(".wrong a").click()
    assert page.url.endswith("#figures")


def test_the_number_to_call_shows_after_yes_without_a_script(open_page: Open, counter: Counter) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(counter.personal())
    fill(page, FILLED[0])
    for _ in range(3):
        page.click("button")
    where = page.locator("[name='call.where']")
    assert not where.is_visible()
    fill(page, {"call": "1"})
    assert where.is_visible()
    fill(page, {"call": "0"})
    assert not where.is_visible()


def test_hostile_words_do_nothing(open_page: Open, counter: Counter) -> None:
    hostile = "<script>document.title='x'</script>\"'><img src=x onerror=alert(1)>{{7*7}}"
    page = open_page()
    watched, dialogs = watch(page), []
    page.on("dialog", lambda d: dialogs.append(d.message))
    page.goto(counter.personal())
    fill(page, FILLED[0])
    page.click("button")
    page.click("button")
    fill(page, {"one": "else", "one.else.words": hostile})
    page.click("button")
    fill(page, {"story": hostile, "call": "1", "call.where": hostile})
    page.click("button")  # no number in it: all of it is shown again
    assert page.locator("[name=story]").input_value() == hostile
    fill(page, {"call.where": "a@b.nl" + hostile[:100]})
    page.click("button")
    assert page.locator("h1").inner_text() == THANKS
    assert (dialogs, watched.complaints) == ([], [])
    assert counter.kept()[-1]["answers"][-2]["text"] == hostile


@pytest.mark.full
@pytest.mark.parametrize(
    "colours", [{"forced_colors": "active"}, {"color_scheme": "dark"}, {"reduced_motion": "reduce"}]
)
def test_every_kind_is_answered_in_other_colours(colours: dict[str, str], open_page: Open, counter: Counter) -> None:
    page = open_page(**colours)
    page.goto(counter.personal())
    for fields in FILLED:
        fill(page, fields)
        page.click("button")
    assert page.locator("h1").inner_text() == THANKS
