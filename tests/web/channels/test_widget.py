"""A widget in a page of somebody else, in Chromium: under the strictest rules, by keyboard, at 320 px, and when the network fails."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from pytest_django.live_server_helper import LiveServer
from tests.pages.browser import FAULTS_ALONE, Watched, watch
from tests.web.channels.making import link_of
from tests.web.channels.site import Site, a_site

from peil.library import Peil
from peil.surveys.channels.proven import key_of, prove
from peil.surveys.channels.rules import Rules, with_rules
from peil.surveys.links import OpenLink, change_link
from peil.surveys.models import Response
from peil.surveys.questionnaires.as_json import answers_from_json

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("people")]
Open = Callable[..., Watched]
AT_ONCE = Rules(after=0)


@pytest.fixture
def site(live_server: LiveServer, company: Peil) -> Iterator[Site]:
    with a_site(live_server.url) as site:
        yield site


@pytest.fixture
def look(chromium: Browser) -> Iterator[Open]:
    opened: list[BrowserContext] = []

    def looking(address: str, *, width: int = 1000, dark: bool = False, axe: bool = False, **more: object) -> Watched:
        context = chromium.new_context(
            viewport={"width": width, "height": 760}, color_scheme="dark" if dark else "light", bypass_csp=axe, **more,  # type: ignore[arg-type]
        )  # fmt: skip
        opened.append(context)
        context.set_default_timeout(20_000)
        found = watch(context.new_page())
        found.page.goto(address)
        return found

    yield looking
    for context in opened:
        context.close()


def widget(rules: Rules = AT_ONCE, survey: str = "leaving_website") -> OpenLink:
    link = link_of("widget", survey, channel="web")
    change_link(link.id, with_rules(link.settings, rules))
    return link


def wait_for_script(page: Page) -> None:
    """The site forbids what Playwright would wait with."""
    for _ in range(100):
        if page.evaluate("() => Boolean(window.peil && window.peil.forms)"):
            return
        page.wait_for_timeout(100)
    raise AssertionError("the script did not begin")


def given() -> list[dict[str, object]]:
    return [{a.question: a.text or a.score for a in answers_from_json(row.answers)} for row in Response.objects.all()]


def kept_in(page: Page) -> object:
    return page.evaluate("[{...sessionStorage}, {...localStorage}, document.cookie]")


def test_by_keyboard_alone_on_a_site_that_allows_nothing(site: Site, look: Open) -> None:
    found = look(site.add("/", widget().code))
    page = found.page
    dialog = page.get_by_role("dialog", name="Vragen")
    expect(dialog).to_be_visible()
    for key in ("Tab", "Space", "Tab", "Space", "ArrowDown", "ArrowDown", "Tab", "Enter"):
        page.keyboard.press(key)
    comment = page.get_by_role("textbox", name="Wilt u uw antwoord toelichten?")
    expect(comment).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.type("Fijn <b>")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Dank u wel. Uw antwoord is ontvangen.")).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    assert len(given()) == 1
    assert given()[0] == {"task": 1, "satisfied": 3, "satisfied_comment": "Fijn <b>"}
    assert found.complaints == []
    session, local, cookie = kept_in(page)  # type: ignore[misc]
    assert (list(session.values()), cookie) == (["answered"], "")
    assert [name for name in local if local[name]] == ["peil"]
    assert len(local["peil"]) == 5  # a day, and nothing that tells who


def test_focus_goes_to_the_question_and_back_and_escape_closes(site: Site, look: Open) -> None:
    link = link_of("chat_end", "after_contact", channel="chat")
    page = look(site.add("/", link.code)).page
    wait_for_script(page)
    page.locator("#search").focus()
    page.evaluate("() => { window.peil.ask({ visit_id: 'v1' }) }")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert page.evaluate("() => document.activeElement.tagName") == "PEIL-ASK"
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert page.evaluate("() => document.activeElement.id") == "search"


@pytest.mark.slow
@pytest.mark.parametrize(("width", "dark"), [(1000, False), (320, True)])
def test_axe_finds_nothing_and_nothing_sticks_out(site: Site, look: Open, width: int, dark: bool) -> None:
    page = look(site.add("/", widget().code), width=width, dark=dark, axe=True).page
    expect(page.get_by_role("dialog")).to_be_visible()
    for step in range(2):
        violations = Axe().run(page, options=FAULTS_ALONE).response["violations"]
        assert [v["id"] for v in violations] == []
        assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
        box = page.locator("peil-ask .pop").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        if not step:
            page.get_by_role("button", name="Volgende").click()
            expect(page.get_by_role("textbox", name="toelichten")).to_be_visible()


def test_after_the_thanks_a_call_back_is_asked_for_by_keyboard(site: Site, look: Open) -> None:
    page = look(site.add("/", widget().code), width=320, axe=True).page
    page.get_by_text("ja", exact=True).click()
    page.locator("input[name=satisfied]").nth(3).check()
    page.get_by_role("button", name="Volgende").click()
    page.get_by_role("textbox", name="toelichten").fill("Fijn")
    page.get_by_role("button", name="Versturen").click()
    yes = page.get_by_role("radio", name="Ja")
    expect(yes).to_be_visible()
    where = page.get_by_role("textbox", name="telefoonnummer of e-mailadres")
    expect(where).to_be_hidden()
    yes.focus()
    page.keyboard.press("Space")
    expect(where).to_be_visible()
    page.get_by_role("button", name="Versturen").press("Enter")
    link = page.get_by_role("link", name="Vul een telefoonnummer of e-mailadres in.")
    expect(link).to_be_focused()
    assert [v["id"] for v in Axe().run(page, options=FAULTS_ALONE).response["violations"]] == []
    page.keyboard.press("Enter")
    expect(where).to_be_focused()
    page.keyboard.type("mina@example.nl")
    page.keyboard.press("Enter")
    expect(page.get_by_text("We nemen contact met u op via mina@example.nl.")).to_be_visible()
    assert Response.objects.get().call_back == "mina@example.nl"
    page.get_by_role("button", name="Sluiten").last.click()
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_below_an_answer_one_touch_is_a_vote_in_the_language_of_the_page(site: Site, look: Open) -> None:
    link = link_of("widget", "helpful", channel="web")
    place = f' data-peil="{link.code}" data-solution="meterstand"'
    found = look(site.add("/help", link.code, language="en", place=place))
    found.page.get_by_text("yes", exact=True).click()
    expect(found.page.get_by_role("heading", name="Thank you. Your answer has arrived.")).to_be_visible()
    row = Response.objects.get()
    assert (row.context, row.language, given()) == (
        {"channel": "web", "solution": "meterstand"},
        "en",
        [{"helpful": 1}],
    )
    assert found.complaints == []


@pytest.mark.slow
def test_an_answer_is_received_once_peil_says_so(site: Site, look: Open) -> None:
    """Connections that break before and after the answer was kept: it is sent again, and is one answer."""
    link = link_of("chat_end", "after_contact")
    proof = prove(key_of(link), {"interaction_id": "C-1"})
    page = look(site.add("/", link.code, data=f' data-proof="{proof}"')).page
    broken: list[str] = []

    def breaks(route: Route) -> None:
        if "_do=send" not in (route.request.post_data or "") or len(broken) >= 2:
            route.continue_()
            return
        broken.append("before" if not broken else "after")
        if len(broken) == 2:
            route.fetch()  # it arrives; the reply does not
        route.abort()

    page.route("**/w/**", breaks)
    wait_for_script(page)
    page.evaluate("() => { window.peil.ask() }")
    page.get_by_role("radio", name=re.compile("^7")).check()
    page.get_by_text("ja", exact=True).click()
    page.get_by_role("button", name="Volgende").click()
    expect(page.get_by_role("status")).to_have_text("Nog niet aangekomen. We proberen het opnieuw.")
    expect(page.get_by_role("textbox", name="toelichten")).to_be_visible(timeout=15_000)
    assert broken == ["before", "after"]
    row = Response.objects.get()
    assert (given(), row.context["interaction_id"]) == ([{"ease": 7, "solved": 1}], "C-1")


def test_rules_say_when_and_where_and_once_a_visit(site: Site, look: Open) -> None:
    link = widget(Rules(after=0, scroll=60, paths=("/shop/*",), rest_days=0))
    elsewhere = look(site.add("/", link.code)).page
    page = look(site.add("/shop/1", link.code)).page
    page.wait_for_timeout(700)
    assert page.locator("peil-ask").count() == 0  # not that far yet
    page.evaluate("() => scrollTo(0, document.documentElement.scrollHeight)")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    page.reload()
    page.evaluate("() => scrollTo(0, document.documentElement.scrollHeight)")
    elsewhere.evaluate("() => scrollTo(0, document.documentElement.scrollHeight)")
    page.wait_for_timeout(700)
    assert page.locator("peil-ask").count() == elsewhere.locator("peil-ask").count() == 0
    assert page.evaluate("() => localStorage.length") == 0


@pytest.mark.full
def test_nobody_is_disturbed_while_typing_and_a_share_of_none_is_asked(site: Site, look: Open) -> None:
    page = look(site.add("/", widget(Rules(after=1)).code)).page
    page.locator("#search").focus()
    page.wait_for_timeout(1_800)
    assert page.locator("peil-ask").count() == 0
    page.locator("#search").blur()
    expect(page.get_by_role("dialog")).to_be_visible()
    rare = look(site.add("/rare", widget(Rules(after=0, share=1)).code), extra_http_headers={}).page
    rare.add_init_script("Math.random = () => 0.5")
    rare.reload()
    rare.wait_for_timeout(700)
    assert rare.locator("peil-ask").count() == 0


@pytest.mark.full
def test_the_page_stays_quick(site: Site, look: Open) -> None:
    """Loaded beside the page and begun when it is idle: no task of the script is long enough to feel."""
    page = look("about:blank").page
    page.add_init_script(
        "window.long = []; new PerformanceObserver((l) => l.getEntries().forEach((e) => window.long.push(e.duration)))"
        ".observe({ type: 'longtask', buffered: true })"
    )
    page.goto(site.add("/", widget().code))
    expect(page.get_by_role("dialog")).to_be_visible()
    requests = page.evaluate("() => performance.getEntriesByType('resource').map((r) => new URL(r.name).pathname)")
    assert len(requests) == 2  # the script, and the question once it shows
    assert [ms for ms in page.evaluate("() => window.long") if ms > 200] == []
