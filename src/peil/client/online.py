"""`Peil` with every verb done by a server."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack
from zoneinfo import ZoneInfo

from peil.client.line import Line
from peil.client.sending import send_file
from peil.core.errors import UserError
from peil.library import Peil, Progress
from peil.library.answers import Answers, Explanation
from peil.library.asking import Asked

if TYPE_CHECKING:
    from peil.core.kpi import Comparison, Estimate
    from peil.facts.entries import Mapping as FileMapping
    from peil.warehouse.load import ImportEntry, ImportReport
    from peil.warehouse.query import KpiQuery
    from peil.warehouse.rejected import Rejected

_AT_ONCE = 1_000


class PeilOnline(Peil):
    """One server, asked in the name of whose key it is: over the rows that this person may see.

    A report, a rebuild and the doctor need the warehouse itself and are refused.
    """

    def __init__(self, url: str, key: str | None) -> None:
        self._line = Line(url, key)
        self._zone: ZoneInfo | None = None

    def __getattr__(self, name: str) -> Any:
        if name == "warehouse":
            raise UserError("This needs the warehouse itself, which the server holds.", "Do it on the server.")
        raise AttributeError(name)

    def close(self) -> None:
        """Nothing is held open."""

    def answer(self, query: KpiQuery) -> Answers[Estimate]:
        from peil.client.reading import read_figure

        told = self._line.get("figures", parameters=[*_kpis(query), *_question(query)])
        return Answers([read_figure(e) for e in told["items"]])

    def answer_changes(self, query: KpiQuery) -> Answers[Comparison]:
        from peil.client.reading import read_change

        asked = [*_kpis(query), *_question(query), ("compare", query.compare or "previous")]
        return Answers([read_change(c) for c in self._line.get("comparisons", parameters=asked)["items"]])

    def explain(self, key: str, **asked: Unpack[Asked]) -> Explanation:
        """How a KPI is counted; the statements only where the key's person may see SQL."""
        from peil.core.kpis import get

        told = self._line.get("explanations", key, parameters=_question(self.query(key, **asked)))
        return Explanation(get(key), tuple(told["statements"]))

    def rows(self) -> Mapping[str, int]:
        return {f["fact"]: f["rows"] for f in self._line.get("facts")["items"] if f["rows"] is not None}

    def imports(self) -> Sequence[ImportEntry]:
        return [_entry(told) for told in self._pages("imports")][::-1]

    def rejected(self, import_id: str, limit: int | None = 100) -> list[Rejected]:
        from peil.warehouse.rejected import Rejected

        return [Rejected(**told) for told in self._pages("imports", import_id, "rejected", most=limit)]

    def import_file(
        self,
        path: str | Path,
        mapping: str | Path | FileMapping,
        *,
        progress: Progress | None = None,
        tell: Callable[[str], None] | None = None,
        name: str | None = None,
    ) -> ImportReport:
        """Send a file and have it taken in; `progress` tells of the bytes sent."""
        from peil.warehouse.load import ImportReport

        text = Path(mapping).read_text(encoding="utf-8-sig") if isinstance(mapping, str | Path) else mapping.text
        told = send_file(self._line, Path(path), name or Path(path).name, {"mapping": text}, progress)
        for note in told["notes"]:
            if tell is not None:
                tell(note)
        return ImportReport(**{f.name: told[f.name] for f in fields(ImportReport)})

    def undo(self, import_id: str | None = None) -> ImportEntry:
        """Take an import out again: by id or number; the last one that stands, when none is named."""
        if import_id is None or import_id.isdecimal():
            standing = [e for e in self.imports() if e.status == "loaded"]
            named = [e for e in standing if import_id is None or e.number == int(import_id)]
            if not named:
                raise UserError("There is no such import to undo.", "`peil imports` lists them.")
            import_id = named[-1].import_id
        return _entry(self._line.send("DELETE", ("imports", import_id)))

    def _pages(self, *path: str, most: int | None = None) -> Iterator[dict[str, Any]]:
        cursor, found = "", 0
        while cursor is not None and (most is None or found < most):
            size = _AT_ONCE if most is None else min(_AT_ONCE, most - found)
            asked = [("limit", str(size)), *([("cursor", cursor)] if cursor else [])]
            told = self._line.get(*path, parameters=asked)
            yield from told["items"]
            cursor, found = told["next"], found + len(told["items"])

    def _today(self) -> date:
        """The day that it is where the server's organisation is."""
        if self._zone is None:
            self._zone = ZoneInfo(self._line.get("me")["time_zone"])
        return datetime.now(self._zone).date()


def _kpis(query: KpiQuery) -> list[tuple[str, str]]:
    return [("kpi", key) for key in query.kpis]


def _question(query: KpiQuery) -> list[tuple[str, str]]:
    """The parameters that ask this very question."""
    found = [("by", column) for column in query.by]
    for f in query.where:
        values = [v.isoformat() if isinstance(v, date) else v for v in f.values]
        found.append(("where", json.dumps({"column": f.column, "values": values, "negated": f.negated})))
    days = {"since": query.since, "until": query.until, "as_of": query.as_of}
    found += [(name, day.isoformat()) for name, day in days.items() if day is not None]
    found += [(name, "true") for name in ("weighted", "exact") if getattr(query, name)]
    found += [("assume", f"{name}={value!r}") for name, value in query.assume]
    return [*found, ("level", repr(query.level))]


def _entry(told: dict[str, Any]) -> ImportEntry:
    from peil.warehouse.load import ImportEntry

    return ImportEntry(**{**told, "imported_at": datetime.fromisoformat(told["imported_at"])})
