"""The side that opens: does the verbs that come through the door, each line in a thread of its own."""

from __future__ import annotations

import logging
import os
import socket
import struct
import threading
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from peil.core.errors import BadQuery
from peil.library.beside.place import door_of, new_socket, short
from peil.library.beside.wire import LONGEST, from_line, packed_error, to_line
from peil.warehouse.query import KpiQuery

if TYPE_CHECKING:
    from pathlib import Path

    from peil.library import Peil

log = logging.getLogger("peil.door")

Given = Mapping[str, Any]
Tell = Callable[[str, Any], None]  # 'progress' or 'tell', and what
Verb = Callable[["Peil", Given, Tell], Any]


class Door:
    """The socket beside the warehouse's file, for as long as this process holds it."""

    def __init__(self, peil: Callable[[], Peil], more: Mapping[str, Verb] | None = None) -> None:
        self._peil, self._verbs = peil, VERBS | dict(more or {})
        self._socket: socket.socket | None = None
        self._path: Path | None = None

    def start(self) -> None:
        path = self._path = door_of(self._peil().warehouse.url)
        if path is None:
            return
        path.unlink(missing_ok=True)  # of a process that was killed: this one holds the warehouse now
        self._socket = new_socket()
        os.fchmod(self._socket.fileno(), 0o600)
        with short(path) as name:
            self._socket.bind(name)
        os.chmod(path, 0o600)
        self._socket.listen(16)
        threading.Thread(target=self._listen, args=(self._socket,), name="peil-door", daemon=True).start()

    def stop(self) -> None:
        if self._socket is None or self._path is None:
            return
        self._path.unlink(missing_ok=True)
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._socket = None

    def _listen(self, listening: socket.socket) -> None:
        while True:
            try:
                line, _ = listening.accept()
            except OSError:
                return  # stopped
            threading.Thread(target=self._serve, args=(line,), name="peil-door-line", daemon=True).start()

    def _serve(self, line: socket.socket) -> None:
        with line:
            if not _is_same_user(line):
                log.warning("door_refused")
                return
            try:
                with line.makefile("rb") as asked, line.makefile("wb") as answers:
                    _Line(self._peil(), self._verbs, asked, answers).serve()
            except (BrokenPipeError, ConnectionResetError):
                log.info("door_left")  # whoever asked has gone


class _Line:
    """One question and what comes of it."""

    def __init__(self, peil: Peil, verbs: Mapping[str, Verb], asked: Any, answers: Any) -> None:
        self._peil, self._verbs, self._asked, self._answers = peil, verbs, asked, answers
        self._stopped = threading.Event()

    def serve(self) -> None:
        raw = self._asked.readline(LONGEST)
        if not raw:
            return
        question = from_line(raw)
        verb = str(question["verb"])
        threading.Thread(target=self._watch, name="peil-door-stop", daemon=True).start()
        try:
            if verb not in self._verbs:
                raise BadQuery(f"The server knows no '{verb}'.", "Use the command line of the server's own version.")
            said = {"result": self._verbs[verb](self._peil, question["given"], self._tell)}
        except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001  told to whoever asked
            said = {"error": packed_error(error)}
        if verb != "today":
            log.info("door", extra={"verb": verb} | ({"error": said["error"]["class"]} if "error" in said else {}))
        self._say(said)

    def _tell(self, name: str, value: Any) -> None:
        if self._stopped.is_set():
            raise KeyboardInterrupt
        self._say({name: value})

    def _say(self, said: Mapping[str, Any]) -> None:
        self._answers.write(to_line(dict(said)))
        self._answers.flush()

    def _watch(self) -> None:
        """A line that says stop, or that ends, stops what can still be stopped."""
        try:
            self._asked.readline(LONGEST)
        except (OSError, ValueError):
            return  # closed: the answer is given
        self._stopped.set()


def _is_same_user(line: socket.socket) -> bool:
    """The file's mode says so already; where the system tells who is there, it is looked at as well."""
    if not hasattr(socket, "SO_PEERCRED"):
        return True
    _, uid, _ = struct.unpack("3i", line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i")))
    return bool(uid == os.geteuid())


def _import(peil: Peil, given: Given, tell: Tell) -> Any:
    return peil.import_file(
        given["path"],
        given["mapping"],
        progress=lambda rows, done, total: tell("progress", [rows, done, total]),
        tell=lambda words: tell("tell", words),
        name=given["name"],
    )


def _explain(peil: Peil, given: Given, _: Tell) -> Any:
    from peil.warehouse.run import explain

    return list(explain(peil.warehouse, KpiQuery.from_json(given["query"])))


def _report(peil: Peil, given: Given, _: Tell) -> Any:
    from peil.report.page import make_report
    from peil.report.question import ReportQuestion

    query = KpiQuery.from_json(given["query"])
    question = ReportQuestion(
        language=given["language"], title=given["title"], since=query.since, until=query.until,
        compare=given["compare"], where=query.where, weighted=query.weighted,
    )  # fmt: skip
    return make_report(peil.warehouse, question)


VERBS: dict[str, Verb] = {
    "today": lambda peil, _, __: peil._today(),
    "import": _import,
    "imports": lambda peil, _, __: list(peil.imports()),
    "rejected": lambda peil, given, _: peil.rejected(given["import_id"], given["limit"]),
    "undo": lambda peil, given, _: peil.undo(given["import_id"]),
    "rebuild": lambda peil, _, __: peil.rebuild(),
    "answer": lambda peil, given, _: list(peil.answer(KpiQuery.from_json(given["query"]))),
    "answer_changes": lambda peil, given, _: list(peil.answer_changes(KpiQuery.from_json(given["query"]))),
    "explain": _explain,
    "report": _report,
    "doctor": lambda peil, _, __: list(peil.doctor()),
}
