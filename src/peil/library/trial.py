"""A file tried out: all of an import, its checks and its figures, in a warehouse that is thrown away."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from peil.warehouse.secret import FILE_NAME as SECRET

if TYPE_CHECKING:
    from peil.core.kpi import Estimate
    from peil.facts.entries import Mapping as FileMapping
    from peil.sources.files import Named
    from peil.warehouse.open import Warehouse
    from peil.warehouse.rejected import Rejected, RejectedKind

_LOOKED_AT = 5_000  # rejected values, to find examples among
_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class TriedKind:
    """Values that would be rejected for one reason, with the first rows and values."""

    kind: RejectedKind
    examples: tuple[Rejected, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What an import would do, and the figures of the file by itself."""

    rows: Mapping[str, int]
    copies: int
    rejected: int
    kinds: tuple[TriedKind, ...]
    notes: tuple[str, ...]
    figures: tuple[Estimate, ...]
    already: str | None = None  # the import that took in this very file by this mapping


def try_file(
    warehouse: Warehouse,
    file: Named,
    mapping: FileMapping,
    *,
    progress: Callable[[int, int, int], None] | None = None,
) -> Trial:
    """Import a file into an empty warehouse beside it with the settings of this one, look, and throw it away."""
    from peil.sources.intake import hash_of, import_file, refuse_doubled
    from peil.warehouse.open import open_warehouse
    from peil.warehouse.rejected import count_rejected, read_rejected

    content = hash_of(file.path)
    earlier = warehouse.find_loaded(content, mapping.text)
    if earlier is None:
        refuse_doubled(warehouse, file.name, content, mapping)
    notes: list[str] = []
    with (
        tempfile.TemporaryDirectory(dir=file.path.parent, prefix="trial-") as folder,
        open_warehouse(f"duckdb:///{folder}/peil.duckdb") as tried,
    ):
        tried.settings = warehouse.settings
        _same_hashes(warehouse, tried)
        report = import_file(tried, file, mapping, progress=progress, tell=notes.append)
        examples = read_rejected(tried, report.import_id, _LOOKED_AT)
        return Trial(
            rows=report.rows,
            copies=report.copies,
            rejected=report.rejected,
            kinds=tuple(TriedKind(k, _examples(k, examples)) for k in count_rejected(tried)),
            notes=tuple(notes),
            figures=_figures(tried, {fact for fact, n in report.rows.items() if n}),
            already=None if earlier is None else earlier.import_id,
        )


def _same_hashes(warehouse: Warehouse, tried: Warehouse) -> None:
    """People are told apart in the trial as they are in the warehouse."""
    if (warehouse.folder / SECRET).exists():
        shutil.copy(warehouse.folder / SECRET, tried.folder / SECRET)


def _examples(kind: RejectedKind, found: Sequence[Rejected]) -> tuple[Rejected, ...]:
    same = (r for r in found if (r.fact, r.column, r.reason) == (kind.fact, kind.column, kind.reason))
    return tuple(r for r, _ in zip(same, range(_EXAMPLES), strict=False))


def _figures(warehouse: Warehouse, filled: set[str]) -> tuple[Estimate, ...]:
    """Every KPI that the file gives a figure for by itself, or would over a period that one names."""
    from peil.core.kpis import ALL
    from peil.report.contents.subjects import has_figure
    from peil.warehouse.query import KpiQuery
    from peil.warehouse.run import answer

    found = answer(warehouse, KpiQuery(kpis=tuple(k.key for k in ALL)))
    first = {e.kpi: e for e in reversed(found)}  # of a list of shares one stands for all
    told = {k.key for k in ALL if {k.fact, *((k.second.fact,) if k.second else ())} <= filled}
    needs = {e.kpi for e in found if e.kpi in told and any(n.startswith("needs_period") for n in e.notes)}
    return tuple(e for e in first.values() if has_figure(e) or e.kpi in needs)[::-1]
