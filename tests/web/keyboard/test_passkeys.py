"""A passkey by keyboard alone: added, used to sign in, renamed and taken away."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page
from tests.web.conftest import PASSWORD
from tests.web.keyboard.conftest import At
from tests.web.keyboard.hands import Hands

from peil.accounts.models import Person

pytestmark = [pytest.mark.full, pytest.mark.django_db(transaction=True)]

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def put_authenticator(page: Page) -> None:
    """A place for passkeys in this browser, whose owner confirms at once."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})


def confirm(hands: Hands) -> None:
    """Who one is, by the password: it is asked again before anything that signs in may be added or taken away."""
    hands.write("Wachtwoord", PASSWORD)
    with hands.page.expect_navigation():
        hands.page.keyboard.press("Enter")


def passkeys() -> list[str]:
    person = Person.objects.get(role="manager")
    return [str(a.wrap().name) for a in person.authenticator_set.filter(type="webauthn")]


def test_a_passkey_is_added_signs_in_and_goes_again(at: At) -> None:
    hands = at("manager", "/account/?language=nl")
    page = hands.page
    put_authenticator(page)
    hands.follow("Inloggen in twee stappen", "a")
    hands.follow("Toegangssleutel toevoegen", "a")
    hands.write("Naam", "Laptop")
    hands.follow("Toegangssleutel toevoegen", "button")
    page.wait_for_url("**/recovery-codes/")
    assert passkeys() == ["Laptop"]
    hands.follow("Naar inloggen in twee stappen", "a")
    hands.follow("Naar je account", "a")
    hands.follow("Uitloggen", "button")

    page.goto("/account/login/")
    hands.press("Inloggen met een toegangssleutel", "button")
    page.wait_for_url(lambda url: "/account/login/" not in url)
    assert page.inner_text("h1") == "Overzicht"

    page.goto("/account/mfa/passkeys/")
    hands.follow("Naam wijzigen Laptop", "a")
    confirm(hands)
    hands.to("Naam")
    page.keyboard.press("Control+a")
    page.keyboard.type("Telefoon")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert passkeys() == ["Telefoon"]
    page.goto("/account/mfa/passkeys/")
    hands.follow("Verwijderen Telefoon", "a")
    hands.follow("Verwijderen", "button")
    assert passkeys() == []


def test_a_passkey_is_the_second_step(at: At) -> None:
    """Where it does not sign in alone: after the password, and to confirm who one is."""
    hands = at("manager", "/account/mfa/passkeys/add/?language=nl")
    page = hands.page
    put_authenticator(page)
    hands.press("Ook zonder wachtwoord inloggen", key="Space")
    hands.follow("Toegangssleutel toevoegen", "button")
    page.wait_for_url("**/recovery-codes/")
    page.context.clear_cookies()

    page.goto("/account/login/")
    hands.write("E-mailadres", "manager@example.nl")
    confirm(hands)
    hands.press("Toegangssleutel gebruiken", "button")
    page.wait_for_url(lambda url: "/mfa/authenticate/" not in url)
    assert page.inner_text("h1") == "Overzicht"
