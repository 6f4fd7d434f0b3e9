"""Signatures of webhooks: those of the standard hold, and nothing else does."""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from peil.surveys.hooks.signature import WINDOW, Signed, holds, shown, sign

# the example of the specification: github.com/standard-webhooks/standard-webhooks, spec/standard-webhooks.md
KEY = base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
SIGNED = Signed(
    "msg_p5jXN8AQM9LWM0D4loKWxJek",
    "1614265330",
    "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    b'{"test": 2432232314}',
)
THEN = datetime.fromtimestamp(1614265330, UTC)


def test_the_example_of_the_standard_holds() -> None:
    assert holds(SIGNED, [KEY], THEN)
    assert sign(KEY, SIGNED.id, SIGNED.moment, SIGNED.body) == SIGNED.signatures
    assert shown(KEY) == "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


@pytest.mark.parametrize(
    ("seconds", "taken"), [(-WINDOW - 1, False), (-WINDOW, True), (WINDOW, True), (WINDOW + 1, False)]
)
def test_it_holds_for_five_minutes_to_either_side(seconds: int, taken: bool) -> None:
    assert holds(SIGNED, [KEY], THEN + timedelta(seconds=seconds)) is taken


@pytest.mark.parametrize(
    "changed",
    [
        {"body": b'{"test": 2432232315}'},
        {"id": "msg_other"},
        {"id": ""},
        {"id": "msg\n1"},
        {"moment": "1614265331"},
        {"moment": "1614265330.0"},
        {"moment": "-1"},
        {"moment": "٣"},
        {"signatures": ""},
        {"signatures": "v1,"},
        {"signatures": "v1,AAAA"},
        {"signatures": SIGNED.signatures[3:]},
        {"signatures": "v2" + SIGNED.signatures[2:]},
        {"signatures": "v1," + "é" * 44},
        {"signatures": " ".join(["v1,AAAA"] * 10 + [SIGNED.signatures])},
    ],
)
def test_what_was_changed_on_the_way_does_not_hold(changed: dict[str, object]) -> None:
    assert not holds(replace(SIGNED, **changed), [KEY], THEN)  # type: ignore[arg-type]  # by its name


@pytest.mark.parametrize("number", ["", "msg\n1", "msg 1", "m" * 256])
def test_an_id_that_is_none_does_not_hold_however_well_it_is_signed(number: str) -> None:
    again = replace(SIGNED, id=number)
    assert not holds(replace(again, signatures=sign(KEY, number, again.moment, again.body)), [KEY], THEN)


def test_one_of_several_signatures_and_of_several_keys_is_enough() -> None:
    several = replace(SIGNED, signatures=f"v1a,abc v1,AAAA {SIGNED.signatures}")
    assert holds(several, [b"another", KEY], THEN)
    assert not holds(several, [b"another"], THEN)
    assert not holds(several, [], THEN)
