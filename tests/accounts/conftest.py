"""People without facts: what accounts keeps needs no warehouse."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from peil.accounts.models import Person

MakePerson = Callable[..., Person]


@pytest.fixture
def make_person(db: None) -> MakePerson:
    """Makes a person of a role; their address is that of the role when none is given."""

    def made(role: str = "manager", email: str = "", **more: object) -> Person:
        return Person.objects.create_user(email or f"{role}@example.nl", role=role, **more)

    return made
