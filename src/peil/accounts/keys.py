"""Keys for the API: made for a person, shown once, found again by what a program sends.

A key never does more than its person: its scopes are cut to what the role allows at the moment of asking.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, TypeAlias, get_args

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from peil.accounts.audit import record
from peil.accounts.models import ApiKey, Person
from peil.accounts.rules import Action, may
from peil.core.errors import UserError

Scope: TypeAlias = Literal["read_figures", "read_rows", "import", "ask"]
SCOPES: tuple[Scope, ...] = get_args(Scope)
BEGINS = "peil"
LONGEST = 200  # characters; a longer one was never ours
DAYS = 365
MOST_KEYS = 50  # in force, for one person
_SEEN_AGAIN = timedelta(minutes=1)  # last use is kept to the minute: reading figures should not write at each request
_NEEDS: dict[Scope, Action] = {
    "read_figures": "see_figures",
    "read_rows": "see_rows",
    "import": "import_data",
    "ask": "edit_surveys",
}


@dataclass(frozen=True, slots=True)
class Key:
    """A key that is in force: whose it is, and what it may do now."""

    person: Person
    scopes: frozenset[Scope]
    id: int


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A key as its owner sees it; its secret is nowhere."""

    id: int
    name: str
    prefix: str
    scopes: tuple[Scope, ...]
    made_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    last_used_at: datetime | None

    def in_force(self, now: datetime) -> bool:
        return self.revoked_at is None and now < self.expires_at


def scopes_of(person: Person) -> tuple[Scope, ...]:
    """What a key of this person may be for."""
    if not may(person, "use_keys"):
        return ()
    return tuple(scope for scope in SCOPES if may(person, _NEEDS[scope]))


def find_key(token: str) -> Key | None:
    """The key that this token is, with what it may do now; None for any other text, and for a key no longer in force."""
    begin, _, rest = token.partition("_") if len(token) <= LONGEST else ("", "", "")
    prefix, _, _ = rest.partition("_")
    row = ApiKey.objects.select_related("person").filter(prefix=prefix).first() if begin == BEGINS and prefix else None
    same = hmac.compare_digest(_digest(token), row.digest if row else "0" * 64)
    if row is None or not same or row.revoked_at is not None or row.expires_at <= timezone.now():
        return None
    scopes = frozenset(row.scopes) & frozenset(scopes_of(row.person))
    if not scopes:
        return None
    _note_use(row)
    return Key(row.person, scopes, row.pk)


def key_of_header(header: str | None) -> Key | None:
    """The key in an Authorization header: `Bearer peil_...`."""
    kind, _, token = (header or "").partition(" ")
    return find_key(token.strip()) if kind.lower() == "bearer" else None


def make_key(person: Person, name: str, scopes: Iterable[str], *, days: int = DAYS) -> tuple[KeyRow, str]:
    """A new key, and its token: this is the only time that anybody sees it."""
    wanted = [scope for scope in SCOPES if scope in set(scopes)]
    name = name.strip()
    if not name or len(name) > 100:
        raise UserError("A key needs a name.", "Name the program that will use it, in at most 100 characters.")
    if not wanted or not set(wanted) <= set(scopes_of(person)):
        raise UserError("A key needs something that it may do.", f"Choose from {', '.join(scopes_of(person)) or '-'}.")
    if not 1 <= days <= DAYS:
        raise UserError(f"A key lasts 1 to {DAYS} days.", "Choose when it expires within a year.")
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)  # two at once can't pass the limit together
        if ApiKey.objects.filter(_still_good(), person=person).count() >= MOST_KEYS:
            raise UserError(f"You have {MOST_KEYS} keys.", "Revoke one that is no longer used.")
        prefix = secrets.token_hex(5)
        token = f"{BEGINS}_{prefix}_{secrets.token_urlsafe(32)}"
        row = ApiKey.objects.create(
            person=person, name=name, prefix=prefix, digest=_digest(token), scopes=wanted,
            expires_at=timezone.now() + timedelta(days=days),
        )  # fmt: skip
        record(person, "key_made", f"{name} ({prefix})", scopes=wanted, days=days)
    return _row(row), token


def keys_of(person: Person) -> list[KeyRow]:
    """Every key of this person, the newest first, those no longer in force too."""
    return [_row(row) for row in ApiKey.objects.filter(person=person)]


def revoke_key(person: Person, key_id: int, by: Person | None = None) -> bool:
    """End a key of this person at once; whether there was one to end."""
    with transaction.atomic():
        row = ApiKey.objects.select_for_update().filter(pk=key_id, person=person).first()
        if row is None:
            return False
        if row.revoked_at is None:
            row.revoked_at = timezone.now()
            row.save(update_fields=["revoked_at"])
            record(by or person, "key_revoked", f"{row.name} ({row.prefix})", of=person.email)
    return True


def _digest(token: str) -> str:
    """The token has 256 random bits: a plain hash can't be guessed back, and a slow one would only cost time."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _still_good() -> Q:
    return Q(revoked_at=None, expires_at__gt=timezone.now())


def _note_use(row: ApiKey) -> None:
    now = timezone.now()
    if row.last_used_at is None or row.last_used_at < now - _SEEN_AGAIN:
        ApiKey.objects.filter(pk=row.pk).update(last_used_at=now)


def _row(row: ApiKey) -> KeyRow:
    return KeyRow(
        row.pk, row.name, row.prefix, tuple(row.scopes), row.made_at, row.expires_at, row.revoked_at, row.last_used_at
    )
