"""Where the figures come from: imports, rows that were rejected, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from peil.core.kpi import Estimate, Kpi
from peil.core.kpis import ALL
from peil.core.moments import Count, CountBetween, Sum, SumProduct
from peil.report.contents.subjects import has_figure
from peil.report.question import Asking
from peil.warehouse.load import ImportEntry
from peil.warehouse.rejected import RejectedKind, count_rejected


@dataclass(frozen=True, slots=True)
class Missing:
    """KPIs that can't be given for one and the same reason."""

    fact: str
    rows: bool  # the fact has rows; what is missing is a kind of question, a column or a period
    kinds: tuple[str, ...]  # kinds of question that nobody was asked
    columns: tuple[str, ...]  # columns that are empty
    needs: str  # a note such as needs_assumption:avoided_share
    kpis: tuple[Kpi, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """The imports that stand, what they rejected, the days each fact covers, and what is missing."""

    imports: tuple[ImportEntry, ...]
    rejected: tuple[RejectedKind, ...]
    extents: Mapping[str, tuple[date, date]]
    missing: tuple[Missing, ...]

    @property
    def names(self) -> Mapping[str, str]:
        return {e.import_id: e.file_name for e in self.imports}


def origin(asking: Asking, figures: Mapping[str, Estimate]) -> Origin:
    standing = tuple(e for e in asking.warehouse.imports() if e.status == "loaded")
    return Origin(
        standing,
        tuple(count_rejected(asking.warehouse)),
        asking.extents,
        _missing(figures, {fact for e in standing for fact, rows in e.rows.items() if rows}),
    )


def _missing(figures: Mapping[str, Estimate], filled: set[str]) -> tuple[Missing, ...]:
    """What could not be given over the report's rows, by what it would need."""
    found: dict[tuple[str, bool, tuple[str, ...], tuple[str, ...], str], list[Kpi]] = {}
    for kpi in ALL:
        figure = figures.get(kpi.key)
        if figure is None or has_figure(figure) or figure.status in ("hidden", "mixed"):
            continue
        if any(has_figure(figures.get(key)) for key in _siblings(kpi)):
            continue
        needs = next((n for n in figure.notes if figure.status == "needs"), "")
        reason = _reason(kpi, filled, needs)
        found.setdefault(reason, []).append(kpi)
    lists = [Missing(*reason, tuple(kpis)) for reason, kpis in found.items()]
    return tuple(sorted(lists, key=lambda m: (m.rows, m.fact, -len(m.kpis))))


def _siblings(kpi: Kpi) -> tuple[str, ...]:
    """The same question about a contact or about the brand: one of them is enough."""
    plain = kpi.key.removesuffix("_relationship")
    return tuple(key for key in (plain, f"{plain}_relationship") if key != kpi.key)


def _reason(kpi: Kpi, filled: set[str], needs: str) -> tuple[str, bool, tuple[str, ...], tuple[str, ...], str]:
    facts = (kpi.fact, *((kpi.second.fact,) if kpi.second else ()))
    empty = next((fact for fact in facts if fact not in filled), None)
    if empty is not None:
        return empty, False, (), (), ""
    if needs:
        return kpi.fact, True, (), (), needs
    kinds = tuple(str(v) for condition in kpi.rows if condition.column == "kind" for v in condition.values)
    if kinds:
        return kpi.fact, True, kinds, (), ""
    return kpi.fact, True, (), _columns(kpi), ""


def _columns(kpi: Kpi) -> tuple[str, ...]:
    """The columns that a KPI counts."""
    found: list[str] = []
    for moment in (*kpi.moments.values(), *((kpi.spread,) if kpi.spread else ())):
        match moment:
            case SumProduct(column, other):
                found += [column, other]
            case Count(column) | CountBetween(column) | Sum(column):
                found.append(column)
            case _:
                found.append(moment.column)
    return tuple(dict.fromkeys(found))
