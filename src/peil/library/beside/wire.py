"""Values as lines of JSON and back: figures, changes, imports, errors. Nothing else can pass."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from peil.core import errors
from peil.core.errors import BadInput, Bug, NotNow, UserError

LONGEST = 256_000_000  # bytes of one line; a report takes half a million
_ERRORS = {name: getattr(errors, name) for name in ("UserError", "BadInput", "BadMapping", "BadQuery", "NotNow")}


@cache
def _shapes() -> dict[str, type[Any]]:
    from peil.core.kpi import Comparison, Estimate
    from peil.library.doctor import Check
    from peil.warehouse.load import ImportEntry, ImportReport
    from peil.warehouse.rejected import Rejected

    return {cls.__name__: cls for cls in (Comparison, Estimate, Check, ImportEntry, ImportReport, Rejected)}


def to_line(value: Any) -> bytes:
    return json.dumps(_packed(value), ensure_ascii=False).encode() + b"\n"


def from_line(line: bytes) -> Any:
    return _unpacked(json.loads(line))


def _packed(value: Any) -> Any:
    match value:
        case None | bool() | int() | float() | str():
            return value
        case datetime():
            return {"time": value.isoformat()}
        case date():
            return {"day": value.isoformat()}
        case Path():
            return str(value)
        case tuple():
            return {"tuple": [_packed(v) for v in value]}
        case list():
            return [_packed(v) for v in value]
        case dict():
            return {"dict": [[_packed(k), _packed(v)] for k, v in value.items()]}
    name = type(value).__name__
    if _shapes().get(name) is not type(value):
        raise Bug(f"a {name} can't pass the door")
    return {name: {f.name: _packed(getattr(value, f.name)) for f in fields(value)}}


def _unpacked(value: Any) -> Any:
    if isinstance(value, list):
        return [_unpacked(v) for v in value]
    if not isinstance(value, dict):
        return value
    ((name, held),) = value.items()
    match name:
        case "time":
            return datetime.fromisoformat(held)
        case "day":
            return date.fromisoformat(held)
        case "tuple":
            return tuple(map(_unpacked, held))
        case "dict":
            return {_unpacked(k): _unpacked(v) for k, v in held}
    return _shapes()[name](**{k: _unpacked(v) for k, v in held.items()})


def packed_error(error: BaseException) -> dict[str, Any]:
    """An error as a dictionary: its class, its words, and where in which file."""
    name = type(error).__name__
    if isinstance(error, KeyboardInterrupt):
        return {"class": name}
    if not isinstance(error, UserError | NotNow):
        return {"class": "Bug", "problem": f"{name}: {error}"}
    told: dict[str, Any] = {"class": name, "problem": error.problem, "remedy": error.remedy}
    if isinstance(error, BadInput):
        told |= {"file": error.file, "row": error.row, "column": error.column}
    return told


def unpacked_error(told: dict[str, Any]) -> BaseException:
    name = told.pop("class")
    if name == "KeyboardInterrupt":
        return KeyboardInterrupt()
    if name not in _ERRORS:
        return Bug(str(told.get("problem", "")))
    problem, remedy = told.pop("problem"), told.pop("remedy")
    made: BaseException = _ERRORS[name](problem, remedy, **told)
    return made
