"""A kiosk in Chromium: started with a PIN, answered without network, reloaded without network, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from pytest_django.live_server_helper import LiveServer
from tests.pages.browser import FAULTS_ALONE
from tests.web.channels.making import PIN, link_of

from peil.library import Peil
from peil.surveys.answering.doors import forget_doors
from peil.surveys.links import OpenLink, close_link, open_again
from peil.surveys.models import Link, Response
from peil.surveys.questionnaires.as_json import answers_from_json

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("people")]
Stand = Callable[..., Page]


@pytest.fixture
def stand(chromium: Browser, live_server: LiveServer, company: Peil) -> Iterator[Stand]:
    """A device that stands there with this link open."""
    opened: list[BrowserContext] = []

    def standing(link: OpenLink, *, width: int = 1024, dark: bool = False, axe: bool = False) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": 768}, color_scheme="dark" if dark else "light", locale="nl-NL", bypass_csp=axe,
        )  # fmt: skip
        context.set_default_timeout(20_000)
        opened.append(context)
        page = context.new_page()
        page.clock.install()
        page.goto(f"{live_server.url}/kiosk/{link.code}/")
        return page

    yield standing
    for context in opened:
        context.close()


def start(page: Page) -> None:
    page.get_by_label("Pincode").fill(PIN)
    page.keyboard.press("Enter")
    expect(page.locator("[data-q]").first).to_be_visible()
    expect(page.locator("body[data-shell=kept]")).to_have_count(1)


def answer(page: Page, satisfied: str = "zeer tevreden", comment: str = "") -> None:
    page.get_by_text("ja", exact=True).click()
    page.get_by_text(satisfied, exact=True).click()
    page.get_by_role("button", name="Volgende").click()
    page.get_by_role("textbox").fill(comment)
    page.get_by_role("button", name="Versturen").click()
    expect(page.get_by_role("heading", name="Dank u wel")).to_be_visible()


def waiting(page: Page) -> int:
    return int(page.locator("body").get_attribute("data-waiting") or "0")


def comments() -> set[str]:
    return {a.text for row in Response.objects.all() for a in answers_from_json(row.answers) if a.text}


@pytest.mark.slow
def test_answers_wait_without_network_survive_a_reload_and_arrive_once(stand: Stand) -> None:
    link = link_of("kiosk", "leaving_website", channel="in_person")
    page = stand(link)
    start(page)
    page.context.set_offline(True)
    answer(page, comment="zonder net")
    expect(page.locator("body")).to_have_attribute("data-waiting", "2")  # two pages
    assert Response.objects.count() == 0
    page.reload()
    expect(page.locator("[data-q]").first).to_be_visible()  # whole, without network
    answer(page, satisfied="neutraal", comment="na opnieuw laden")
    expect(page.locator("body")).to_have_attribute("data-waiting", "4")
    expect(page.get_by_role("button", name="Voor medewerkers · 4")).to_be_visible()
    page.context.set_offline(False)
    expect(page.locator("body")).to_have_attribute("data-waiting", "0")
    assert comments() == {"zonder net", "na opnieuw laden"}
    rows = Response.objects.all()
    assert {(r.device, r.flags, r.sender, bool(r.finished_at)) for r in rows} == {("kiosk", "", "", True)}
    assert len(rows) == 2


@pytest.mark.slow
def test_the_next_one_finds_an_empty_screen_and_what_was_sent_on_stays(stand: Stand) -> None:
    page = stand(link_of("kiosk", "leaving_website"))
    start(page)
    page.get_by_text("ja", exact=True).click()
    page.get_by_role("button", name="Volgende").click()
    page.get_by_role("textbox").fill("half")
    page.clock.fast_forward(21_000)
    expect(page.get_by_role("status").filter(has_text="Bent u er nog?")).to_be_visible()
    page.get_by_role("button", name="Verder invullen").click()
    expect(page.get_by_role("textbox")).to_have_value("half")
    page.clock.fast_forward(31_000)
    expect(page.get_by_role("radio", name="ja")).not_to_be_checked()
    assert page.get_by_role("textbox").count() == 0
    expect(page.locator("body")).to_have_attribute("data-waiting", "0")
    row = Response.objects.get()
    assert (row.finished_at, row.last_question, comments()) == (None, "satisfied", set())


@pytest.mark.slow
def test_nobody_leaves_without_the_pin_also_without_network(stand: Stand) -> None:
    page = stand(link_of("kiosk", "leaving_website"))
    page.get_by_label("Pincode").fill("1111")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="klopt niet")).to_be_visible()
    start(page)
    page.context.set_offline(True)
    answer(page)
    page.get_by_role("button", name="Voor medewerkers").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Pincode").fill("1111")
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("alert")).to_have_text("Deze pincode klopt niet. Probeer het opnieuw.")
    dialog.get_by_label("Pincode").fill(PIN)
    page.keyboard.press("Enter")
    expect(dialog.locator("dd").first).to_have_text("2")
    expect(dialog).to_contain_text("Er is nu geen verbinding met Peil")
    dialog.get_by_role("button", name="Zuil verlaten").click()
    expect(page.get_by_text("De zuil is gestopt.")).to_be_visible()
    page.context.set_offline(False)
    start(page)
    expect(page.locator("body")).to_have_attribute("data-waiting", "0")
    assert Response.objects.count() == 1  # what waited came along


@pytest.mark.slow
def test_what_peil_does_not_take_is_not_thrown_away(stand: Stand) -> None:
    link = link_of("kiosk", "leaving_website")
    page = stand(link)
    start(page)
    close_link(link.id)
    Link.objects.update(closed_at=timezone.now() - timedelta(hours=1))
    forget_doors()
    answer(page)
    page.get_by_role("button", name="Voor medewerkers · 2").click()
    page.get_by_label("Pincode").fill(PIN)
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog").locator("dd").nth(1)).to_have_text("2")
    expect(page.get_by_role("dialog").locator("dd").nth(2)).to_have_text("2")  # of which after it was closed
    expect(page.get_by_role("dialog")).to_contain_text("gaan vanzelf mee als de link weer opengaat")
    assert page.get_by_role("button", name="Van dit apparaat verwijderen").count() == 0
    with page.expect_download() as saved:
        page.get_by_role("button", name="Als bestand bewaren").click()
    assert '"became": "refused 410"' in saved.value.path().read_text(encoding="utf-8")
    expect(page.get_by_role("button", name="Van dit apparaat verwijderen")).to_be_visible()
    open_again(link.id)
    forget_doors()
    page.get_by_role("button", name="Nu versturen").click()
    expect(page.locator("body")).to_have_attribute("data-waiting", "0")
    assert Response.objects.count() == 1


@pytest.mark.slow
def test_what_was_given_while_it_was_open_is_taken_after_it_closed_and_the_kiosk_stops(stand: Stand) -> None:
    link = link_of("kiosk", "leaving_website")
    page = stand(link)
    start(page)
    page.context.set_offline(True)
    answer(page, comment="op tijd")
    page.clock.fast_forward(3_600_000)  # an hour without network
    close_link(link.id)
    Link.objects.update(closed_at=timezone.now() - timedelta(minutes=30))
    answer(page, comment="te laat")
    forget_doors()
    page.context.set_offline(False)
    expect(page.locator("body")).to_have_attribute("data-waiting", "2")
    assert comments() == {"op tijd"}
    page.clock.run_for(7_000)
    expect(page.get_by_text("niet meer")).to_be_visible()  # it asks nobody any more
    page.get_by_role("button", name="Voor medewerkers · 2").click()
    page.get_by_label("Pincode").fill(PIN)
    page.keyboard.press("Enter")
    with page.expect_download():
        page.get_by_role("button", name="Als bestand bewaren").click()
    page.get_by_role("button", name="Van dit apparaat verwijderen").click()
    expect(page.locator("body")).to_have_attribute("data-waiting", "0")
    assert comments() == {"op tijd"}


@pytest.mark.parametrize(("width", "dark"), [(1024, False), pytest.param(320, True, marks=pytest.mark.full)])
def test_axe_finds_nothing_and_smileys_are_large(stand: Stand, width: int, dark: bool) -> None:
    page = stand(link_of("kiosk", "leaving_website"), width=width, dark=dark, axe=True)
    expect(page.locator("h1")).to_have_count(1)
    for step in range(2):
        violations = Axe().run(page, options=FAULTS_ALONE).response["violations"]
        assert [v["id"] for v in violations] == []
        assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
        if not step:
            start(page)
    face = page.locator(".face").first.bounding_box()
    assert face is not None
    assert face["width"] >= (100 if width > 800 else 50)
    assert page.locator(".faces label").first.inner_text().strip().lower() == "zeer ontevreden"
    assert page.context.cookies() == []


@pytest.mark.full
def test_a_thousand_answers_with_a_network_that_comes_and_goes_are_a_thousand_rows(stand: Stand) -> None:
    """Offline for stretches of them, cut off before and after the answer was kept for others."""
    page = stand(link_of("kiosk", "helpful"))
    start(page)
    cut = {"before": 0, "after": 0}
    given = 0

    def flaps(route: Route) -> None:
        if given % 5 == 1:
            cut["before"] += 1
            route.abort()
        elif given % 5 == 3:
            cut["after"] += 1
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route("**/w/**", flaps)
    for given in range(1_000):
        if given % 40 == 0:
            page.context.set_offline(given % 80 == 0)
        page.get_by_text("ja" if given % 4 else "nee", exact=True).click()
        expect(page.get_by_role("heading", name="Dank u wel")).to_be_visible()
        page.clock.run_for(6_100)
        expect(page.locator("[data-q]")).to_be_visible()
    page.unroute("**/w/**", flaps)
    page.context.set_offline(False)
    page.clock.run_for(120_000)
    expect(page.locator("body")).to_have_attribute("data-waiting", "0", timeout=120_000)
    assert cut["before"] > 20
    assert cut["after"] > 20
    rows = [answers_from_json(row.answers)[0].score for row in Response.objects.all()]
    assert (len(rows), rows.count(0)) == (1_000, 250)
    assert {row.flags for row in Response.objects.all()} == {""}
