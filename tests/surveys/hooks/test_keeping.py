"""Webhooks: a secret is worked out, renewed with a day between, and kept nowhere."""

from __future__ import annotations

import base64
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from peil.core.errors import BadQuery
from peil.surveys.hooks.keeping import MOST, all_hooks, close_hook, find_signed, make_hook, renew_hook, secret_of
from peil.surveys.hooks.signature import Signed, sign
from peil.surveys.models import Hook

pytestmark = pytest.mark.django_db
BODY = b'{"a": 1}'


def key_of(number: int) -> bytes:
    secret = secret_of(number)
    assert secret is not None
    assert secret.startswith("whsec_")
    return base64.b64decode(secret.removeprefix("whsec_"))


def signed(key: bytes, at: datetime | None = None) -> Signed:
    moment = str(int((at or timezone.now()).timestamp()))
    return Signed("msg_1", moment, sign(key, "msg_1", moment, BODY), BODY)


def test_nothing_that_is_kept_is_the_secret() -> None:
    made = make_hook("Helpdesk")
    key = key_of(made.id)
    assert len(key) == 32
    kept = "\n".join(str(value) for value in Hook.objects.values().get().values())
    assert key.hex() not in kept
    assert base64.b64encode(key).decode() not in kept
    assert key_of(make_hook("Shop").id) != key


def test_only_its_own_signature_opens_it() -> None:
    one, other = make_hook("Helpdesk"), make_hook("Shop")
    assert find_signed(one.code, signed(key_of(one.id))) == one
    assert find_signed(one.code, signed(key_of(other.id))) is None
    assert find_signed("nothing", signed(key_of(one.id))) is None
    assert find_signed("", signed(b"")) is None
    used = Hook.objects.get(pk=one.id).used_at
    assert used is not None


def test_the_secret_before_holds_for_a_day_more() -> None:
    hook = make_hook("Helpdesk")
    before = key_of(hook.id)
    assert renew_hook(hook.id)
    after, now = key_of(hook.id), timezone.now()
    assert after != before
    assert find_signed(hook.code, signed(before)) is not None
    assert find_signed(hook.code, signed(after)) is not None
    late = now + timedelta(days=1, minutes=1)
    assert find_signed(hook.code, signed(before, late), late) is None
    assert find_signed(hook.code, signed(after, late), late) is not None


def test_a_closed_one_takes_nothing_and_has_no_secret() -> None:
    hook = make_hook("Helpdesk")
    key = key_of(hook.id)
    renew_hook(hook.id)
    newer = key_of(hook.id)
    assert close_hook(hook.id)
    assert not close_hook(hook.id)
    assert not renew_hook(hook.id)
    assert secret_of(hook.id) is None
    assert find_signed(hook.code, signed(key)) is None
    assert find_signed(hook.code, signed(newer)) is None
    assert [h.closed_at is not None for h in all_hooks()] == [True]


def test_names_and_how_many() -> None:
    for name in ("", "  ", "x" * 101):
        with pytest.raises(BadQuery):
            make_hook(name)
    for n in range(MOST):
        make_hook(f"System {n}")
    with pytest.raises(BadQuery, match="20 webhooks"):
        make_hook("One more")
