"""The demo company in the app: people of every role, a journey, targets, and surveys that one can answer."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from peil.accounts.joining import make_person, named_teams
from peil.accounts.rules import Role
from peil.board.demo import set_up_demo_board
from peil.report.words import Language
from peil.surveys.demo import Live, invite_demo_customers, set_up_demo_surveys
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


@dataclass(frozen=True, slots=True)
class Company:
    """Who may sign in, and the link to a survey that is live."""

    people: list[SignIn]
    survey: Live


def set_up_company(warehouse_url: str, language: Language) -> Company:
    """People, journey, targets, surveys and invitations of the demo company, in an app where nobody works yet."""
    with open_warehouse(warehouse_url, read_only=True) as warehouse:
        set_up_demo_board(warehouse, language)
        live = set_up_demo_surveys(language)
        invite_demo_customers(warehouse, language)
    return Company(make_demo_people(language), live)


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
