"""Peil in Python: the verbs of the command line as methods, on one warehouse.

    import peil

    with peil.open("duckdb:///peil.duckdb") as p:
        p.import_file("answers.csv", "answers.toml")
        p.kpi("nps", by=["touchpoint", "month"]).to_pandas()

A verb that does not write opens the warehouse for reading only, so that others can read too.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, TypeAlias, Unpack

from peil.library.answers import Answers, Explanation
from peil.library.asking import Asked, ReportAsked

if TYPE_CHECKING:
    from datetime import date

    from peil.core.kpi import Comparison, Estimate
    from peil.facts.drafting.draft import Draft
    from peil.facts.entries import Mapping as FileMapping
    from peil.library.doctor import Check
    from peil.report.words import Language
    from peil.warehouse.load import ImportEntry, ImportReport
    from peil.warehouse.open import Warehouse
    from peil.warehouse.query import KpiQuery
    from peil.warehouse.rejected import Rejected

__all__ = ["Answers", "Asked", "Explanation", "Peil", "ReportAsked", "map_file", "open", "warehouse_url"]

DEFAULT_URL = "duckdb:///peil.duckdb"
Progress: TypeAlias = Callable[[int, int, int], None]  # rows, bytes done, bytes in all


def warehouse_url(url: str | None = None) -> str:
    """The warehouse asked for, else the one that PEIL_WAREHOUSE names, else peil.duckdb in this folder."""
    return url or os.environ.get("PEIL_WAREHOUSE") or DEFAULT_URL


def open(url: str | None = None, *, read_only: bool = False, tell: Callable[[str], None] | None = None) -> Peil:
    """Open a warehouse: duckdb:///path, postgresql://host/database, clickhouse://host/database or chdb:///path.

    A file that a running server of the same user holds is asked by way of that server; a change of a warehouse that
    processes share waits for the one under way. `tell` is given the words for either.
    """
    from peil.core.errors import NotNow
    from peil.warehouse.open import open_warehouse

    asked = warehouse_url(url)
    try:
        return Peil(open_warehouse(asked, read_only=read_only, tell=tell))
    except NotNow:
        from peil.library.beside import knock

        beside = knock(asked, read_only=read_only)
        if beside is None:
            raise
        if tell is not None:
            tell("A server holds this warehouse; it does what is asked here.")
        return beside


def map_file(path: str | Path) -> Draft:
    """Read a file and draft its mapping: what it guessed and why, and what it has to ask."""
    from peil.sources.intake import draft_mapping

    return draft_mapping(path)


class Peil:
    """One warehouse, and what can be asked of it and done with it."""

    def __init__(self, warehouse: Warehouse) -> None:
        self.warehouse = warehouse

    def __enter__(self) -> Peil:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self.warehouse.close()

    def import_file(
        self,
        path: str | Path,
        mapping: str | Path | FileMapping,
        *,
        progress: Progress | None = None,
        tell: Callable[[str], None] | None = None,
        name: str | None = None,
    ) -> ImportReport:
        """Take in a file by its mapping: all of it or nothing.

        `progress` is called with (rows, bytes done, bytes in all) and may stop the import by raising, `tell` with what
        was found out about the file; `name` is what people call it, where that is not its name on disk.
        """
        from peil.sources.files import Named
        from peil.sources.intake import import_file

        file = Named(Path(path), name or Path(path).name)
        return import_file(self.warehouse, file, mapping, progress=progress, tell=tell)

    map_file = staticmethod(map_file)

    def imports(self) -> Sequence[ImportEntry]:
        """Every import, the oldest first, the undone ones too."""
        return self.warehouse.imports()

    def rejected(self, import_id: str, limit: int | None = 100) -> list[Rejected]:
        """Rows of an import that failed a check, in the order of the file, with the reason and what to do."""
        from peil.warehouse.rejected import read_rejected

        return read_rejected(self.warehouse, import_id, limit)

    def rows(self) -> Mapping[str, int]:
        """How many rows each fact holds now."""
        from peil.library.held import count_rows

        return count_rows(self.warehouse)

    def undo(self, import_id: str | None = None) -> ImportEntry:
        """Take an import out again (the last one, when none is named); earlier versions of its rows come back."""
        return self.warehouse.undo(import_id)

    def rebuild(self) -> None:
        """Make the facts anew from the archive of imports; the numbers stay equal."""
        self.warehouse.rebuild()

    def kpi(self, *keys: str, **asked: Unpack[Asked]) -> Answers[Estimate]:
        """Figures with their intervals; without keys, every KPI.

        `by`, `where`, `since`, `until`, `period`, `weighted`, `level`, `exact`, `as_of` and
        `assume` say of which rows and how; see `Asked`.
        """
        return self.answer(self.query(*keys, **asked))

    def compare(self, *keys: str, **asked: Unpack[Asked]) -> Answers[Comparison]:
        """How figures changed: a period (the last 30 whole days) against an earlier one (the 30 before)."""
        asked.setdefault("compare", "previous")
        return self.answer_changes(self.query(*keys, **asked))

    def answer(self, query: KpiQuery) -> Answers[Estimate]:
        """The figures that a query asks for."""
        from peil.warehouse.run import answer

        return Answers(answer(self.warehouse, query))

    def answer_changes(self, query: KpiQuery) -> Answers[Comparison]:
        """The changes that a query with a comparison asks for."""
        from peil.warehouse.questions.comparing import compare

        return Answers(compare(self.warehouse, query))

    def explain(self, key: str, **asked: Unpack[Asked]) -> Explanation:
        """How a KPI is counted: definition, moments, and the statements for this question."""
        from peil.core.kpis import get
        from peil.warehouse.run import explain

        return Explanation(get(key), tuple(explain(self.warehouse, self.query(key, **asked))))

    def report(
        self,
        path: str | Path | None = None,
        *,
        language: Language = "en",
        title: str | None = None,
        force: bool = False,
        **asked: Unpack[ReportAsked],
    ) -> str:
        """The report as one HTML page, written to `path` when that is given.

        Without a period it is about the last 30 whole days that have rows. A file that is no
        report is written over with `force` only.
        """
        from peil.report.file import write_report
        from peil.report.page import make_report
        from peil.report.question import ReportQuestion

        compare = asked.pop("compare", None) or "previous"  # named alone it would ask for the last days of the calendar
        query = self.query(**asked)
        question = ReportQuestion(
            language=language, title=title, since=query.since, until=query.until,
            compare=compare, where=query.where, weighted=query.weighted,
        )  # fmt: skip
        html = make_report(self.warehouse, question)
        if path is not None:
            write_report(html, Path(path), force=force)
        return html

    def doctor(self) -> Sequence[Check]:
        """Whether everything that Peil needs is there and whole."""
        from peil.library.doctor import examine_open

        return examine_open(self.warehouse)

    def query(self, *keys: str, **asked: Unpack[Asked]) -> KpiQuery:
        """The question as a value, which prints as JSON and reads back."""
        from peil.core.kpis import ALL, get
        from peil.library.asking import build_query

        known = [get(key).key for key in keys] or [kpi.key for kpi in ALL]
        return build_query(known, asked, self._today())

    def _today(self) -> date:
        return self.warehouse.today
