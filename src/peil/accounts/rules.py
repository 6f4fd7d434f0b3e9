"""Who may do what, and whose rows one sees: nowhere else is this decided.

| | manager | team lead | agent | analyst | digital owner | administrator |
|---|---|---|---|---|---|---|
| figures of | all | own teams | own teams | all | all | all |
| rows and comments of | all | own teams | own teams | all | visits, website | none |

A team lead or an agent without a team sees no figures: nothing is theirs yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, TypeAlias

from peil.core.kpi import Kpi
from peil.warehouse.query import Filter

if TYPE_CHECKING:
    from peil.accounts.models import Person


class Role(StrEnum):
    """What someone does here; everyone has one."""

    MANAGER = "manager"
    TEAM_LEAD = "team_lead"
    AGENT = "agent"
    ANALYST = "analyst"
    DIGITAL_OWNER = "digital_owner"
    ADMINISTRATOR = "administrator"


Action: TypeAlias = Literal[
    "see_figures", "see_rows", "see_comments", "see_sql", "export", "see_employees", "import_data", "see_imports",
    "set_targets", "edit_journeys", "write_interpretation", "share_views", "subscribe", "use_keys",
    "manage_people", "change_settings", "see_audit_log", "keep_running", "erase_customers",
    "edit_surveys", "see_surveys", "enter_answers",
]  # fmt: skip

_EVERYONE = frozenset(Role)
_ALLOWED: dict[Action, frozenset[Role]] = {
    "see_figures": _EVERYONE,
    "see_rows": frozenset({Role.MANAGER, Role.TEAM_LEAD, Role.AGENT, Role.ANALYST, Role.DIGITAL_OWNER}),
    "see_comments": frozenset({Role.MANAGER, Role.TEAM_LEAD, Role.AGENT, Role.ANALYST}),
    "see_sql": frozenset({Role.ANALYST, Role.ADMINISTRATOR}),
    "export": frozenset({Role.MANAGER, Role.TEAM_LEAD, Role.ANALYST, Role.DIGITAL_OWNER}),
    "see_employees": frozenset({Role.MANAGER, Role.ANALYST}),
    "import_data": frozenset({Role.ANALYST, Role.ADMINISTRATOR}),
    "see_imports": frozenset({Role.MANAGER, Role.ANALYST, Role.ADMINISTRATOR}),
    "set_targets": frozenset({Role.MANAGER, Role.ADMINISTRATOR}),
    "edit_journeys": frozenset({Role.MANAGER, Role.DIGITAL_OWNER, Role.ADMINISTRATOR}),
    "write_interpretation": frozenset({Role.MANAGER, Role.TEAM_LEAD}),
    "share_views": _EVERYONE - {Role.AGENT},
    "subscribe": _EVERYONE,
    "use_keys": frozenset({Role.MANAGER, Role.ANALYST, Role.ADMINISTRATOR}),
    "manage_people": frozenset({Role.ADMINISTRATOR}),
    "change_settings": frozenset({Role.ADMINISTRATOR}),
    "see_audit_log": frozenset({Role.ADMINISTRATOR}),
    "keep_running": frozenset({Role.ADMINISTRATOR}),
    "erase_customers": frozenset({Role.ADMINISTRATOR}),
    "edit_surveys": frozenset({Role.MANAGER, Role.DIGITAL_OWNER, Role.ADMINISTRATOR}),
    "see_surveys": _EVERYONE - {Role.AGENT},
    "enter_answers": frozenset({Role.MANAGER, Role.TEAM_LEAD, Role.AGENT, Role.ANALYST}),  # from paper, or by phone
}
_OWN_TEAMS = frozenset({Role.TEAM_LEAD, Role.AGENT})
_WEBSITE = frozenset({"visits", "web_events", "journey_runs", "solution_views"})  # what a digital owner sees rows of


@dataclass(frozen=True, slots=True)
class Sight:
    """Whose rows someone sees: those that meet every filter, or none at all."""

    where: tuple[Filter, ...] = ()
    nothing: bool = False

    @property
    def everything(self) -> bool:
        return not self.where and not self.nothing

    def covers(self, asked: Sequence[Filter]) -> bool:
        """Whether nothing is asked for by name that is not theirs, such as another team."""
        mine = {f.column: set(f.values) for f in self.where}
        return all(f.negated or f.column not in mine or set(f.values) <= mine[f.column] for f in asked)

    def includes(self, where: Sequence[Filter]) -> bool:
        """Whether all rows that meet these filters are theirs."""
        kept = [f for f in where if not f.negated]
        return not self.nothing and all(
            any(f.column == mine.column and set(f.values) <= set(mine.values) for f in kept) for mine in self.where
        )


def may(person: Person, action: Action) -> bool:
    """Whether this person may do this; someone who left may do nothing."""
    return person.is_active and Role(person.role) in _ALLOWED[action]


def sees_kpi(person: Person, kpi: Kpi) -> bool:
    """Whether figures of this KPI are this person's at all: those about employees are few people's."""
    return may(person, "see_employees" if kpi.people else "see_figures")


def may_ask_by(person: Person, columns: Iterable[str]) -> bool:
    """Whether figures grouped or filtered by these columns are this person's: those per employee are few people's."""
    return "employee_id" not in columns or may(person, "see_employees")


def sight_of(person: Person) -> Sight:
    """Whose rows this person's figures are counted over."""
    if Role(person.role) not in _OWN_TEAMS:
        return Sight()
    teams = tuple(sorted(person.teams.values_list("name", flat=True)))
    return Sight((Filter("team", teams),)) if teams else Sight(nothing=True)


def actions_of(person: Person) -> frozenset[Action]:
    """Everything that this person may do."""
    return frozenset(action for action in _ALLOWED if may(person, action))


def sees_rows_of(person: Person, fact: str) -> bool:
    """Whether this person sees rows of this fact one by one."""
    return may(person, "see_rows") and (Role(person.role) is not Role.DIGITAL_OWNER or fact in _WEBSITE)
