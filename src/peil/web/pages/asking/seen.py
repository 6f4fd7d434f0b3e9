"""Whose requests somebody sees: all of them, or those of the own teams; and whether with the names of customers."""

from __future__ import annotations

from peil.accounts.models import Person
from peil.accounts.rules import sees_rows_of, sight_of


def teams_of(person: Person) -> list[str] | None:
    """The teams whose requests this person sees; None is all, also those of no team."""
    sight = sight_of(person)
    if sight.everything:
        return None
    return [str(v) for f in sight.where if f.column == "team" for v in f.values]


def sees_names(person: Person) -> bool:
    """Whether this person may see to whom requests are."""
    return sees_rows_of(person, "invitations")
