"""Changing values in a TOML text that people wrote: comments, order and everything else in it stay as they are.

Only the values that change are touched. What was made is read again and held to what was meant, so a way of
writing that is not understood here ends in a refusal and never in a damaged file.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from peil.core.errors import UserError

Path: TypeAlias = tuple[str, ...]  # ("opening", "monday")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_QUOTES = ('"""', "'''", '"', "'")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where one value stands: its line from `start` to `end`, the value itself from `value` to `value_end`."""

    start: int
    value: int
    value_end: int
    end: int


@dataclass(slots=True)
class _Map:
    """Where everything stands; `tables` tells where a new line of a table goes."""

    places: dict[Path, _Place]
    tables: dict[Path, int]


def with_values(text: str, wanted: Mapping[Path, Any]) -> str:
    """The text with these values; None takes one out.

    >>> print(with_values('a = 1  # one\\n[t]\\nb = 2\\n', {("a",): 5, ("t", "c"): "x", ("t", "b"): None}), end="")
    a = 5  # one
    [t]
    c = "x"
    """
    meant = tomllib.loads(text)
    for path, value in wanted.items():
        _change(meant, path, value)
    try:
        for path, value in wanted.items():
            text = _with_value(text, path, value)
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        found = {}
    if found != meant:
        raise UserError(
            "peil.toml is written in a way that this page can't change.", "Change it by hand, on the server."
        )
    return text


def _change(meant: dict[str, Any], path: Path, value: Any) -> None:
    """What the text should say afterwards."""
    *tables, name = path
    for table in tables:
        if value is None and table not in meant:
            return
        meant = meant.setdefault(table, {})
    if value is None:
        meant.pop(name, None)
    else:
        meant[name] = list(value) if isinstance(value, tuple) else value


def _with_value(text: str, path: Path, value: Any) -> str:
    found = _read_map(text)
    place = found.places.get(path)
    if place is not None:
        if value is None:
            return text[: place.start] + text[place.end :]
        return text[: place.value] + written(value) + text[place.value_end :]
    if value is None:
        return text
    line = f"{_key(path[-1])} = {written(value)}\n"
    table = path[:-1]
    if table in found.tables:
        at = found.tables[table]
        before = text[:at]
        return before + ("\n" if before and not before.endswith("\n") else "") + line + text[at:]
    head = f"[{'.'.join(map(_key, table))}]\n"
    return text.rstrip("\n") + ("\n\n" if text.strip() else "") + head + line


def written(value: Any) -> str:
    """A value as TOML has it.

    >>> written([date(2026, 12, 24)]), written("a\\"b"), written(True), written(20.0)
    ('[2026-12-24]', '"a\\\\"b"', 'true', '20')
    """
    match value:
        case bool():
            return str(value).lower()
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case int() | float():
            return repr(value)
        case date():
            return value.isoformat()
        case list() | tuple():
            return f"[{', '.join(map(written, value))}]"
    return _text(str(value))


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _text(name)


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _read_map(text: str) -> _Map:
    """Walk the statements of a text that is known to be TOML."""
    found, at = _Map({}, {(): 0}), 0
    table: Path = ()
    while at < len(text):
        start, first = at, _blank(text, at)
        if first >= len(text) or text[first] in "\r\n#":
            at = _line_end(text, first)
            continue
        if text[first] == "[":
            head_end = _value_end(text, first)
            at, table = _line_end(text, head_end), _path(text[first:head_end].strip("[]"))
            found.tables[table] = at
            continue
        equals = _equals(text, first)
        value = _blank(text, equals + 1)
        value_end = _value_end(text, value)
        at = _line_end(text, value_end)
        found.places[(*table, *_path(text[first:equals]))] = _Place(start, value, value_end, at)
        found.tables[table] = at
    return found


def _blank(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t":
        at += 1
    return at


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end + 1


def _equals(text: str, at: int) -> int:
    while text[at] != "=":
        at = _quoted_end(text, at) if text[at] in "\"'" else at + 1
    return at


def _quoted_end(text: str, at: int) -> int:
    mark = next(q for q in _QUOTES if text.startswith(q, at))
    at += len(mark)
    while not text.startswith(mark, at):
        at += 2 if text[at] == "\\" and mark[0] == '"' else 1
    at += len(mark)
    while len(mark) == 3 and at < len(text) and text[at] == mark[0]:  # quotes right before the end belong to the text
        at += 1
    return at


def _value_end(text: str, at: int) -> int:
    """Where a value ends: at the line's end or a remark, but for those within brackets."""
    depth, last = 0, at
    while at < len(text):
        c = text[at]
        if c in "\"'":
            at = last = _quoted_end(text, at)
            continue
        if c == "#":
            if not depth:
                break
            at = _line_end(text, at)
            continue
        if c == "\n" and not depth:
            break
        depth += (c in "[{") - (c in "]}")
        at += 1
        if not c.isspace():
            last = at
    return last


def _path(written_keys: str) -> Path:
    """`opening."a b"` as its parts."""
    found: Any = tomllib.loads(f"{written_keys} = 0\n")
    parts = []
    while isinstance(found, dict):
        (name, found) = next(iter(found.items()))
        parts.append(name)
    return tuple(parts)
