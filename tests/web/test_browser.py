"""Every page that shows figures, in Chromium: no barrier that axe finds, nothing that CSP stops, nobody else asked, no sideways scroll."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.urls import Resolver404, resolve
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.live_server_helper import LiveServer
from tests.pages.browser import FAULTS_ALONE, Watched, watch
from tests.web.access.table import LINES
from tests.web.addresses import enter, furnish, pages
from tests.web.conftest import SignIn

from peil.accounts.models import Person
from peil.board.demo import set_up_demo_board
from peil.library import Peil

pytestmark = pytest.mark.django_db(transaction=True)

STATE = "period=2026-10&compare=last_year"
PAGES = ("/", "/kpi/csat/", "/kpi/first_response_median/", "/kpi/contact_reasons/", "/kpi/csat/rows/", "/comparison/",
         "/contact/", "/digital/", "/servqual/", "/customers/", "/employees/", "/definitions/", "/data/")  # fmt: skip
ROLES = ("team_lead", "agent", "analyst", "digital_owner", "administrator")
OTHER_STARTS = ("agent", "administrator")  # made of other parts than a manager's; the rest are looked at with `full`
Open = Callable[..., Page]


@pytest.fixture
def open_page(chromium: Browser, live_server: LiveServer, company: Peil, sign_in: SignIn) -> Iterator[Open]:
    """`open_page("manager", width=390, dark=True)`: a window of someone of this role, or of this client."""
    set_up_demo_board(company.warehouse)
    opened: list[BrowserContext] = []

    def opening(
        who: str | Client, *, width: int = 1366, dark: bool = False, axe: bool = False, script: bool = True
    ) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            bypass_csp=axe,  # axe is a script of its own
            java_script_enabled=script,
        )
        cookie = (sign_in(who) if isinstance(who, str) else who).cookies.get("sessionid")
        if cookie is not None:
            context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": live_server.url}])
        context.set_default_timeout(120_000)
        opened.append(context)
        return context.new_page()

    yield opening
    for context in opened:
        context.close()


def barriers(page: Page) -> list[str]:
    return [
        f"{v['id']}: {v['nodes'][0]['html'][:200]}"
        for v in Axe().run(page, options=FAULTS_ALONE).response["violations"]
    ]


def wide(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))


def check_quiet(seen: Watched, home: str) -> None:
    assert seen.complaints == []
    assert [url for url in seen.requests if not url.startswith((home, "data:"))] == []


def test_no_page_has_a_barrier(open_page: Open, live_server: LiveServer) -> None:
    page = open_page("manager", axe=True)
    found = {}
    for path in PAGES:
        page.goto(f"{live_server.url}{path}?{STATE}&language=nl")
        found[path] = barriers(page)
    assert {path: v for path, v in found.items() if v} == {}


def test_pages_ask_nobody_else_and_csp_stops_nothing(open_page: Open, live_server: LiveServer) -> None:
    page = open_page("manager", width=390)
    seen = watch(page)
    for path in PAGES:
        page.goto(f"{live_server.url}{path}?{STATE}&language=en")
        assert not wide(page), path
    check_quiet(seen, live_server.url)


@pytest.mark.slow
def test_other_starts_have_no_barrier(open_page: Open, live_server: LiveServer) -> None:
    found = {}
    for role in OTHER_STARTS:
        page = open_page(role, axe=True)
        page.goto(f"{live_server.url}/?{STATE}&language=nl")
        found[role] = barriers(page)
    assert {role: v for role, v in found.items() if v} == {}


def test_filters_work_without_script(open_page: Open, live_server: LiveServer) -> None:
    page = open_page("manager", script=False)
    page.goto(f"{live_server.url}/contact/?language=nl")
    page.click("summary:has-text('Periode')")
    page.check("input[name=period][value=own]")
    page.fill("input[name=since]", "2026-09-01")
    page.fill("input[name=through]", "2026-09-30")
    page.click("details[open] button[type=submit]")
    assert "1 sep t/m 30 sep 2026" in page.inner_text(".dates")
    page.click("summary:has-text('Kanaal')")
    page.check("input[name=only-channel][value=phone]")
    page.click("details[open] button[type=submit]")
    assert "only-channel=phone" in page.url
    assert "since=2026-09-01" in page.url
    page.click("text=Filters wissen")
    assert "only-channel" not in page.url


VARIANTS = [
    (dark, language, width) for dark in (False, True) for language in ("nl", "en") for width in (320, 768, 1366)
]
# who has every kind of page between them is looked at in every variant, the others at their ends
LOOKS = [(role, *v) for role in ("manager", "administrator") for v in VARIANTS]
LOOKS += [
    (role, *v) for role in ("team_lead", "agent", "analyst", "digital_owner") for v in (VARIANTS[0], VARIANTS[-1])
]


@pytest.mark.full
@pytest.mark.parametrize(("role", "dark", "language", "width"), LOOKS)
def test_no_page_of_anyone_has_a_barrier(
    open_page: Open,
    live_server: LiveServer,
    people: Mapping[str, Person],
    role: str,
    dark: bool,
    language: str,
    width: int,
) -> None:
    """Every page that the router has for this role, found by asking: a new page is looked at by itself."""
    person = people[role]
    Person.objects.filter(pk=person.pk).update(language=language)
    furnish(person)
    client = enter(person)
    addresses = [a for a in pages(role, client, person) if "/body/" not in a]  # a mail, in the frame of its page
    assert len(addresses) > 30
    page = open_page(client, width=width, dark=dark, axe=True)
    found = {}
    for path in addresses:
        page.goto(f"{live_server.url}{path}")
        page.wait_for_selector("h1", state="attached")  # a script puts it there on a kiosk
        found[path] = barriers(page) + (["wider than the screen"] if wide(page) else [])
    assert not any(found.values()), "\n".join(f"{path} {v}" for path, v in found.items() if v)


# What no role opens by its address alone, with the tests that look at it
_STEP = "tests/web/accounts/test_states.py"
_SHOWN = "tests/web/asking/test_browser.py"
ELSEWHERE = {
    "start/": _STEP, "join/": _STEP, "join/<str:token>/": _STEP, "account/sso/refused/": _STEP,
    "account/sso/error/": _STEP, "account/password/set/": _STEP, "account/mfa/authenticate/": _STEP,
    "account/mfa/reauthenticate/": _STEP, "account/mfa/passkeys/reauthenticate/": _STEP,
    "account/mfa/totp/deactivate/": _STEP, "account/mfa/recovery-codes/": _STEP,
    "account/mfa/passkeys/<int:pk>/remove/": _STEP, "account/mfa/passkeys/<int:pk>/edit/": _STEP,
    r"account/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": _STEP,
    "s/<slug:key>/<slug:mark>/done/": _SHOWN, "a/<slug:key>/<slug:mark>/done/": _SHOWN,
    "surveys/<slug:key>/pages/<int:number>/preview/": "in the frame of the page of a survey",
    "board/subscriptions/<int:number>/sample/mail/": "in the frame of the page of a subscription",
    "board/tile/<str:tile_id>/": "a part of the overview", "data/import/<slug:token>/progress/": "a part of an import",
}  # fmt: skip
# Never a page: a file, a picture, a script, what is sent only, and doors of the library that are shut
NO_PAGE = re.compile(
    r"\.(?:csv|json|js|svg|toml|css|<slug:kind>|<slug:form>)$|^asking/|^account/(?:none|keys|logout)/|^account/sso/\^"
    r"|/login/$|/download/$|/start/$|^w/|^hooks/|/undo/$|^board/views/<"
)


@pytest.mark.full
def test_no_page_is_left_out(people: Mapping[str, Person], company: Peil) -> None:
    """A page that is new is walked above, or named here with the test that looks at it."""
    walked = set()
    for role in ("manager", "analyst", "administrator"):
        furnish(people[role])
        walked |= {_route(path) for path in pages(role, enter(people[role]), people[role])}
    walked |= {_route(path) for path in pages("anonymous", enter(None), None)}
    asked = {line.route for line in LINES if line.method == "GET" and not line.route.startswith("api/")}
    left = {route for route in asked - walked if not NO_PAGE.search(route)}
    assert left == set(ELSEWHERE)


def _route(path: str) -> str:
    try:
        return str(resolve(path.partition("?")[0]).route)
    except Resolver404:
        return path  # the page that is not there


@pytest.mark.full
@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("role", [None, "manager", *ROLES])
def test_no_page_of_anyone_asks_elsewhere(
    open_page: Open, live_server: LiveServer, people: Mapping[str, Person], role: str | None, language: str
) -> None:
    person = people.get(role or "")
    Person.objects.update(language=language)
    client = enter(person)
    if person is not None:
        furnish(person)
    page = open_page(client, width=320)
    seen = watch(page)
    for path in pages(role or "anonymous", client, person):
        page.goto(f"{live_server.url}{path}")
        assert not wide(page), path
    seen.complaints[:] = [c for c in seen.complaints if "status of 404" not in c]  # the page that is not there
    check_quiet(seen, live_server.url)
