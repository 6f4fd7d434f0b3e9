"""Keeping targets, journeys, people and keys, by keyboard alone."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from tests.web.conftest import PASSWORD
from tests.web.keyboard.conftest import At

from peil.accounts.models import Invitation, Person
from peil.board.journeys import journeys
from peil.board.models import Target

pytestmark = [pytest.mark.full, pytest.mark.django_db(transaction=True)]


def test_a_target_is_set(at: At) -> None:
    before = Target.objects.count()
    hands = at("manager", "/targets/new/?language=nl")
    hands.choose("KPI", "In één keer goed")
    hands.write("Doel", "91")
    hands.choose("Termijn", "6 maanden")
    hands.follow("Doorrekenen", "button")
    hands.follow("Doel bewaren", "button")
    assert Target.objects.filter(value=91.0, months=6).exists()
    assert Target.objects.count() > before


def test_a_journey_with_a_touchpoint_is_made(at: At) -> None:
    hands = at("manager", "/journeys/new/?language=nl")
    hands.write("Naam van de klantreis", "Verhuizen")
    hands.follow("Toevoegen", "button")
    hands.write("Naam", "Melding")
    hands.press("Toevoegen", "button")
    hands.page.wait_for_selector(".ordered li:has-text('Melding')")
    hands.page.wait_for_selector("main :focus")  # not lost in the swap
    hands.follow("Aanpassen: Melding", "a")
    hands.choose("Eerste KPI", "Klantgemak")
    hands.follow("Contactpunt bewaren", "button")
    (made,) = (j for j in journeys() if j.name == "Verhuizen")
    assert [(s.name, len(s.kpis)) for s in made.stops] == [("Melding", 1)]


def test_a_person_is_invited(at: At) -> None:
    hands = at("administrator", "/people/?language=nl")
    hands.follow("Iemand uitnodigen", "a")
    hands.write("E-mailadres", "tom@example.nl")
    hands.follow("Iemand uitnodigen", "button")
    assert Invitation.objects.get().email == "tom@example.nl"


def test_a_key_is_made(at: At) -> None:
    hands = at("analyst", "/account/?language=nl")
    hands.write("Naam van de sleutel", "Power BI")
    hands.press("rijen en toelichtingen lezen", key="Space")
    hands.follow("Sleutel maken", "button")
    assert hands.page.inner_text(".new-key code").startswith("peil_")


def test_a_second_step_is_turned_on(at: At) -> None:
    hands = at("manager", "/account/mfa/totp/activate/?language=nl")
    page = hands.page
    if "/reauthenticate/" in page.url:
        hands.write("Wachtwoord", PASSWORD)
        with page.expect_navigation():
            page.keyboard.press("Enter")
    secret = page.inner_text("code.secret")
    code = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
    hands.write("Code", code)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert re.search(r"recovery-codes|/mfa/", page.url)
    assert Person.objects.get(role="manager").authenticator_set.filter(type="totp").exists()
