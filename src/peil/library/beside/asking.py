"""The side that knocks: a `Peil` whose verbs are done by the process that holds the warehouse."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack

from peil.core.errors import NotNow, UserError
from peil.library import Peil, Progress
from peil.library.answers import Answers, Explanation
from peil.library.asking import Asked, ReportAsked
from peil.library.beside.place import door_of, new_socket, short
from peil.library.beside.wire import LONGEST, from_line, to_line, unpacked_error

if TYPE_CHECKING:
    from peil.core.kpi import Comparison, Estimate
    from peil.facts.entries import Mapping as FileMapping
    from peil.library.doctor import Check
    from peil.report.words import Language
    from peil.warehouse.load import ImportEntry, ImportReport
    from peil.warehouse.query import KpiQuery
    from peil.warehouse.rejected import Rejected


def knock(url: str, *, read_only: bool = False) -> PeilBeside | None:
    """The warehouse as the process that holds it lends it; None when nobody opens."""
    door = door_of(url)
    if door is None or not door.exists():
        return None
    found = PeilBeside(door, read_only=read_only)
    try:
        found.ask("today")
    except (OSError, NotNow):
        return None  # left behind by a process that was killed
    return found


class PeilBeside(Peil):
    """`Peil` with every verb done elsewhere; what it writes for its user it writes itself."""

    def __init__(self, door: Path, *, read_only: bool = False) -> None:
        self._door, self._read_only = door, read_only

    def __getattr__(self, name: str) -> Any:
        if name == "warehouse":
            raise NotNow("The warehouse itself is in the hands of the server.", "Ask by the methods of Peil.")
        raise AttributeError(name)

    def close(self) -> None:
        """Nothing is held open."""

    def ask(
        self,
        verb: str,
        progress: Progress | None = None,
        tell: Callable[[str], None] | None = None,
        **given: Any,
    ) -> Any:
        """Have a verb done and wait for what comes of it. Ctrl-C stops it, or waits where it is past stopping."""
        with new_socket() as line:
            with short(self._door) as path:
                line.connect(path)
            with line.makefile("rwb") as file:
                file.write(to_line({"verb": verb, "given": given}))
                file.flush()
                return _Listening(file, progress, tell).outcome()

    def import_file(
        self,
        path: str | Path,
        mapping: str | Path | FileMapping,
        *,
        progress: Progress | None = None,
        tell: Callable[[str], None] | None = None,
        name: str | None = None,
    ) -> ImportReport:
        if not isinstance(mapping, str | Path):
            raise UserError("The server reads a mapping from its file.", "Write it to a file and name that.")
        where = {"path": os.path.abspath(path), "mapping": os.path.abspath(mapping), "name": name}
        report: ImportReport = self.ask("import", progress, tell, **where)
        return report

    def imports(self) -> Sequence[ImportEntry]:
        found: list[ImportEntry] = self.ask("imports")
        return found

    def rejected(self, import_id: str, limit: int | None = 100) -> list[Rejected]:
        found: list[Rejected] = self.ask("rejected", import_id=import_id, limit=limit)
        return found

    def undo(self, import_id: str | None = None) -> ImportEntry:
        entry: ImportEntry = self.ask("undo", import_id=import_id)
        return entry

    def rebuild(self) -> None:
        self.ask("rebuild")

    def answer(self, query: KpiQuery) -> Answers[Estimate]:
        return Answers(self.ask("answer", query=query.to_json()))

    def answer_changes(self, query: KpiQuery) -> Answers[Comparison]:
        return Answers(self.ask("answer_changes", query=query.to_json()))

    def explain(self, key: str, **asked: Unpack[Asked]) -> Explanation:
        from peil.core.kpis import get

        return Explanation(get(key), tuple(self.ask("explain", query=self.query(key, **asked).to_json())))

    def report(
        self,
        path: str | Path | None = None,
        *,
        language: Language = "en",
        title: str | None = None,
        force: bool = False,
        **asked: Unpack[ReportAsked],
    ) -> str:
        from peil.report.file import write_report

        compare = asked.pop("compare", None) or "previous"
        query = self.query(**asked)
        html: str = self.ask("report", query=query.to_json(), compare=compare, language=language, title=title)
        if path is not None:
            write_report(html, Path(path), force=force)
        return html

    def doctor(self) -> Sequence[Check]:
        found: list[Check] = self.ask("doctor")
        return found

    def _today(self) -> date:
        today: date = self.ask("today")
        return today


class _Listening:
    """What comes back on the line, until the outcome."""

    def __init__(self, file: Any, progress: Progress | None, tell: Callable[[str], None] | None) -> None:
        self._file, self._progress, self._tell = file, progress, tell
        self._stopped = False

    def outcome(self) -> Any:
        while True:
            try:
                said = self._next()
                if "result" in said:
                    return said["result"]
                if "error" in said:
                    raise unpacked_error(said["error"])
            except KeyboardInterrupt:
                if self._stopped:
                    raise
                self._stopped = True
                self._file.write(to_line({"stop": True}))
                self._file.flush()

    def _next(self) -> dict[str, Any]:
        line = self._file.readline(LONGEST)
        if not line:
            raise NotNow("The server ended before it had an answer.", "Try again in a moment.")
        said: dict[str, Any] = from_line(line)
        if "progress" in said and self._progress is not None:
            self._progress(*said["progress"])
        if "tell" in said and self._tell is not None:
            self._tell(said["tell"])
        return said
