"""A mapping written as TOML: the tables that `tomllib` reads, as text again."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def write_toml(raw: Mapping[str, Any]) -> str:
    """The same tables as text: plain entries first, each table below its heading, lists of tables one by one.

    >>> print(write_toml({"source": "shop", "answers": {"extra": ["a b"], "questions": [{"kind": "nps"}]}}), end="")
    source = "shop"
    <BLANKLINE>
    [answers]
    extra = ["a b"]
    <BLANKLINE>
    [[answers.questions]]
    kind = "nps"
    """
    lines = [*_entries(raw, ())]
    for name, table in raw.items():
        if isinstance(table, Mapping):
            lines += ["", f"[{_key(name)}]", *_entries(table, ("questions",))]
            for question in table.get("questions", ()):
                lines += ["", f"[[{_key(name)}.questions]]", *_entries(question, (), inline=True)]
    return "\n".join(lines) + "\n"


def _entries(table: Mapping[str, Any], apart: Sequence[str], *, inline: bool = False) -> Iterator[str]:
    top = not apart and not inline
    for name, value in table.items():
        if name not in apart and not (top and isinstance(value, Mapping)):
            yield f"{_key(name)} = {_value(value)}"


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _text(name)


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Mapping):
        inside = ", ".join(f"{_key(k)} = {_value(v)}" for k, v in value.items())
        return f"{{ {inside} }}" if inside else "{}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return f"[{', '.join(map(_value, value))}]"
    return _text(str(value))
