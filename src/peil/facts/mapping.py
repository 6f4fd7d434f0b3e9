"""Mapping files: TOML written by a person, read into `entries`, every mistake named with its place."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping as MappingOf
from pathlib import Path
from typing import Any

from peil.core.errors import BadMapping, did_you_mean
from peil.facts.entries import Entry, Extra, FactMap, FileOptions, Mapping, Only
from peil.facts.schema import DAY, FACTS, FLAG, MAX_EXTRA, OWN, REAL, TEXT, TIME, WHOLE, Column, Fact
from peil.facts.tables import (
    ASK,
    at,
    choice_of,
    dates_of,
    list_of,
    number_of,
    refuse_unknown,
    table_of,
    text_of,
    zone_of,
)

UNITS = ("seconds", "minutes", "hours", "days", "weeks", "months", "years", "hh:mm:ss", "hh:mm", "mm:ss")
COMBINE = ("mean", "sum", "min", "max", "first", "join")
IDENTITIES = ("email", "phone", "number")
_FILE_ENTRIES = tuple(FileOptions.__dataclass_fields__)
_ENTRY_WORDS = (
    "column", "columns", "value", "from", "to", "labels", "other", "blank", "missing", "unit", "decimal", "dates", "time_zone",
    "above", "below", "filled", "kind", "combine",
)  # fmt: skip
_NOT_MAPPED = ("source", "import_id")


def load_mapping(path: Path | str) -> Mapping:
    """The mapping in a file."""
    where = Path(path)
    try:
        text = where.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise BadMapping(f"There is no mapping file {where}.", "Draft one with: peil map FILE -o M.toml") from None
    except (OSError, UnicodeDecodeError) as error:
        raise BadMapping(
            f"The mapping file {where} can't be read: {error}.", "Save it as a text file in UTF-8."
        ) from None
    return parse_mapping(text, where.name)


def parse_mapping(text: str, name: str = "mapping") -> Mapping:
    """The mapping in a text; `name` is for messages."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadMapping(f"{name} is not TOML: {error}.", "Mend that line; texts stand between quotes.") from None
    try:
        refuse_unknown(raw, ("source", "file", *FACTS), "")
        source = text_of(raw, "source", "")
        if not source:
            raise BadMapping("source is missing.", 'Name where the rows come from, such as source = "helpdesk".')
        if source.casefold() == OWN:
            raise BadMapping(
                f"'{OWN}' is the source of what Peil asks itself.", 'Name another, such as source = "surveys".'
            )
        blocks = tuple(_fact_map(FACTS[key], table_of(raw, key, "")) for key in FACTS if key in raw)
        if not blocks:
            raise BadMapping("no fact is mapped.", f"Add a block such as [answers]. {did_you_mean('?', FACTS)}")
        return Mapping(name=name, text=text, source=source, file=_file_options(table_of(raw, "file", "")), facts=blocks)
    except BadMapping as error:
        raise BadMapping(f"{name}: {error.problem}", error.remedy) from None


def _file_options(raw: MappingOf[str, Any]) -> FileOptions:
    refuse_unknown(raw, _FILE_ENTRIES, "file")
    delimiter = text_of(raw, "delimiter", "file")
    if delimiter is not None and len(delimiter) != 1:
        raise BadMapping(f"'file.delimiter' is '{delimiter}'.", 'It is one character, such as ";" or "\\t".')
    rows = {word: number_of(raw, word, "file") for word in ("header_rows", "skip_rows")}
    return FileOptions(
        delimiter=delimiter,
        encoding=_encoding_of(raw),
        quote=text_of(raw, "quote", "file") or '"',
        header_rows=None if rows["header_rows"] is None else int(rows["header_rows"]),
        skip_rows=int(rows["skip_rows"] or 0),
        sheet=text_of(raw, "sheet", "file"),
        decimal=choice_of(raw, "decimal", (",", "."), "file"),
        dates=dates_of(raw, "file"),
        time_zone=zone_of(raw, "file"),
        missing=list_of(raw, "missing", "file"),
    )


def _encoding_of(raw: MappingOf[str, Any]) -> str | None:
    import codecs

    value = text_of(raw, "encoding", "file")
    if value is None:
        return None
    try:
        return codecs.lookup(value).name
    except LookupError:
        known = ("utf-8", "utf-16", "cp1252", "latin-1", "iso8859-15", "cp850")
        raise BadMapping(f"'file.encoding' is '{value}', which is unknown.", did_you_mean(value, known)) from None


def entry_of(raw: object, place: str) -> Entry:
    """One entry: a column's name, or a table that says more."""
    if isinstance(raw, str):
        if raw == ASK:
            raise BadMapping(f"'{place}' is still to be answered.", "The comment beside it says what to choose.")
        return Entry(place=place, columns=(raw,))
    if not isinstance(raw, dict):
        raise BadMapping(
            f"'{place}' is {raw!r}, which names no column.",
            f"Name a column, or give a constant as {{ value = {str(raw).lower() if isinstance(raw, bool) else raw} }}.",
        )
    columns, span = _origin_of(raw, place)
    return Entry(
        place=place,
        columns=columns,
        constant=raw.get("value"),
        span=span,
        labels=_labels_of(raw, place),
        other=raw.get("other"),
        blank=raw.get("blank"),
        missing=list_of(raw, "missing", place),
        unit=choice_of(raw, "unit", UNITS, place),
        decimal=choice_of(raw, "decimal", (",", "."), place),
        dates=dates_of(raw, place),
        time_zone=zone_of(raw, place),
        above=number_of(raw, "above", place),
        below=number_of(raw, "below", place),
        filled=raw.get("filled", False) is True,
        kind=choice_of(raw, "kind", IDENTITIES, place),
        combine=choice_of(raw, "combine", COMBINE, place),
    )


def _origin_of(raw: MappingOf[str, Any], place: str) -> tuple[tuple[str, ...], tuple[str, str] | None]:
    """The columns of an entry, or the two times that it spans; one of them, or a constant, has to be there."""
    refuse_unknown(raw, _ENTRY_WORDS, place)
    columns = list_of(raw, "columns", place) or ((raw["column"],) if "column" in raw else ())
    span = (raw["from"], raw["to"]) if "from" in raw and "to" in raw else None
    if not all(isinstance(c, str) for c in (*columns, *(span or ()))):
        raise BadMapping(f"'{place}' names a column that is not a text.", "Put the column's name between quotes.")
    if sum((bool(columns), span is not None, "value" in raw)) != 1:
        raise BadMapping(
            f"'{place}' does not say which column it comes from.", "Give one of: column, columns, value, from with to."
        )
    return columns, span


def fold(text: str) -> str:
    """How labels and missing codes are compared: case and spaces apart."""
    return " ".join(text.split()).casefold().replace("’", "'")


def _labels_of(raw: MappingOf[str, Any], place: str) -> dict[str, Any]:
    labels = table_of(raw, "labels", place)
    seen: dict[str, str] = {}
    for label, value in labels.items():
        if isinstance(value, list | dict):
            raise BadMapping(f"'{place}.labels' gives '{label}' {value!r}.", "A label stands for one value.")
        if fold(label) in seen and labels[seen[fold(label)]] != value:
            raise BadMapping(
                f"'{place}.labels' has '{seen[fold(label)]}' and '{label}', which read the same.", "Keep one of them."
            )
        seen[fold(label)] = label
    return labels


def _fact_map(fact: Fact, raw: MappingOf[str, Any]) -> FactMap:
    from peil.facts.questions import ANSWER_WORDS, questions_of

    place = fact.name
    own = [c.name for c in fact.columns if c.stage == "raw" and c.name not in _NOT_MAPPED]
    words = ANSWER_WORDS if place == "answers" else ()
    refuse_unknown(raw, (*own, "extra", "only", *words), place)
    entries = {word: entry_of(raw[word], at(place, word)) for word in own if word in raw}
    for word, entry in entries.items():
        _refuse_misplaced(entry, fact.column(word))
    block = FactMap(fact=fact, entries=entries, extra=_extras_of(raw, place), only=_only_of(raw, place))
    if place == "answers":
        return questions_of(raw, block)
    if not entries:
        raise BadMapping(f"[{place}] maps no column.", f"Name at least its key: {fact.key}.")
    return block


def _refuse_misplaced(entry: Entry, column: Column) -> None:
    """What says how to read a date means nothing for a number, and so on."""
    times, numbers = column.type in (TIME, DAY), column.type in (REAL, WHOLE)
    misplaced = {
        "unit": entry.unit is not None and not (numbers and column.unit in UNITS),
        "dates": entry.dates is not None and not (times or entry.span),
        "time_zone": entry.time_zone is not None and not (times or entry.span),
        "decimal": entry.decimal is not None and not (numbers or column.type == FLAG),
        "above": entry.above is not None and column.type != FLAG,
        "below": entry.below is not None and column.type != FLAG,
        "filled": entry.filled and column.type != FLAG,
        "kind": entry.kind is not None and column.type != TEXT,
        "from": entry.span is not None and not (numbers and column.unit == "seconds"),
    }
    for word, wrong in misplaced.items():
        if wrong:
            told = {FLAG: "yes or no", TEXT: "a text", TIME: "a time", DAY: "a day"}.get(column.type, "a number")
            raise BadMapping(
                f"'{at(entry.place, word)}' means nothing here: {column.name} is {told}"
                f"{f' of {column.unit}' if column.unit and numbers else ''}.",
                "Leave it out.",
            )


def _only_of(raw: MappingOf[str, Any], place: str) -> tuple[Only, ...]:
    where = at(place, "only")
    rows = table_of(raw, "only", place)
    if any(not isinstance(v, list) for v in rows.values()):
        raise BadMapping(
            f"'{where}' does not list the values to keep.", 'Write it as only = { "Status" = ["Closed"] }.'
        )
    return tuple(Only(column, tuple(str(v) for v in values)) for column, values in rows.items())


def _extras_of(raw: MappingOf[str, Any], place: str) -> tuple[Extra, ...]:
    listed = list_of(raw, "extra", place)
    if len(listed) > MAX_EXTRA:
        raise BadMapping(
            f"'{at(place, 'extra')}' has {len(listed)} columns; {MAX_EXTRA} is the most.",
            "Keep those that you group or filter by.",
        )
    extras: dict[str, Extra] = {}
    for number, item in enumerate(listed, start=1):
        where = f"{at(place, 'extra')}[{number}]"
        named = dict(item) if isinstance(item, dict) else {}
        name, label = (text_of(named, w, where) for w in ("name", "label"))
        entry = entry_of({k: v for k, v in named.items() if k not in ("name", "label")} if named else item, where)
        key = column_name(name or entry.heading)
        if key in extras:
            raise BadMapping(f"'{where}' gives a second column {key}.", "Give one of them another name.")
        extras[key] = Extra(key, label or entry.heading, entry)
    return tuple(extras.values())


def column_name(label: str) -> str:
    """The name of an extra column: `x_` and the label in lower case, other characters as `_`."""
    import re
    import unicodedata

    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode()
    word = re.sub(r"[^a-z0-9]+", "_", plain.casefold()).strip("_")
    if not word:
        raise BadMapping(
            f"'{label}' gives no name for an extra column.", 'Name it: { column = "...", name = "topic" }.'
        )
    return f"x_{word[:60]}"
