"""The form of a mapping: a row for each column of the file and what it becomes; and what was sent, put back in."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from peil.facts.drafting.profile import Profile
from peil.facts.questions import CHOICE_KINDS, OPEN_KINDS, scale_of
from peil.facts.schema import FACTS, FLAG, KINDS
from peil.facts.tables import ASK
from peil.web.pages.data.upload.choices import column_of_target, worded
from peil.web.pages.data.upload.raw import Path, Raw, at, is_asked, is_empty, listed, uses

Sent: TypeAlias = Mapping[str, str]
MOST_COLUMNS = 200
_UNASKED = {k for k in KINDS if scale_of(k)} | OPEN_KINDS | CHOICE_KINDS  # of these the scale is known
_WAYS = ("dates", "unit", "decimal", "kind")


@dataclass(frozen=True, slots=True)
class Row:
    """One column and one thing that it becomes; `path` is None where it is not used."""

    column: str
    path: Path | None
    target: str
    entry: Mapping[str, Any]

    @property
    def asked(self) -> bool:
        return is_asked(self.entry) or self.target == f"question:{ASK}"


def rows_of(raw: Raw, columns: Sequence[str]) -> list[Row]:
    """Every column in the order of the file, once for each thing that it becomes."""
    found: dict[str, list[Row]] = {c: [] for c in columns}
    folded = {" ".join(c.split()).casefold(): c for c in columns}
    for use in uses(raw):
        column = use.column if use.column in found else folded.get(" ".join(use.column.split()).casefold())
        if column is not None:
            found[column].append(Row(column, use.path, use.target, _entry(at(raw, use.path))))
    used = [rows for rows in found.values() if rows]
    rest = [[Row(c, None, "", {})] for c, rows in found.items() if not rows]
    if len(columns) > MOST_COLUMNS:  # a form of thousands serves nobody: what is used, and the first of the rest
        return [row for rows in (used + rest)[:MOST_COLUMNS] for row in rows]
    return [row for c in columns for row in (found[c] or [Row(c, None, "", {})])]


def _entry(entry: Any) -> dict[str, Any]:
    return dict(entry) if isinstance(entry, dict) else {"column": entry}


def apply_form(
    raw: Raw, rows: Sequence[Row], sent: Sent, profiles: Mapping[str, Profile]
) -> tuple[Raw, dict[str, str]]:
    """The mapping with what was sent in its place; errors by the name of their field, as keys of the catalogue."""
    new, errors = copy.deepcopy(raw), dict[str, str]()
    if source := sent.get("source", "").strip():
        new["source"] = source[:100]
    else:
        errors["source"] = "error_source"
    moved: list[tuple[int, Row, str]] = []
    for i, row in enumerate(rows):
        chosen = sent.get(f"to-{i}", row.target)
        if row.path is not None and _same(chosen, row.target):
            _update(new, row, chosen, _Field(i, sent, errors), profiles.get(row.column))
        elif chosen != row.target:
            moved.append((i, row, chosen))
    if sent.get("add-to") and sent.get("add-column"):
        moved.append((-1, Row(sent["add-column"], None, "", {}), sent["add-to"]))
    gone = [row.path for _, row, _ in moved if row.path is not None]
    for i, row, chosen in moved:
        if chosen and not _add(new, row.column, chosen, profiles.get(row.column), gone):
            errors[f"to-{i}" if i >= 0 else "add-to"] = "error_target_taken"
            if row.path is not None:
                gone.remove(row.path)
    _remove(new, gone)
    return new, errors


@dataclass(frozen=True, slots=True)
class _Field:
    """What was sent for one row."""

    number: int
    sent: Sent
    errors: dict[str, str]

    def __call__(self, name: str) -> str | None:
        value = self.sent.get(f"{name}-{self.number}")
        return None if value is None else value.strip()

    def wrong(self, name: str, key: str) -> None:
        self.errors[f"{name}-{self.number}"] = key


def _same(chosen: str, target: str) -> bool:
    """A question stays the same entry whatever kind it becomes."""
    return chosen == target or (chosen.startswith("question:") and target.startswith("question:"))


def _update(new: Raw, row: Row, chosen: str, field: _Field, profile: Profile | None) -> None:
    assert row.path is not None
    entry = _entry(at(new, row.path))
    if chosen.startswith("question:"):
        kind = chosen.partition(":")[2]
        if kind in KINDS and kind != entry.get("kind"):
            entry["kind"] = kind
            if kind in _UNASKED:
                entry.pop("scale", None)
            elif "scale" not in entry:
                entry["scale"] = _scale_seen(profile)
        _update_question(entry, field)
    for way in _WAYS if not chosen.startswith("question:") else ("decimal",):
        value = field(way)
        if value:
            entry[way] = value
        elif value == "" and entry.get(way) != ASK:
            entry.pop(way, None)
        elif value == "" and entry.get(way) == ASK:
            field.wrong(way, "error_choose")
    _update_labels(entry, chosen, field, profile)
    target: Any = at(new, row.path[:-1])
    target[row.path[-1]] = entry["column"] if set(entry) == {"column"} else entry


def _update_question(entry: dict[str, Any], field: _Field) -> None:
    low, high = field("low"), field("high")
    if low is not None and high is not None and (low or high):
        try:
            scale = [_number(low), _number(high)]
        except ValueError:
            return field.wrong("low", "error_scale")
        if scale[0] >= scale[1]:
            return field.wrong("low", "error_scale")
        entry["scale"] = scale
        known = scale_of(str(entry.get("kind")))
        if known is not None and tuple(scale) != known:
            field.wrong("low", f"error_scale_kind:{known[0]:g}–{known[1]:g}")
    elif low == "" and high == "" and entry.get("scale") == ASK:
        field.wrong("low", "error_scale")
    missing = field("missing")
    if missing is not None:
        codes = [_code(c) for c in re.split(r"[;,]", missing) if c.strip()]
        entry.pop("missing", None)
        if codes:
            entry["missing"] = codes
    about = field("about")
    if about is not None:
        entry.pop("relationship", None)
        if about in ("brand", "contact"):
            entry["relationship"] = about == "brand"
    return None


def _update_labels(entry: dict[str, Any], target: str, field: _Field, profile: Profile | None) -> None:
    words = worded(target, entry, profile)
    if not words or field("word0") is None:
        return
    column = column_of_target(target)
    flag = column is not None and column.type == FLAG
    labels = {w: v for w, v in entry.get("labels", {}).items() if w not in words}
    for n, word in enumerate(words):
        value = field(f"word{n}") or ""
        if value:
            labels[word] = int(value) if flag and value in ("0", "1") else value
        elif flag:
            labels[word] = ASK
            field.wrong(f"word{n}", "error_choose")
    entry.pop("labels", None)
    if labels:
        entry["labels"] = labels


def _add(new: Raw, column: str, target: str, profile: Profile | None, gone: Sequence[Path]) -> bool:
    """Give a column its place; False where another column has it."""
    start, _, rest = target.partition(":") if ":" in target else target.partition(".")
    if start == "question" and rest in KINDS:
        block = new.setdefault("answers", {"layout": "wide"})
        taken = {str(q.get("question")) for q in listed(block, "questions") if isinstance(q, dict)}
        question: dict[str, Any] = {"question": _question_key(column, taken), "kind": rest, "column": column}
        if rest not in (*_UNASKED, "other"):
            question["scale"] = _scale_seen(profile)
        block.setdefault("questions", []).append(question)
    elif start == "extra" and rest in FACTS:
        new.setdefault(rest, {}).setdefault("extra", []).append(column)
    elif (found := column_of_target(target)) is not None:
        block = new.setdefault(start, {})
        if found.name in block and (start, found.name) not in gone:
            return False
        block[found.name] = _first_entry(column, target, profile)
        if isinstance(gone, list) and (start, found.name) in gone:
            gone.remove((start, found.name))
    return True


def _first_entry(column: str, target: str, profile: Profile | None) -> Any:
    """A column as it becomes something: its dates and words as its values show them."""
    entry: dict[str, Any] = {"column": column}
    if profile is not None and profile.order and column_of_target(target) is not None and profile.dates:
        entry["dates"] = profile.order
    found = column_of_target(target)
    if found is not None and found.type == FLAG and (words := worded(target, entry, profile)):
        entry["labels"] = dict.fromkeys(words, ASK)
    return entry if len(entry) > 1 else column


def _scale_seen(profile: Profile | None) -> Any:
    """The scale that the values of a column show; asked where they show none."""
    numbers = profile.numbers if profile is not None else ()
    if numbers and numbers[0] >= 1 and numbers[-1] in (2, 3, 4, 5, 6, 7, 10):
        return [1, int(numbers[-1])]
    return ASK


def _question_key(column: str, taken: set[str]) -> str:
    key = base = re.sub(r"[^a-z0-9]+", "_", column.casefold()).strip("_")[:40] or "question"
    number = 2
    while key in taken:
        key, number = f"{base}_{number}", number + 1
    return key


def _remove(new: Raw, gone: Sequence[Path]) -> None:
    """Take entries out, the last of a list first so that the others keep their place."""
    for path in sorted(gone, key=lambda p: (str(p[:-1]), p[-1] if isinstance(p[-1], int) else -1), reverse=True):
        block: Any = at(new, path[:-1])
        del block[path[-1]]
    for fact in [f for f in FACTS if isinstance(new.get(f), dict)]:
        for word in ("extra", "questions"):
            if not new[fact].get(word, True):
                del new[fact][word]
        if is_empty(new[fact]):
            del new[fact]


def _number(text: str) -> int | float:
    value = float(text.replace(",", "."))
    return int(value) if value == int(value) else value


def _code(text: str) -> int | str:
    plain = text.strip()
    return int(plain) if re.fullmatch(r"-?\d{1,9}", plain) else plain


def asked_rows(rows: Sequence[Row]) -> Iterator[tuple[int, Row]]:
    """The rows that still ask something."""
    return ((i, row) for i, row in enumerate(rows) if row.asked)
