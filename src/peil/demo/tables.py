"""Columns of a fact as an Arrow table: keys from numbers, words from codes, nulls for what is not given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from zlib import crc32

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from peil.demo.clock import Array, Codes, Flags, Random
from peil.facts.schema import FACTS


def stream(seed: int, subject: str) -> Random:
    """The draws of one subject; those of another are not shifted by them."""
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed, spawn_key=(crc32(subject.encode()),))))


def keys(letters: str, numbers: Codes, width: int = 6) -> pa.Array:
    """Keys such as K000012; null below 0."""
    unknown = numbers < 0
    digits = pa.array(np.where(unknown, 0, numbers), pa.int64(), mask=unknown).cast(pa.string())
    return pc.binary_join_element_wise(letters, pc.utf8_lpad(digits, width, "0"), "")


def words(codes: Codes, names: Sequence[str]) -> pa.Array:
    """The word of each code; null below 0."""
    index = pa.array(np.where(codes < 0, 0, codes).astype(np.int32), mask=codes < 0)
    return pa.DictionaryArray.from_arrays(index, pa.array(list(names), pa.string())).cast(pa.string())


def flag(yes: Flags | Array, known: Flags | None = None) -> pa.Array:
    """1 and 0, null where it is not known."""
    return pa.array(np.asarray(yes).astype(np.int8), pa.int8(), mask=None if known is None else ~known)


def real(values: Array) -> pa.Array:
    return pa.array(values, pa.float64(), mask=np.isnan(values))


def whole(values: Array | Codes, known: Flags | None = None) -> pa.Array:
    return pa.array(np.asarray(values).astype(np.int64), pa.int64(), mask=None if known is None else ~known)


def pick(rng: Random, n: int, shares: Sequence[float]) -> Codes:
    """`n` codes with these shares."""
    edges = np.cumsum(np.asarray(shares, dtype=np.float64) / np.sum(shares))
    return np.searchsorted(edges[:-1], rng.random(n), side="right").astype(np.int64)


def fact_table(fact: str, source: str, columns: Mapping[str, pa.Array]) -> pa.Table:
    """The raw columns of a fact in their order, null where not given, then the extra ones."""
    rows = len(next(iter(columns.values())))
    schema = FACTS[fact].arrow("raw")
    given = {**columns, "source": pa.repeat(pa.scalar(source), rows)}
    fields = [f for f in schema if f.name != "import_id"]
    arrays = [given[f.name].cast(f.type) if f.name in given else pa.nulls(rows, f.type) for f in fields]
    extra = [name for name in columns if name.startswith("x_")]
    names = [f.name for f in fields] + extra
    unknown = set(columns) - set(names)
    assert not unknown, f"{fact} has no {sorted(unknown)}"
    return pa.table([*arrays, *(columns[name] for name in extra)], names=names)
