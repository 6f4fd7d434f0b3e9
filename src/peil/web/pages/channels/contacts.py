"""One contact in the facts, by its number: who had it, with whom, and by which channel."""

from __future__ import annotations

from dataclasses import dataclass

from sqlglot import exp

from peil.web.facts import the_peil

_LONGEST = 200
_COLUMNS = ("interaction_id", "employee_id", "channel", "customer_id", "team")


@dataclass(frozen=True, slots=True)
class Contact:
    """What a follow-up has to know of it."""

    interaction_id: str
    employee_id: str
    channel: str
    customer_id: str
    team: str


def find_contact(number: str) -> Contact | None:
    """The contact with this number; None where there is none, or where two sources have one each."""
    engine = the_peil().warehouse.engine
    if not number or len(number) > _LONGEST or "interactions" not in engine.tables():
        return None
    columns = [exp.column(name, quoted=True) for name in _COLUMNS]
    asked = exp.column("interaction_id", quoted=True).eq(
        exp.Placeholder(this="number", kind=exp.DataType.build("VARCHAR"))
    )
    query = exp.select(*columns).from_(exp.to_table("interactions")).where(asked).limit(2)
    found = engine.fetch(query, {"number": number}).to_pylist()
    return Contact(**{name: found[0][name] or "" for name in _COLUMNS}) if len(found) == 1 else None
