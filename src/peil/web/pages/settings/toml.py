"""Changing values in a TOML text that people wrote: comments, order and everything else in it stay as they are."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, MutableMapping
from typing import Any, TypeAlias

import tomlkit
from tomlkit.exceptions import TOMLKitError

from peil.core.errors import UserError

Path: TypeAlias = tuple[str, ...]  # ("opening", "monday")


def with_values(text: str, wanted: Mapping[Path, Any]) -> str:
    """The text with these values; None takes one out.

    What was made is read again and held to what was meant, so a way of writing that can't be
    followed ends in a refusal and never in a damaged file.

    >>> print(with_values('a = 1  # one\\n[t]\\nb = 2\\n', {("a",): 5, ("t", "c"): "x", ("t", "b"): None}), end="")
    a = 5  # one
    [t]
    c = "x"
    """
    meant = tomllib.loads(text)
    try:
        written = tomlkit.parse(text)
        for path, value in wanted.items():
            _change(meant, path, value)
            _change(written, path, value)
        changed = tomlkit.dumps(written)
        found = tomllib.loads(changed)
    except (TOMLKitError, tomllib.TOMLDecodeError):
        found = {}
    if found != meant:
        raise UserError(
            "peil.toml is written in a way that this page can't change.", "Change it by hand, on the server."
        )
    return changed


def _change(said: MutableMapping[str, Any], path: Path, value: Any) -> None:
    *tables, name = path
    for table in tables:
        if value is None and table not in said:
            return
        said = said.setdefault(table, {})
    if value is None:
        said.pop(name, None)
    else:
        said[name] = _plain(value)


def _plain(value: Any) -> Any:
    """As people write it: 20 and not 20.0."""
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    return int(value) if isinstance(value, float) and value.is_integer() and abs(value) < 1e15 else value
