"""Arrow columns as numpy arrays and back: null is NaN on the numpy side."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Array = NDArray[np.float64]


def numbers(table: pa.Table, name: str) -> Array:
    """A number or flag column as float64."""
    column = table.column(name).combine_chunks().cast(pa.float64())
    found: Array = pc.fill_null(column, float("nan")).to_numpy(zero_copy_only=False)
    return found


def times(table: pa.Table, name: str) -> Array:
    """A time column as microseconds since 1970 in float64, exact up to the year 2255."""
    column = table.column(name).combine_chunks()
    whole = pc.cast(column, pa.int64())
    found: Array = pc.fill_null(pc.cast(whole, pa.float64(), safe=False), float("nan")).to_numpy(zero_copy_only=False)
    return found


def codes(table: pa.Table, name: str) -> tuple[NDArray[np.int64], list[str]]:
    """A text column as codes (-1 for null) and the words they stand for."""
    encoded = table.column(name).combine_chunks().dictionary_encode()
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.combine_chunks()
    index: NDArray[np.int64] = pc.fill_null(encoded.indices, -1).to_numpy(zero_copy_only=False).astype(np.int64)
    return index, encoded.dictionary.to_pylist()


def one_of(table: pa.Table, name: str, *words: str) -> NDArray[np.bool_]:
    """Whether the column holds one of `words`; null never does."""
    found: NDArray[np.bool_] = pc.fill_null(
        pc.is_in(table.column(name).combine_chunks(), value_set=pa.array(words, pa.string())), False
    ).to_numpy(zero_copy_only=False)
    return found


def real(values: Array) -> pa.Array:
    return pa.array(values, pa.float64(), mask=np.isnan(values))


def whole(values: Array, type: pa.DataType | None = None) -> pa.Array:
    """Whole numbers held as float64, as an Arrow integer column."""
    unknown = np.isnan(values)
    return pa.array(np.where(unknown, 0, values).astype(np.int64), pa.int64(), mask=unknown).cast(type or pa.int64())


def flags(yes: NDArray[np.bool_], known: NDArray[np.bool_] | None = None) -> pa.Array:
    """1 and 0, null where not `known`."""
    return pa.array(yes.astype(np.int8), pa.int8(), mask=None if known is None else ~known)
