"""Fields of a form: what they are called, what stands in them, what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from peil.report.words import TEXTS, Language, say

Kind: TypeAlias = Literal["text", "number", "select", "tick", "area", "date", "file"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field, as the page shows it."""

    name: str
    label: str
    value: str = ""
    kind: Kind = "text"
    choices: tuple[tuple[str, str], ...] = ()
    hint: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """What makes fields: the words of a part, what was given, and what is wrong with it."""

    given: Mapping[str, str]
    errors: Mapping[str, str]
    language: Language

    def field(self, name: str, kind: Kind = "text", choices: Iterable[tuple[str, str]] = ()) -> Field:
        hint = f"inv_{name}_hint"
        return Field(
            name=name, label=say("inv_" + name, self.language), value=self.given.get(name, ""), kind=kind,
            choices=tuple(choices), hint=say(hint, self.language) if hint in TEXTS else "", error=self.errors.get(name, ""),
        )  # fmt: skip

    @property
    def wrong(self) -> list[tuple[str, str]]:
        """The fields with an error, for the list above the form."""
        return [(name, say("inv_" + name, self.language)) for name in self.errors]


def whole_number(text: str, low: int, high: int) -> int | None:
    """A number as it was written; None where it is none, or out of range.

    >>> whole_number(" 30 ", 1, 365), whole_number("1.5", 0, 9), whole_number("400", 1, 365)
    (30, None, None)
    """
    plain = text.strip()
    if not (plain.isascii() and plain.isdigit() and len(plain) < 7):
        return None
    return int(plain) if low <= int(plain) <= high else None


def one_line(text: str) -> bool:
    return not any(ord(c) < 32 or c in "\x7f\u2028\u2029\x85" for c in text)
