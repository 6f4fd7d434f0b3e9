"""People and teams as an administrator keeps them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction

from peil.accounts.audit import record
from peil.accounts.joining import Place, named_teams
from peil.accounts.models import Person, Team
from peil.accounts.rules import Role
from peil.core.errors import UserError


class LastAdministrator(UserError):
    """Without an administrator nobody could let anyone in again."""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Someone in the list of people."""

    id: int
    name: str
    email: str
    place: Place
    active: bool
    last_seen: datetime | None
    joined_at: datetime


def people() -> list[PersonRow]:
    """Everyone, those who left last."""
    rows = Person.objects.prefetch_related("teams").order_by("-is_active", "name", "email")
    return [_row(person) for person in rows]


def find_person(person_id: int) -> PersonRow | None:
    person = Person.objects.prefetch_related("teams").filter(pk=person_id).first()
    return _row(person) if person else None


def change_person(by: Person, person_id: int, place: Place) -> bool:
    """Give someone another role, other teams; whether there is such a person. It holds from their next request."""
    with transaction.atomic():
        person = _locked(person_id)
        if person is None:
            return False
        was = _row(person).place
        if place.role != Role.ADMINISTRATOR:
            _keep_one(person)
        person.role, person.employee_id, person.language = place.role.value, place.employee_id, place.language
        person.save(update_fields=["role", "employee_id", "language"])
        person.teams.set(named_teams(place.teams))
        if was != place:
            record(
                by, "person_changed", person.email,
                role=place.role.value, role_was=was.role.value, teams=list(place.teams), teams_were=list(was.teams),
            )  # fmt: skip
    return True


def deactivate(by: Person, person_id: int) -> bool:
    """Close someone's account: sessions and keys end at once. Whether there is such a person."""
    with transaction.atomic():
        person = _locked(person_id)
        if person is None:
            return False
        _keep_one(person)
        if person.is_active:
            person.is_active = False
            person.session_epoch += 1
            person.save(update_fields=["is_active", "session_epoch"])
            record(by, "person_deactivated", person.email)
    return True


def reactivate(by: Person, person_id: int) -> bool:
    """Open it again; they sign in anew. Whether there is such a person."""
    with transaction.atomic():
        person = _locked(person_id)
        if person is None:
            return False
        if not person.is_active:
            person.is_active = True
            person.save(update_fields=["is_active"])
            record(by, "person_reactivated", person.email)
    return True


def change_own(person: Person, name: str, language: str) -> None:
    """What people change of themselves: their name and language, nothing else."""
    person.name, person.language = name, language
    person.save(update_fields=["name", "language"])


def end_sessions(person: Person) -> None:
    """End every session of this person; the caller renews the one that asked for it."""
    with transaction.atomic():
        person.session_epoch += 1
        person.save(update_fields=["session_epoch"])
        record(person, "sessions_ended", person.email)


def has_second_factor(person: Person) -> bool:
    return bool(Authenticator.objects.filter(user=person).exists())


def teams() -> list[str]:
    """The teams that are known here."""
    return list(Team.objects.values_list("name", flat=True))


def add_team(by: Person, name: str) -> bool:
    """A team that the facts don't have yet; whether it is new."""
    with transaction.atomic():
        _, made = Team.objects.get_or_create(name=name)
        if made:
            record(by, "team_added", name)
    return made


def remove_team(by: Person, name: str) -> bool:
    """Take a team away that nobody is in; whether it went."""
    with transaction.atomic():
        gone, _ = Team.objects.filter(name=name, people=None).delete()
        if gone:
            record(by, "team_removed", name)
    return bool(gone)


def _locked(person_id: int) -> Person | None:
    """The person, once nobody else changes administrators at the same moment."""
    list(Person.objects.select_for_update().filter(role=Role.ADMINISTRATOR.value).order_by("pk").values_list("pk"))
    return Person.objects.select_for_update().filter(pk=person_id).first()


def _keep_one(person: Person) -> None:
    others = Person.objects.filter(role=Role.ADMINISTRATOR.value, is_active=True).exclude(pk=person.pk)
    if person.is_active and person.role == Role.ADMINISTRATOR and not others.exists():
        raise LastAdministrator(
            f"{person} is the only administrator.", "Make someone else administrator first, then change this."
        )


def _row(person: Person) -> PersonRow:
    place = Place(
        role=Role(person.role),
        teams=tuple(team.name for team in person.teams.all()),
        employee_id=person.employee_id,
        language=person.language,
    )
    return PersonRow(person.pk, person.name, person.email, place, person.is_active, person.last_login, person.joined_at)
