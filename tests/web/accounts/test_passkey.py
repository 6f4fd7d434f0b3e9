"""A passkey in a real browser: added, used instead of the password, and all of it within the content security policy."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer
from tests.web.conftest import PASSWORD

from peil.accounts.audit import entries

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def page(live_server: LiveServer, people: object, chromium: Browser) -> Iterator[Page]:
    """A page of a browser with a passkey's place in it; what it complains of is kept in `page.complaints`."""
    context = chromium.new_context(base_url=live_server.url.replace("127.0.0.1", "localhost"), locale="nl-NL")
    made = context.new_page()
    session = context.new_cdp_session(made)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    yield made
    context.close()


@pytest.mark.slow
def test_a_passkey_is_added_and_signs_in_alone(page: Page) -> None:
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if "Content Security Policy" in said.text else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto("/account/login/")
    page.fill("[name=login]", "manager@example.nl")
    page.fill("[name=password]", PASSWORD)
    page.click("main form >> nth=0 >> button")
    page.goto("/account/mfa/passkeys/add/")
    page.fill("[name=password]", PASSWORD)
    page.click("main form >> nth=0 >> button")
    page.wait_for_url("**/passkeys/add/")
    page.fill("[name=name]", "Laptop")
    page.click("#mfa_webauthn_add")
    page.wait_for_url("**/recovery-codes/")
    page.goto("/account/mfa/passkeys/")
    assert "Laptop" in page.inner_text("main")
    page.goto("/account/logout/")
    page.click("main form >> nth=0 >> button")
    page.goto("/account/login/")
    page.click("#passkey_login")
    page.wait_for_url(lambda url: "/account/login/" not in url)
    page.goto("/account/")
    assert page.inner_text("h1") == "Je account"
    assert complaints == []
    assert [e.action for e in reversed(entries())] == [
        "signed_in", "second_factor_added", "second_factor_added", "signed_out", "signed_in",
    ]  # fmt: skip
