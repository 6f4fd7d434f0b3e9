"""Whose rows a question is about: those that the caller may see, whatever was asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from peil.accounts.rules import Sight, may_ask_by, sees_kpi, sight_of
from peil.core.kpis import ALL, get
from peil.facts.schema import FACTS
from peil.warehouse.query import KpiQuery
from peil.web.api.door.entry import Caller
from peil.web.api.problems import Problem


def within_sight(query: KpiQuery, caller: Caller) -> KpiQuery:
    """The question over the caller's own rows; one that names rows of others is refused, not emptied."""
    sight = sight_of(caller.person)
    if not may_ask_by(caller.person, [*query.by, *(f.column for f in query.where)]):
        raise Problem(403, "not-yours", "Your role sees no figures per employee.", "Leave employee_id out.")
    _refuse_foreign(query, sight)
    _refuse_unknowable(query.kpis, sight)
    return replace(query, where=(*query.where, *sight.where))


def seen(keys: Sequence[str], caller: Caller) -> list[str]:
    """The KPIs asked, or all that the caller may see; one that is named and not theirs is refused."""
    for key in keys:
        if not sees_kpi(caller.person, get(key)):
            raise Problem(403, "not-yours", "Your role sees no figures about employees.", f"Leave {key} out.")
    return [*keys] or [kpi.key for kpi in ALL if sees_kpi(caller.person, kpi)]


def _refuse_foreign(query: KpiQuery, sight: Sight) -> None:
    """Refuse a filter that names rows of others, or leaves out all of one's own."""
    own = {f.column: {str(v) for v in f.values} for f in sight.where}
    for asked in query.where:
        if asked.column not in own:
            continue
        named = {None if v is None else str(v) for v in asked.values}
        foreign = own[asked.column] <= named if asked.negated else bool(named - own[asked.column])
        if foreign:
            yours = ", ".join(sorted(own[asked.column]))
            raise Problem(403, "not-yours", f"You see your own {asked.column} only: {yours}.", "Ask for that.")


def _refuse_unknowable(kpis: Sequence[str], sight: Sight) -> None:
    """Figures that can't be told by team can't be told to who sees one team."""
    for column in (f.column for f in sight.where):
        if not any(column in FACTS[get(key).fact].dimensions for key in kpis):
            raise Problem(
                403, "not-yours", f"These figures are not known by {column}, and you see those of your own only.",
                "Ask someone who sees all figures.",
            )  # fmt: skip
