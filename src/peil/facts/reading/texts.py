"""Columns of a file as they come in: texts, each different one once, so that reading them is cheap."""

from __future__ import annotations

import fnmatch
from collections.abc import Iterable, Sequence
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from peil.core.errors import BadInput, did_you_mean
from peil.facts.entries import Constant, Entry, Mapping
from peil.facts.mapping import fold
from peil.facts.reading.ascii import trimmed

DEFAULT_ZONE = "Europe/Amsterdam"
_LOOKED_AT = 4096  # rows, to see whether a column repeats itself


@dataclass(frozen=True, slots=True, kw_only=True)
class FileIdentity:
    """The file that rows come from: its name for messages, its content hash for keys."""

    name: str
    hash: str
    time_zone: str = DEFAULT_ZONE  # of the organisation; a mapping may state the file's own
    secret: bytes = b"peil"  # keys the hash of e-mail addresses and phone numbers
    titles: MappingOf[str, str] = field(default_factory=dict)  # column -> the longer heading some exports give


@dataclass(frozen=True, slots=True)
class Texts:
    """A column: `each` different text once (trimmed, null when blank or missing) and, per row, which one.

    Where nearly all rows differ `which` is None, and `each` has a text per row.
    """

    each: pa.Array
    which: pa.Array | None

    def rows_of(self, chosen: NDArray[np.bool_]) -> NDArray[np.int64]:
        """The rows that hold one of the chosen texts."""
        if self.which is None or not chosen.any():
            return np.flatnonzero(chosen).astype(np.int64) if self.which is None else np.empty(0, dtype=np.int64)
        which = self.which.fill_null(-1).to_numpy(zero_copy_only=False)
        return np.flatnonzero((which >= 0) & chosen[which])

    def spread(self, values: pa.Array) -> pa.Array:
        """A value per different text, laid out per row."""
        return values if self.which is None else values.take(self.which)


def encode(column: pa.Array) -> Texts:
    head = column.slice(0, _LOOKED_AT)
    if len(head) == _LOOKED_AT and pc.count_distinct(head).as_py() > 0.4 * _LOOKED_AT:
        return Texts(_filled(trimmed(column)), None)
    coded = column.dictionary_encode()
    return Texts(_filled(trimmed(coded.dictionary)), coded.indices)


def _filled(texts: pa.Array) -> pa.Array:
    """Blanks as nothing."""
    blank = pc.equal(pc.binary_length(texts), 0)
    return pc.if_else(blank, pa.scalar(None, pa.string()), texts) if pc.any(blank).as_py() else texts


def forms(code: Constant) -> set[str]:
    """The ways in which a code may be written: 6 is also 6.0 and 6,00.

    >>> sorted(forms(6))
    ['6', '6,0', '6,00', '6.0', '6.00']
    """
    text = fold(str(code))
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        return {text}
    if number != int(number) if np.isfinite(number) else True:
        return {text, text.replace(",", "."), text.replace(".", ",")}
    whole = str(int(number))
    return {text, whole, *(f"{whole}{mark}{zeros}" for mark in ".," for zeros in ("0", "00"))}


def folded(texts: pa.Array) -> pa.Array:
    """Texts as labels are compared: case, repeated spaces and curly apostrophes apart."""
    single = pc.replace_substring_regex(texts, r"[\s\x{00a0}\x{202f}]+", " ")
    return pc.utf8_lower(pc.replace_substring(single, "’", "'"))


def listed(texts: pa.Array, codes: Iterable[Constant]) -> NDArray[np.bool_]:
    """Whether each text is one of the codes."""
    words = sorted({form for code in codes for form in forms(code)})
    if not words:
        return np.zeros(len(texts), dtype=np.bool_)
    hits: NDArray[np.bool_] = pc.is_in(folded(texts), value_set=pa.array(words)).to_numpy(zero_copy_only=False)
    return hits


def without(texts: Texts, codes: Sequence[Constant]) -> Texts:
    """The same with these codes as nothing."""
    hits = listed(texts.each, codes)
    if not hits.any():
        return texts
    return Texts(pc.if_else(pa.array(hits), pa.scalar(None, pa.string()), texts.each), texts.which)


class Rows:
    """A batch of a file with its columns found by the names that the mapping uses."""

    def __init__(self, batch: pa.RecordBatch, names: MappingOf[str, str], missing: Sequence[Constant]) -> None:
        self.batch = batch
        self.names = names
        self.missing = missing
        self.numbers: pa.Array = batch.column("_row")
        self._texts: dict[str, Texts] = {}

    def __len__(self) -> int:
        return int(self.batch.num_rows)

    def column(self, name: str) -> pa.Array:
        return self.batch.column(self.names[name])

    def texts(self, name: str) -> Texts:
        """A column with blanks and the file's missing codes as nothing."""
        found = self._texts.get(name)
        if found is None:
            found = self._texts[name] = without(encode(self.column(name)), self.missing)
        return found

    def together(self, columns: tuple[str, ...]) -> Texts:
        """Several columns as one text with spaces between, nothing where any of them is blank."""
        if len(columns) == 1:
            return self.texts(columns[0])
        parts = [t.spread(t.each) for t in map(self.texts, columns)]
        return encode(pc.binary_join_element_wise(*parts, " "))

    def shown(self, columns: tuple[str, ...], rows: NDArray[np.int64]) -> pa.Array:
        """What stands in the columns of some rows, for the list of rejected rows."""
        parts = [self.column(c).take(pa.array(rows)) for c in columns]
        if not parts:
            return pa.nulls(len(rows), pa.string())
        return pc.binary_join_element_wise(*parts, " ", null_handling="replace", null_replacement="")

    def only(self, rows: NDArray[np.bool_]) -> Rows:
        return Rows(self.batch.filter(pa.array(rows)), self.names, self.missing)


def match_columns(mapping: Mapping, columns: Sequence[str], file: FileIdentity) -> dict[str, str]:
    """The file's name for each column of the mapping: itself, the same but for case and spaces, a long heading, or
    a pattern with * that fits one column alone.
    """
    by_fold: dict[str, list[str]] = {}
    for column in columns:
        by_fold.setdefault(fold(column), []).append(column)
        title = file.titles.get(column)
        if title and fold(title) != fold(column):
            by_fold.setdefault(fold(title), []).append(column)
    return {name: _match(name, columns, by_fold, (mapping, file)) for name in mapping.columns()}


def _match(
    name: str, columns: Sequence[str], by_fold: MappingOf[str, list[str]], where: tuple[Mapping, FileIdentity]
) -> str:
    if name in columns:
        return name
    fits = by_fold.get(fold(name), [])
    if not fits and "*" in name:
        pattern = fold(name).replace("[", "[[]")
        fits = [c for words, found in by_fold.items() if fnmatch.fnmatchcase(words, pattern) for c in found]
    if len(fits) == 1:
        return fits[0]
    mapping, file = where
    user = _user_of(mapping, name)
    if fits:
        raise BadInput(
            f"{len(fits)} columns fit '{name}', which '{user}' asks for: {', '.join(fits[:3])}.",
            "Write the name in full.",
            file=file.name,
            column=name,
        )
    raise BadInput(
        f"There is no column '{name}', which '{user}' in {mapping.name} asks for.",
        did_you_mean(name, columns),
        file=file.name,
        column=name,
    )


def _user_of(mapping: Mapping, column: str) -> str:
    entries: list[Entry] = [e for fact in mapping.facts for e in fact.all_entries()]
    return next((e.place for e in entries if column in e.all_columns), "the mapping")
