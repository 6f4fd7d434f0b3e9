"""Which tiles a person sees: those chosen, else the standard of the role."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from peil.accounts.rules import Role, sees_kpi
from peil.board.boards import board_of
from peil.board.figures import asking_of
from peil.board.standards import MOST_LARGE, STANDARDS, standard_tiles
from peil.board.tiles import COUNTS, BoardTile, check_filters, unknown_column
from peil.core.kpis import BY_KEY
from peil.report.contents.subjects import chosen
from peil.report.question import ReportQuestion
from peil.warehouse.query import Filter

if TYPE_CHECKING:
    from datetime import date

    from peil.accounts.models import Person
    from peil.warehouse.open import Warehouse


def tiles_of(person: Person, warehouse: Warehouse, asked: ReportQuestion, today: date) -> tuple[BoardTile, ...]:
    """The tiles of a person's board, without figures about employees for who may not see those."""
    check_filters(asked.where, warehouse.engine.tables())
    chosen = board_of(person).tiles
    if chosen is None:
        return standard_of(person, warehouse, asked, today)
    return tuple(t for t in chosen if may_see(person, t.kpi))


def may_see(person: Person, key: str) -> bool:
    """Whether a figure is one that this person may see at all."""
    return key in COUNTS or sees_kpi(person, BY_KEY[key])


def standard_of(person: Person, warehouse: Warehouse, asked: ReportQuestion, today: date) -> tuple[BoardTile, ...]:
    """The standard of the role, as far as there are figures over the rows asked about."""
    role = Role(person.role)
    tables = warehouse.engine.tables()
    columns = [f.column for f in asked.where]

    def known(keys: Sequence[str]) -> list[str]:
        return [k for k in keys if may_see(person, k) and not unknown_column(k, columns, tables)]

    asking = asking_of(warehouse, asked, today)
    standard = STANDARDS[role]
    figures = {e.kpi: e for e in asking.figures_to_compare(known(standard.first))}
    if len(chosen(standard.large, figures, MOST_LARGE)) < MOST_LARGE:
        figures |= {e.kpi: e for e in asking.figures_to_compare(known(standard.further))}
    counted = known(COUNTS) if tables.get("interactions") and asking.span is not None else []
    return standard_tiles(role, figures, frozenset(counted))


def own_rows(person: Person, warehouse: Warehouse, asked: ReportQuestion) -> ReportQuestion | None:
    """The question about an agent's own contacts; None where figures per employee are off or it is not known who this is."""
    if Role(person.role) is not Role.AGENT or not warehouse.settings.per_person or not person.employee_id:
        return None
    return replace(asked, where=(*asked.where, Filter("employee_id", (person.employee_id,))))
