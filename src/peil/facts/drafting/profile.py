"""What a sample of a column holds: its texts, whether they are numbers, dates or words of a scale."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from peil.facts.drafting.wordings import NO_ANSWER, WORDINGS, Wording
from peil.facts.mapping import fold
from peil.facts.reading.dates import order_of, read_dates
from peil.facts.reading.numbers import decimal_of, read_numbers
from peil.facts.reading.texts import encode

_CLOCK = r"^-?[0-9]{1,3}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?$"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """The first rows of a file and what its reader found out."""

    file: str
    format: str
    rows: pa.Table
    options: Mapping[str, Any] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    missing: Mapping[str, Sequence[str]] = field(default_factory=dict)
    typed: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One column. `words` are its different texts, the most frequent first; `no_answer` those that mean nothing."""

    name: str
    title: str
    filled: int
    words: tuple[str, ...]
    no_answer: tuple[str, ...]
    different: int
    length: float  # of a text on average
    numbers: tuple[float, ...] = ()  # different ones, sorted; empty when not all are numbers
    nearly: tuple[float, ...] = ()  # the numbers of a column of which `unread` cells can't be read
    unread: int = 0
    decimal: str | None = None
    decimal_asked: str = ""  # a text that reads two ways
    dates: bool = False
    order: str | None = None
    order_asked: str = ""
    clock: bool = False
    labels: Mapping[str, str] = field(default_factory=dict)
    wording: Wording | None = None

    @property
    def told(self) -> str:
        """Name and wording, to look for words in."""
        return f"{self.name} {self.title}"

    @property
    def unique(self) -> bool:
        return self.filled > 1 and self.different == self.filled


def profiles_of(sample: Sample) -> list[Profile]:
    return [_profile(sample, name) for name in sample.rows.column_names if name != "_row"]


def _profile(sample: Sample, name: str) -> Profile:
    texts = encode(sample.rows.column(name).combine_chunks())
    counted = pc.value_counts(texts.spread(texts.each).drop_null())
    order = np.argsort(-counted.field("counts").to_numpy(), kind="stable")
    words = counted.field("values").take(pa.array(order))
    none = [w for w in words.slice(0, 200).to_pylist() if fold(w) in NO_ANSWER]
    real = words.filter(pc.invert(pc.is_in(words, value_set=pa.array(none, pa.string()))))
    labels = sample.labels.get(name, {})
    shape = _numbers(real, name in sample.typed) if len(real) else {}
    if not shape and len(real):
        shape = _moments(real) or _nearly(real, counted)
    return Profile(
        name=name,
        title=sample.titles.get(name, ""),
        filled=int(counted.field("counts").to_numpy().sum()),
        words=tuple(real.slice(0, 60).to_pylist()),
        no_answer=tuple(none),
        different=len(real),
        length=float(pc.mean(pc.utf8_length(real)).as_py() or 0.0),
        labels=labels,
        wording=_wording([labels[k] for k in labels] or real.slice(0, 30).to_pylist(), len(labels) or len(real)),
        **shape,
    )


def _numbers(texts: pa.Array, typed: bool) -> dict[str, Any]:
    decimal = "." if typed else decimal_of(texts)
    found = read_numbers(texts, decimal)
    if found.bad.any():
        return {}
    asked = texts.take(pa.array(np.flatnonzero(found.double)[:1])).to_pylist()
    values = np.unique(found.values[~np.isnan(found.values)])
    return {"numbers": tuple(values[:2000].tolist()), "decimal": decimal, "decimal_asked": asked[0] if asked else ""}


def _nearly(texts: pa.Array, counted: pa.Array) -> dict[str, Any]:
    """The numbers of a column in which at most one cell in twenty is something else, and no word of a scale."""
    found = read_numbers(texts, decimal_of(texts.filter(pc.match_substring_regex(texts, "^[-+0-9.,]+$"))))
    bad = texts.filter(pa.array(found.bad))
    times = pc.sum(counted.field("counts").filter(pc.is_in(counted.field("values"), value_set=bad))).as_py()
    all_times = pc.sum(counted.field("counts")).as_py()
    if times * 20 > all_times or pc.any(pc.match_substring_regex(bad, "^[0-9]{1,2}[^0-9]")).as_py():
        return {}
    return {"nearly": tuple(np.unique(found.values[~np.isnan(found.values)])[:2000].tolist()), "unread": times}


def _moments(texts: pa.Array) -> dict[str, Any]:
    if pc.all(pc.match_substring_regex(texts, _CLOCK)).as_py():
        return {"clock": True}
    order = order_of(texts)
    found = read_dates(texts, order, stated=False)
    if found.bad.any():
        return {}
    asked = texts.take(pa.array(np.flatnonzero(found.double)[:1])).to_pylist()
    return {"dates": True, "order": order, "order_asked": asked[0] if asked else ""}


def _wording(words: Sequence[str], different: int) -> Wording | None:
    """The scale whose words these are, all of them but those for no answer."""
    told = {plain(w) for w in words} - NO_ANSWER
    if not 2 <= len(told) <= 12 or different > 30:
        return None
    fits = [w for w in WORDINGS if told <= {word for level in w.levels for word in level}]
    return min(fits, key=lambda w: len(w.levels), default=None)


def plain(word: str) -> str:
    """A label as the lists of words have it: without its number and underscores.

    >>> plain("5 - Very_satisfied")
    'very satisfied'
    """
    return fold(re.sub(r"^\s*\d+\s*[-.:)=]?\s*(?=[^\W\d])|\s*\(\d+\)\s*$", "", word.replace("_", " ")))
