"""Files as tables: whatever the format, columns of texts in batches, read by a process with limits."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

import pyarrow as pa

from peil.core.errors import BadInput
from peil.facts.entries import FileOptions
from peil.sources.child import LENGTHS
from peil.sources.limits import MEMORY
from peil.sources.piece import FIRST_SHEET, Ragged, schema_of


@dataclass(frozen=True, slots=True)
class Named:
    """A file that people know by another name than it has on disk."""

    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class Heading:
    """What is known of a table before its rows are read."""

    format: str
    columns: tuple[str, ...]
    options: Mapping[str, Any]
    titles: Mapping[str, str]
    labels: Mapping[str, Mapping[str, str]]
    missing: Mapping[str, Sequence[str]]
    notes: tuple[str, ...]


@dataclass(slots=True)
class Passed:
    """What was met while reading: rows that could not be taken apart, typed columns, bytes done."""

    ragged: list[Ragged] = field(default_factory=list)
    typed: set[str] = field(default_factory=set)
    done: int = 0


class FileTable:
    """An open table. A context manager: leaving it stops the process that reads."""

    def __init__(self, file: Named, options: FileOptions, memory: int) -> None:
        self.path, self.name = file.path, file.name
        self.size = _size(file.path)
        self.passed = Passed()
        self._request = {
            "path": str(file.path.absolute()),
            "name": self.name,
            "options": asdict(options),
            "memory": memory,
        }
        self._scratch: tempfile.TemporaryDirectory[str] | None = None
        self._child: subprocess.Popen[bytes] | None = None
        self._heading: Heading | None = None

    @property
    def heading(self) -> Heading:
        if self._heading is None:
            self._heading = self._start()
        return self._heading

    @property
    def columns(self) -> tuple[str, ...]:
        return self.heading.columns

    @property
    def labels(self) -> Mapping[str, Mapping[str, str]]:
        """Value labels that the file itself carries: column, code, label."""
        return self.heading.labels

    def batches(self, wanted: Sequence[str] | None = None) -> Iterator[pa.RecordBatch]:
        """The rows: the wanted columns (all when not said) as texts, and `_row`, the number a spreadsheet shows."""
        if self._child is None:
            self._heading = self._start()
        child = self._child
        assert child is not None
        assert child.stdin is not None
        child.stdin.write(json.dumps(None if wanted is None else list(wanted)).encode() + b"\n")
        child.stdin.close()
        columns = [c for c in self.columns if wanted is None or c in wanted]
        schema = schema_of(columns)
        while "end" not in (told := (answer := self._receive())[0]):
            self.passed.done = told["done"]
            self.passed.typed.update(told["typed"])
            self.passed.ragged += [Ragged(**r) for r in told["ragged"]]
            yield pa.ipc.read_record_batch(pa.py_buffer(answer[1]), schema)
        self.close()

    def close(self) -> None:
        """Stop the reading process, wherever it is."""
        scratch, self._scratch = self._scratch, None
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            child.wait()
            for pipe in (child.stdin, child.stdout):
                if pipe is not None:
                    with contextlib.suppress(BrokenPipeError):
                        pipe.close()
        if scratch is not None:
            scratch.cleanup()

    def __enter__(self) -> FileTable:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _start(self) -> Heading:
        self._scratch = tempfile.TemporaryDirectory(prefix="peil-")  # ours, since the child may be killed
        asked = {**self._request, "scratch": self._scratch.name}
        self._child = subprocess.Popen(
            [sys.executable, "-m", "peil.sources.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is for the parent, which then stops the child
            env={**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p), "OMP_NUM_THREADS": "1"},
        )
        assert self._child.stdin is not None
        self._child.stdin.write(json.dumps(asked, default=str).encode() + b"\n")
        self._child.stdin.flush()
        told = self._receive()[0]
        return Heading(
            format=told["format"],
            columns=tuple(told["columns"]),
            options=told["options"],
            titles=told["titles"],
            labels=told["labels"],
            missing=told["missing"],
            notes=tuple(told["notes"]),
        )

    def _receive(self) -> tuple[dict[str, Any], bytes]:
        child = self._child
        assert child is not None
        assert child.stdout is not None
        head = child.stdout.read(LENGTHS.size)
        if len(head) < LENGTHS.size:
            raise self._crash(child.wait())
        lengths = LENGTHS.unpack(head)
        told = json.loads(child.stdout.read(lengths[0]))
        if "error" in told:
            problem, remedy, row, column = told["error"]
            raise BadInput(problem, remedy, file=self.name, row=row, column=column)
        body = child.stdout.read(lengths[1])
        if len(body) < lengths[1]:
            raise self._crash(child.wait())
        return told, body

    def _crash(self, code: int) -> BadInput:
        """The reading process ended without an answer."""
        if code == -signal.SIGXCPU:
            problem = "Reading it takes more time than is allowed."
        elif code in (-signal.SIGKILL, -signal.SIGABRT, -signal.SIGSEGV):
            problem = "Reading it took more memory than is allowed, or broke the reader."
        else:
            problem = f"The reader broke off (code {code})."
        return BadInput(problem, "Export it again, as CSV in UTF-8, or split it.", file=self.name)


def open_table(path: Path | str | Named, options: FileOptions | None = None, *, memory: int = MEMORY) -> FileTable:
    """A file as a table; what `options` leave out is detected. Nothing is read yet.

    Without options of its own, as for a draft, a workbook gives its first sheet that holds a table; with them it must
    have one sheet, or be told which.
    """
    named = path if isinstance(path, Named) else Named(Path(path), Path(path).name)
    return FileTable(named, options or FileOptions(sheet=FIRST_SHEET), memory)


def _size(path: Path) -> int:
    try:
        if not path.is_file():
            what = "a folder" if path.is_dir() else "no file"
            raise BadInput(f"There is {what} at {path}.", "Name a file: CSV, XLSX, SPSS, Parquet or JSON lines.")
        return path.stat().st_size
    except OSError as error:
        raise BadInput(f"{path} can't be read: {error}.", "Look at its name and rights.") from None
