"""Pages that stand in the way in or behind it only at certain moments: no barrier that axe finds, nothing that sticks out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.totp.internal.auth import TOTP
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer
from tests.pages.browser import FAULTS_ALONE
from tests.web.access.things import MAKERS
from tests.web.addresses import enter
from tests.web.conftest import PASSWORD
from tests.web.keyboard.test_passkeys import put_authenticator

from peil.accounts.models import Person
from peil.accounts.start import new_start_code
from peil.library import Peil

pytestmark = [pytest.mark.full, pytest.mark.django_db(transaction=True)]

VARIANTS = ("nl light 1280", "en dark 320")
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
Look = Callable[[str], None]


@pytest.fixture(params=VARIANTS)
def variant(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def page(variant: str, live_server: LiveServer, company: Peil, chromium: Browser) -> Iterator[Page]:
    """A browser with a place for passkeys, which are kept for a name and not for a number."""
    language, scheme, width = variant.split()
    context = chromium.new_context(
        base_url=live_server.url.replace("127.0.0.1", "localhost"),
        locale=language,
        color_scheme=scheme,
        viewport={"width": int(width), "height": 800},
    )
    made = context.new_page()
    put_authenticator(made)
    yield made
    context.close()


@pytest.fixture
def look(page: Page) -> Look:
    """Go there, or stay here for '', and hold what is there against axe and the width of the screen."""

    def looked(path: str) -> None:
        if path:
            page.goto(path)
            assert page.url.partition("?")[0].endswith(path.partition("?")[0]), f"{path} leads to {page.url}"
        found = Axe().run(page, options=FAULTS_ALONE)
        assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), page.url

    return looked


@pytest.fixture
def crew(people: Mapping[str, Person], variant: str) -> Mapping[str, Person]:
    Person.objects.update(language=variant[:2])
    return people


def come_in(page: Page, person: Person) -> None:
    session = enter(person).cookies["sessionid"].value
    home = page.url.partition("/account/")[0]
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": home}])


def test_the_first_page_of_all(page: Page, look: Look, settings: Settings, tmp_path: Path) -> None:
    settings.HOME = tmp_path
    assert new_start_code(tmp_path)
    look("/start/")
    page.fill("[name=code]", "AAAA-AAAA-AAAA-AAAA")
    page.fill("[name=name]", "Mina")
    page.fill("[name=email]", "mina@example.nl")
    page.fill("[name=password]", "zeven paarse olifanten")
    page.click("main form button")
    page.wait_for_selector("[aria-invalid=true]")
    look("")


def test_pages_for_who_is_not_in_yet(page: Page, look: Look, crew: Mapping[str, Person]) -> None:
    page.goto(f"/join/{MAKERS['join'](crew['administrator'])}/")
    look("/join/")
    page.goto("/join/nothing/")
    look("")
    look("/account/sso/error/")
    look("/account/sso/refused/")
    person = crew["agent"]
    key = f"{user_pk_to_url_str(person)}-{default_token_generator.make_token(person)}"
    page.goto(f"/account/password/reset/key/{key}/")
    assert page.locator("[type=password]").count() == 2
    look("")
    page.goto("/account/password/reset/key/1-nothing/")
    look("")


def test_pages_of_the_second_step(page: Page, look: Look, crew: Mapping[str, Person]) -> None:
    person = crew["manager"]
    page.goto("/account/login/")
    come_in(page, person)
    look("/account/mfa/passkeys/")
    look("/account/mfa/passkeys/add/")
    page.fill("[name=name]", "Laptop")
    page.click("#mfa_webauthn_add")
    page.wait_for_url("**/recovery-codes/")
    look("")
    key = person.authenticator_set.get(type="webauthn").pk
    TOTP.activate(person, TOTP_SECRET)
    for path in (
        "/account/mfa/", "/account/mfa/passkeys/", f"/account/mfa/passkeys/{key}/edit/",
        f"/account/mfa/passkeys/{key}/remove/", "/account/mfa/totp/deactivate/", "/account/mfa/recovery-codes/generate/",
        "/account/mfa/reauthenticate/", "/account/mfa/passkeys/reauthenticate/",
    ):  # fmt: skip
        look(path)
    page.context.clear_cookies()
    page.goto("/account/login/")
    page.fill("[name=login]", person.email)
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/mfa/authenticate/")
    look("")


def test_a_first_password(page: Page, look: Look, crew: Mapping[str, Person]) -> None:
    """Of someone who came in by another door until now."""
    person = crew["analyst"]
    person.set_unusable_password()
    person.save()
    page.goto("/account/login/")
    come_in(page, person)
    look("/account/password/set/")
