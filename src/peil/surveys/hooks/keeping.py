"""Which systems may tell by a webhook. A secret is worked out from Peil's own and a number that is drawn for it: who has
the database alone has no secret, and none stands in a backup, a log or an address."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from peil.core.errors import BadQuery
from peil.surveys.hooks.signature import Signed, holds, shown
from peil.surveys.models import Hook
from peil.surveys.tokens import hook_key

MOST = 20  # that are open
OVERLAP = timedelta(days=1)  # that a secret still holds after it was replaced
_SEEN_AGAIN = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class HookRow:
    """One of them, as colleagues see it; its secret is nowhere."""

    id: int
    name: str
    code: str  # of its address
    made_at: datetime
    renewed_at: datetime | None
    used_at: datetime | None
    closed_at: datetime | None


def all_hooks() -> list[HookRow]:
    """The open ones first, then those that were closed; the newest first."""
    rows = [_row(hook) for hook in Hook.objects.order_by("-pk")]
    return sorted(rows, key=lambda row: row.closed_at is not None)


def make_hook(name: str) -> HookRow:
    """A new one. Its secret is asked for once, by `secret_of`."""
    name = name.strip()
    if not name or len(name) > 100:
        raise BadQuery("A webhook needs a name.", "Name the system that will use it, in at most 100 characters.")
    with transaction.atomic():
        if Hook.objects.filter(closed_at=None).count() >= MOST:
            raise BadQuery(f"There are {MOST} webhooks.", "Close one that is no longer used.")
        made = Hook.objects.create(name=name, code=secrets.token_urlsafe(16), drawn=secrets.token_hex(16))
    return _row(made)


def renew_hook(number: int) -> bool:
    """Another secret; the one before holds for a day more, so that nothing is missed while it is replaced."""
    now = timezone.now()
    with transaction.atomic():
        hook = Hook.objects.select_for_update().filter(pk=number, closed_at=None).first()
        if hook is None:
            return False
        hook.before, hook.before_until = hook.drawn, now + OVERLAP
        hook.drawn, hook.renewed_at = secrets.token_hex(16), now
        hook.save()
    return True


def close_hook(number: int) -> bool:
    """Take nothing more from it, at once; whether it was open."""
    return bool(Hook.objects.filter(pk=number, closed_at=None).update(closed_at=timezone.now(), before=""))


def secret_of(number: int) -> str | None:
    """What its system is to be given; None for one that is closed."""
    hook = Hook.objects.filter(pk=number, closed_at=None).first()
    return shown(hook_key(hook.code, hook.drawn)) if hook else None


def find_signed(code: str, signed: Signed, now: datetime | None = None) -> HookRow | None:
    """The open webhook at this address, if it signed this; nobody is told which of the two is wrong."""
    now = now or timezone.now()
    hook = Hook.objects.filter(code=code[:40], closed_at=None).first()
    drawn = [hook.drawn] if hook else [""]
    if hook and hook.before and hook.before_until and now < hook.before_until:
        drawn.append(hook.before)
    right = holds(signed, [hook_key(code, one) for one in drawn], now)
    if hook is None or not right:
        return None
    if hook.used_at is None or hook.used_at < now - _SEEN_AGAIN:
        Hook.objects.filter(pk=hook.pk).update(used_at=now)
    return _row(hook)


def _row(hook: Hook) -> HookRow:
    return HookRow(
        id=hook.pk, name=hook.name, code=hook.code, made_at=hook.made_at, renewed_at=hook.renewed_at,
        used_at=hook.used_at, closed_at=hook.closed_at,
    )  # fmt: skip
