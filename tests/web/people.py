"""People of every role, for tests: two teams, a lead and an agent in the first, another lead in the second."""

from __future__ import annotations

from functools import cache

from django.contrib.auth.hashers import make_password

from peil.accounts.models import Person, Team
from peil.accounts.rules import Role

PASSWORD = "een-lang-wachtwoord-1"
OWN_TEAM, OTHER_TEAM = "Zwolle", "Rotterdam"


def make_people() -> dict[str, Person]:
    own, other = (Team.objects.get_or_create(name=name)[0] for name in (OWN_TEAM, OTHER_TEAM))
    found = {role.value: _person(role.value, role) for role in Role}
    found["other_lead"] = _person("other_lead", Role.TEAM_LEAD)
    for name in ("team_lead", "agent"):
        found[name].teams.add(own)
    found["other_lead"].teams.add(other)
    return found


def _person(name: str, role: Role) -> Person:
    return Person.objects.create(
        email=f"{name}@example.nl", password=_hashed(), name=name.replace("_", " ").title(), role=role.value
    )


@cache
def _hashed() -> str:
    """Hashed once: it is slow on purpose, and there are seven people in each of hundreds of tests."""
    return make_password(PASSWORD)
