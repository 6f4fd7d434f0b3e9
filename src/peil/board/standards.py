"""With which tiles each role starts: few, and those that matter to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from peil.accounts.rules import Role
from peil.board.tiles import BACKLOG, COUNTS, VOLUME, BoardTile
from peil.core.kpi import Estimate
from peil.report.contents.subjects import TILES, chosen

Slots = tuple[tuple[str, ...], ...]  # of each the first KPI that has a figure is shown
MOST_LARGE = 6


@dataclass(frozen=True, slots=True)
class Standard:
    """Large tiles, and smaller ones beside them."""

    large: Slots
    beside: Slots

    @property
    def first(self) -> tuple[str, ...]:
        """Every KPI that is shown where each large tile has a figure in one of the first slots."""
        return _keys((*self.large[:MOST_LARGE], *self.beside))

    @property
    def further(self) -> tuple[str, ...]:
        """Those that come in the place of large tiles without a figure."""
        return _keys(self.large[MOST_LARGE:])


def _keys(slots: Slots) -> tuple[str, ...]:
    return tuple(dict.fromkeys(k for slot in slots for k in slot if k not in COUNTS))


_MANAGER = Standard(
    large=TILES,
    beside=(
        (VOLUME,),
        ("contact_rate",),
        (BACKLOG,),
        ("reachability", "unanswered"),
        ("abandoned",),
        ("rapportcijfer", "rapportcijfer_relationship"),
    ),
)
_TEAM_LEAD = Standard(
    large=(
        ("first_response_in_target", "service_level", "speed_of_answer"),
        ("fcr", "solved_asked"),
        ("csat", "rapportcijfer"),
        ("ces_agree", "ces_ease", "ces_effort"),
        ("transferred",),
        ("repeat_contact",),
    ),
    beside=((VOLUME,), (BACKLOG,), ("reachability", "unanswered"), ("told_again",), ("reopened",), ("callbacks_kept",)),
)
_AGENT = Standard(
    large=(("csat", "rapportcijfer"), ("ces_agree", "ces_ease", "ces_effort"), ("solved_asked", "fcr")),
    beside=(("first_response_in_target", "speed_of_answer"), ("fcr",), ("repeat_contact",), ("told_again",)),
)
_DIGITAL_OWNER = Standard(
    large=(
        ("journey_completed", "task_success"),
        ("helpful",),
        ("to_contact_after_self_service",),
        ("conversion",),
        ("search_unanswered",),
        ("service_bounce",),
    ),
    beside=(
        ("visits_service",),
        ("visits_self_care",),
        ("visits_self_provisioning",),
        ("visits_sales",),
        ("visits_orientation",),
        ("visits_contact_page",),
    ),
)
STANDARDS: Mapping[Role, Standard] = {
    Role.MANAGER: _MANAGER,
    Role.TEAM_LEAD: _TEAM_LEAD,
    Role.AGENT: _AGENT,
    Role.ANALYST: _MANAGER,
    Role.DIGITAL_OWNER: _DIGITAL_OWNER,
    Role.ADMINISTRATOR: _MANAGER,
}


def standard_tiles(role: Role, figures: Mapping[str, Estimate], counted: frozenset[str]) -> tuple[BoardTile, ...]:
    """The standard of a role with what there are figures of; `counted` names the counts that can be given."""
    standard = STANDARDS[role]
    large = chosen(standard.large, figures, MOST_LARGE)
    beside = []
    for slot in standard.beside:
        if slot[0] in COUNTS:
            beside += [k for k in slot if k in counted]
        else:
            beside += [k for k in chosen((slot,), figures, 1) if k not in large]
    return tuple(BoardTile(k) for k in dict.fromkeys((*large, *beside)))
