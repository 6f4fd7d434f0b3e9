"""The demo company in the app: people of every role, each with a password of its own for this one demo."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from peil.accounts.joining import make_person, named_teams
from peil.accounts.rules import Role

TEAM = "Zwolle"
# name, role, whether in a team; nobody of these exists
_PEOPLE = (
    ("Manon Verhoef", Role.MANAGER, False),
    ("Sanne de Wit", Role.TEAM_LEAD, True),
    ("Bram Postma", Role.AGENT, True),
    ("Noor Elzinga", Role.ANALYST, False),
    ("Daan Hoekstra", Role.DIGITAL_OWNER, False),
    ("Ilse Kramer", Role.ADMINISTRATOR, False),
)


@dataclass(frozen=True, slots=True)
class SignIn:
    """What one of them types to sign in."""

    name: str
    role: Role
    email: str
    password: str


def make_demo_people(language: str) -> list[SignIn]:
    """People of every role, made anew; their passwords are told once and kept nowhere."""
    made = []
    for name, role, in_team in _PEOPLE:
        found = SignIn(name, role, f"{role.value.replace('_', '-')}@kadewijk.example", secrets.token_urlsafe(9))
        person = make_person(found.email, found.password, name=name, role=role.value, language=language)
        if in_team:
            person.teams.set(named_teams([TEAM]))
        made.append(found)
    return made
