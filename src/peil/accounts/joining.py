"""Invitations: how everyone but the first comes in."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from peil.accounts.audit import record
from peil.accounts.models import Invitation, Person, Team
from peil.accounts.rules import Role
from peil.core.errors import UserError

LASTS = timedelta(days=7)
_LONGEST = 100  # characters of a token; a longer one was never ours


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What someone is here: role, teams, and who they are in the facts."""

    role: Role
    teams: tuple[str, ...] = ()
    employee_id: str = ""
    language: str = "nl"


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation as administrators see it."""

    id: int
    email: str
    place: Place
    made_at: datetime
    expires_at: datetime
    invited_by: str

    def is_over(self, now: datetime) -> bool:
        return now >= self.expires_at


def invite(by: Person, email: str, place: Place) -> tuple[Invited, str]:
    """Invite someone; gives the token that goes into the mail. An earlier invitation to the address ends."""
    email = email.strip().lower()
    with transaction.atomic():
        if Person.objects.filter(email=email).exists():
            raise UserError(f"{email} is here already.", "Change what this person may do in the list of people.")
        now, token = timezone.now(), secrets.token_urlsafe(32)
        Invitation.objects.filter(email=email, ended_at=None).update(ended_at=now)
        row = Invitation.objects.create(
            email=email, role=place.role.value, employee_id=place.employee_id, language=place.language,
            digest=_digest(token), invited_by=by, expires_at=now + LASTS,
        )  # fmt: skip
        row.teams.set(named_teams(place.teams))
        record(by, "person_invited", email, role=place.role.value, teams=list(place.teams))
    return _invited(row), token


def invite_again(by: Person, invitation_id: int) -> tuple[Invited, str] | None:
    """A new token for an invitation that is open or over its time; None where there is none."""
    row = _open().filter(pk=invitation_id).first()
    return invite(by, row.email, _invited(row).place) if row else None


def withdraw(by: Person, invitation_id: int) -> bool:
    """End an invitation at once; whether there was one."""
    with transaction.atomic():
        row = Invitation.objects.select_for_update().filter(pk=invitation_id, ended_at=None).first()
        if row is None:
            return False
        row.ended_at = timezone.now()
        row.save(update_fields=["ended_at"])
        record(by, "invitation_withdrawn", row.email)
    return True


def open_invitations() -> list[Invited]:
    """Those that were neither accepted nor withdrawn, the newest first; their time may be over."""
    return [_invited(row) for row in _open()]


def find_invitation(token: str) -> Invited | None:
    """The invitation of a token that can still be accepted."""
    row = _acceptable().filter(digest=_digest(token)).first() if 0 < len(token) <= _LONGEST else None
    return _invited(row) if row else None


def accept(token: str, name: str, password: str) -> Person | None:
    """Make the person who was invited; None once the invitation is used, withdrawn or over."""
    with transaction.atomic():
        row = _acceptable().select_for_update(of=("self",)).filter(digest=_digest(token)).first()
        return _accepted(row, name, password) if row else None


def accept_by_address(email: str, name: str) -> Person | None:
    """The same for someone whose address another party vouches for; they have no password here."""
    with transaction.atomic():
        row = _acceptable().select_for_update(of=("self",)).filter(email=email.lower()).first()
        return _accepted(row, name, None) if row else None


def make_person(email: str, password: str | None, **more: Any) -> Person:
    """A person whose address is known to be theirs."""
    person = Person.objects.create_user(email, password, **more)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def named_teams(names: Iterable[str]) -> list[Team]:
    """Teams by name; one that was not known here yet is made."""
    return [Team.objects.get_or_create(name=name)[0] for name in sorted(set(names))]


def _accepted(row: Invitation, name: str, password: str | None) -> Person | None:
    if Person.objects.filter(email=row.email).exists():
        return None
    row.ended_at = timezone.now()
    row.save(update_fields=["ended_at"])
    person = make_person(
        row.email, password, name=name, role=row.role, employee_id=row.employee_id, language=row.language
    )
    person.teams.set(row.teams.all())
    record(person, "invitation_accepted", row.email, role=row.role)
    return person


def _open() -> Any:
    return Invitation.objects.filter(ended_at=None).select_related("invited_by").prefetch_related("teams")


def _acceptable() -> Any:
    return _open().filter(expires_at__gt=timezone.now())


def _invited(row: Invitation) -> Invited:
    place = Place(
        role=Role(row.role),
        teams=tuple(team.name for team in row.teams.all()),
        employee_id=row.employee_id,
        language=row.language,
    )
    return Invited(row.pk, row.email, place, row.made_at, row.expires_at, str(row.invited_by or ""))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
