"""What went wrong -> a sentence for people and an exit code: the one table.

0 fine, 1 something the person can mend or wait for, 2 a wrong command line, 3 a bug of Peil,
130 stopped with Ctrl-C, 141 the reader of the output went away.
"""

from __future__ import annotations

import json
import os
import sys
from typing import NamedTuple

import typer
from typer.exceptions import TyperException

from peil.core.errors import BadInput, Bug, NotNow, UserError

STOPPED = 130
READER_GONE = 141


class Fault(NamedTuple):
    """What is said about an error, and the code to leave with."""

    code: int
    problem: str
    remedy: str = ""


def report(error: BaseException, *, as_json: bool) -> int:
    """Say on stderr what went wrong, and give the exit code."""
    if isinstance(error, BrokenPipeError):
        _close_stdout()
        return READER_GONE
    if isinstance(error, TyperException) and not as_json and hasattr(error, "show"):
        error.show(file=sys.stderr)
        return int(error.exit_code)
    fault = fault_of(error)
    if as_json:
        problem = getattr(error, "problem", fault.problem)
        told = {"error": type(error).__name__, "code": fault.code, "problem": problem, "remedy": fault.remedy}
        sys.stderr.write(json.dumps(told | place_of(error), ensure_ascii=False) + "\n")
    else:
        sys.stderr.write("\n".join(filter(None, (fault.problem, fault.remedy))) + "\n")
    return fault.code


def fault_of(error: BaseException) -> Fault:
    """The table: the first row that fits."""
    match error:
        case BadInput():
            return Fault(1, ": ".join(filter(None, (_where(error), error.problem))), error.remedy)
        case UserError() | NotNow():
            return Fault(1, error.problem, error.remedy)
        case TyperException():
            return Fault(error.exit_code, getattr(error, "format_message", error.__str__)(), "See peil --help.")
        case typer.Abort() | KeyboardInterrupt():
            return Fault(STOPPED, "Stopped; nothing was changed.")
        case MemoryError():
            return Fault(1, "There is not enough memory for this.", "Close other programs, or ask for less at once.")
        case OSError() if error.filename is not None:
            return Fault(
                1, f"{error.filename}: {error.strerror}.", "See that the path is right and that you may use it."
            )
        case _ if type(error).__name__ == "OperationalError" and "locked" in str(error):  # of either SQLite library
            return Fault(1, "The database is in use by another that writes without a pause.", "Try again in a minute.")
        case _:
            return _bug(error)


def place_of(error: BaseException) -> dict[str, str | int]:
    """File, row and column, where the error knows them."""
    if not isinstance(error, BadInput):
        return {}
    known = {"file": error.file, "row": error.row, "column": error.column}
    return {name: value for name, value in known.items() if value is not None}


def _where(error: BadInput) -> str:
    row = None if error.row is None else f"row {error.row:,}"
    column = None if error.column is None else f"column '{error.column}'"
    return ", ".join(filter(None, (error.file, row, column)))


def _bug(error: BaseException) -> Fault:
    what = str(error) if isinstance(error, Bug) else f"{type(error).__name__}: {error}"
    return Fault(
        3,
        f"This is a bug in Peil, not something you did wrong. {what}",
        f"Please report it with {_write_report(error)}, which holds your command and where it went wrong; read it before you send it.",
    )


def _write_report(error: BaseException) -> str:
    import platform
    import tempfile
    import traceback

    from peil import __version__

    handle, path = tempfile.mkstemp(prefix="peil-bug-", suffix=".txt")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(f"Peil {__version__}, Python {platform.python_version()}, {platform.platform()}\n")
        file.write(f"{' '.join(sys.argv)}\n\n")
        traceback.print_exception(error, file=file)
    return path


def _close_stdout() -> None:
    # Python would complain once more when it flushes stdout on its way out.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
