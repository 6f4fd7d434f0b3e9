"""The demo company in the app: people of every role, a journey and targets."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from peil.accounts.joining import make_person, named_teams
from peil.accounts.rules import Role
from peil.board.demo import set_up_demo_board
from peil.report.words import Language
from peil.warehouse.open import open_warehouse

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


def set_up_company(warehouse_url: str, language: Language) -> list[SignIn]:
    """The people, journey and targets of the demo company, in an app where nobody works yet."""
    with open_warehouse(warehouse_url, read_only=True) as warehouse:
        set_up_demo_board(warehouse, language)
    return make_demo_people(language)


def make_demo_people(language: Language) -> list[SignIn]:
    """People of every role, made anew; each has a password of its own for this one demo, kept nowhere."""
    made = []
    for name, role, in_team in _PEOPLE:
        found = SignIn(name, role, f"{role.value.replace('_', '-')}@kadewijk.example", secrets.token_urlsafe(9))
        person = make_person(found.email, found.password, name=name, role=role.value, language=language)
        if in_team:
            person.teams.set(named_teams([TEAM]))
        made.append(found)
    return made
