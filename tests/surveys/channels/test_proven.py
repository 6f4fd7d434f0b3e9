"""What a website may say of its visitor, and what it has to prove."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime

import pytest
from tests.web.channels.making import PIN, door_at, link_of

from peil.core.errors import BadQuery
from peil.surveys.channels.pins import is_pin, is_started, proof_of, set_pin
from peil.surveys.channels.proven import key_of, prove, read_proof, read_said, renew_key, with_context
from peil.surveys.links import OpenLink, find_link

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 10, 12, tzinfo=UTC)


def again(link: OpenLink) -> OpenLink:
    found = find_link(link.code)
    assert found is not None
    return found


def by_hand(key: str, said: dict[str, object]) -> str:
    """As the page of the link tells a website to make it."""
    told = base64.urlsafe_b64encode(json.dumps(said).encode()).decode().rstrip("=")
    return told + "." + hmac.new(key.encode(), told.encode(), hashlib.sha256).hexdigest()


def test_a_contact_is_known_once_it_is_proven_with_the_key_of_the_link() -> None:
    link = link_of("chat_end", "after_contact")
    proof = by_hand(key_of(link), {"interaction_id": "C-1", "customer_id": "K-7", "until": NOW.timestamp() + 60})
    assert read_proof(link, proof, NOW) == {"interaction_id": "C-1", "customer_id": "K-7"}
    assert prove(key_of(link), {"interaction_id": "C-1"}) == by_hand(key_of(link), {"interaction_id": "C-1"})


def test_a_proof_that_is_changed_over_or_of_another_link_proves_nothing() -> None:
    link, other = link_of("chat_end", "after_contact"), link_of("chat_end", "after_contact")
    proof = prove(key_of(link), {"interaction_id": "C-1", "until": 1_700_000_000})
    assert read_proof(link, proof, NOW) is None
    good = prove(key_of(link), {"interaction_id": "C-1"})
    told, _, signed = good.partition(".")
    forged = base64.urlsafe_b64encode(b'{"interaction_id": "C-2"}').decode().rstrip("=")
    assert read_proof(other, good, NOW) is None
    for bad in (f"{forged}.{signed}", told, f"{told}.", "", ".", f"{told}.{'é' * 64}", good + "0", "x" * 5_000):
        assert read_proof(link, bad, NOW) is None
    assert read_proof(link, by_hand(key_of(link), ["a list"]), NOW) is None  # type: ignore[arg-type]


def test_a_new_key_ends_the_one_before() -> None:
    link = link_of("widget")
    before = prove(key_of(link), {"customer_id": "K-7"})
    renew_key(link)
    assert read_proof(again(link), before, NOW) is None
    assert read_proof(again(link), prove(key_of(again(link)), {"customer_id": "K-7"}), NOW) == {"customer_id": "K-7"}


def test_without_proof_only_the_visit_and_the_solution_are_taken() -> None:
    said = {"visit_id": "v1", "solution": "s\0\x1b1", "customer_id": "K-7", "interaction_id": "C-1", "team": "A"}
    assert read_said(said) == {"visit_id": "v1", "solution": "s1"}
    assert len(read_said({"visit_id": "x" * 999})["visit_id"]) == 200


def test_an_anonymous_survey_takes_nothing_of_it() -> None:
    door = door_at(link_of("link", "engagement", team="Zwolle"))
    assert with_context(door, {"visit_id": "v1", "customer_id": "K-7"}).context == {"team": "Zwolle"}
    open_door = door_at(link_of("widget", "recommend", channel="web"))
    assert with_context(open_door, {"visit_id": "v1"}).context == {"channel": "web", "visit_id": "v1"}


@pytest.mark.parametrize("pin", ["123", "123456789", "1111", "12a4", "", "１２３４"])
def test_a_pin_that_anyone_guesses_or_nobody_types_is_refused(pin: str) -> None:
    with pytest.raises(BadQuery):
        set_pin(link_of("kiosk"), pin)


def test_a_pin_is_kept_as_a_slow_hash_and_a_new_one_ends_what_was_started() -> None:
    link = link_of("kiosk")
    assert PIN not in str(link.settings)
    assert str(link.settings["pin"]).startswith("argon2$")
    assert (is_pin(link, PIN), is_pin(link, "1234"), is_pin(link, "")) == (True, False, False)
    proof = proof_of(link.code, str(link.settings["pin"]))
    assert is_started(link, proof)
    assert not is_started(link, "")
    assert not is_started(link, proof[:-1] + "é")
    set_pin(link, "9753")
    assert not is_started(again(link), proof)
    assert not is_started(link_of("widget"), proof_of("x", ""))
