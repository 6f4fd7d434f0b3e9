"""A mapping as the tables of its text: which column becomes what, and what is still asked."""

from __future__ import annotations

import copy
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from peil.core.errors import BadMapping
from peil.facts.schema import FACTS
from peil.facts.tables import ASK

Raw: TypeAlias = dict[str, Any]
Path: TypeAlias = tuple[str | int, ...]
_NOT_COLUMNS = ("extra", "only", "questions", "layout", "code", "value", "ignore")


@dataclass(frozen=True, slots=True)
class Use:
    """A column of the file, and the one thing that it becomes.

    `target` is `fact.column`, `question:kind`, `extra:fact`, or '' for a column that is not used.
    """

    column: str
    path: Path
    target: str


@dataclass(frozen=True, slots=True)
class Other:
    """What a mapping says that no form row can: several columns as one, a span of time, a constant."""

    place: str
    columns: tuple[str, ...]


def load_raw(text: str) -> Raw:
    """The tables of a mapping; BadMapping names the line that is not TOML."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadMapping(f"mapping is not TOML: {error}.", "Mend that line; texts stand between quotes.") from None
    return _with_asked_flags(raw, text)


def _with_asked_flags(raw: Raw, text: str) -> Raw:
    """A draft asks which words mean yes in a comment; here the entry holds that column and those words."""
    for line in text.splitlines():
        found = re.match(r'(\w+) = "ask"  # .* Write (\{ column = .*\})$', line)
        if not found:
            continue
        entry = tomllib.loads(f"entry = {found[2]}")["entry"]
        entry["labels"] = dict.fromkeys(entry.get("labels", {}), ASK)
        for fact in FACTS:
            if isinstance(raw.get(fact), dict) and raw[fact].get(found[1]) == ASK:
                raw[fact][found[1]] = entry
                break
    return raw


def uses(raw: Raw) -> Iterator[Use]:
    """What one column by itself becomes, in the order of the mapping."""
    for fact in FACTS:
        block = raw.get(fact)
        if not isinstance(block, dict):
            continue
        for word, entry in block.items():
            if word not in _NOT_COLUMNS and (column := column_of(entry)):
                yield Use(column, (fact, word), f"{fact}.{word}")
        for at, entry in enumerate(listed(block, "extra")):
            if column := column_of(entry):
                yield Use(column, (fact, "extra", at), f"extra:{fact}")
        for at, entry in enumerate(listed(block, "questions")):
            if isinstance(entry, dict) and (column := column_of(entry)):
                yield Use(column, (fact, "questions", at), f"question:{entry.get('kind', ASK)}")


def others(raw: Raw) -> Iterator[Other]:
    """What is in the mapping beside those: kept as it stands, and changed as text."""
    for fact in FACTS:
        block = raw.get(fact)
        if not isinstance(block, dict):
            continue
        for word, entry in block.items():
            if word in ("code", "value"):
                yield Other(f"{fact}.{word}", (column_of(entry),))
            elif word == "only" and isinstance(entry, dict):
                yield Other(f"{fact}.only", tuple(entry))
            elif word not in _NOT_COLUMNS and not column_of(entry) and isinstance(entry, dict):
                yield Other(f"{fact}.{word}", columns_of(entry))
        for entry in listed(block, "questions"):
            for word in ("expected", "comment"):
                if isinstance(entry, dict) and word in entry:
                    yield Other(f"{fact}.{entry.get('question', '')}.{word}", columns_of(entry[word]))


def column_of(entry: object) -> str:
    """The single column of an entry; '' where there is none, or there are more."""
    if isinstance(entry, str):
        return "" if entry == ASK else entry
    if isinstance(entry, dict) and isinstance(entry.get("column"), str):
        return str(entry["column"])
    return ""


def columns_of(entry: object) -> tuple[str, ...]:
    if isinstance(entry, dict):
        listed = entry.get("columns", ())
        several = listed if isinstance(listed, list) else ()
        found = (*several, *(entry[w] for w in ("column", "from", "to") if w in entry))
        return tuple(str(c) for c in found)
    return (entry,) if isinstance(entry, str) else ()


def listed(block: Raw, word: str) -> list[Any]:
    found = block.get(word, [])
    return found if isinstance(found, list) else []


def at(raw: Raw, path: Path) -> Any:
    """What stands at a place of the tables."""
    found: Any = raw
    for step in path:
        found = found[step]
    return found


def is_asked(entry: object) -> bool:
    """Whether something of it is still to be answered."""
    if isinstance(entry, dict):
        return any(is_asked(v) for v in entry.values())
    if isinstance(entry, list):
        return any(is_asked(v) for v in entry)
    return entry == ASK


def answered(raw: Raw) -> Raw:
    """The mapping without the entries that still ask something; blocks left empty go too."""
    found = copy.deepcopy(raw)
    for fact in [f for f in FACTS if isinstance(found.get(f), dict)]:
        block = found[fact]
        for word in ("extra", "questions"):
            if word in block:
                block[word] = [e for e in listed(block, word) if not is_asked(e)]
        for word in [w for w, e in block.items() if w not in ("extra", "questions") and is_asked(e)]:
            del block[word]
        if not block.get("questions", True):
            del block["questions"]
        if is_empty(block) or (fact == "answers" and "questions" not in block):
            del found[fact]
    return found


def is_empty(block: Raw) -> bool:
    """Whether nothing of a fact is left but how it is laid out."""
    return not any(block[word] for word in block if word not in ("layout", "only"))
