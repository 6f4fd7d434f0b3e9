"""Raw rows -> complete rows: what can be told from the row itself is worked out once, at load.

Calendar columns, whose row it is, and the columns of `computed.py`; what depends on other rows stays null here and
is filled by derive.
"""

from __future__ import annotations

from itertools import repeat

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import xxhash
from numpy.typing import NDArray

from peil.core.buckets import bucket_of
from peil.facts.schema import DAY, FACTS, Fact
from peil.warehouse.rows.columns import Array, codes, numbers, times, whole
from peil.warehouse.rows.computed import computed_columns
from peil.warehouse.rows.local_time import DAY as DAY_MICROSECONDS
from peil.warehouse.rows.local_time import SECOND, to_local
from peil.warehouse.settings import Settings

BLOCKS = 100
SALT = b"peil.person.1:"  # fixed: another salt would move every customer to another block
PEOPLE = ("customer_id", "employee_id", "visitor_id")  # a cluster by another column is one response, visit or contact
_SHARED_KEYS = ("customer_id", "employee_id")  # the same in every source; other keys belong to one source


def prepare(fact: str, raw: pa.Table, settings: Settings) -> pa.Table:
    """Complete rows of `fact`: every column of the schema in its order, then extra columns by name."""
    kind = FACTS[fact]
    table = complete(kind, raw)
    made: dict[str, pa.Array] = {"weight": pc.fill_null(table.column("weight"), 1.0)}
    if kind.clock:
        made |= _calendar(table, kind, settings)
    made |= _cluster(table, kind)
    made |= computed_columns(fact, table, settings)
    for column in kind.columns:
        if column.name.endswith("_bucket") and column.stage == "computed":
            made[column.name] = _buckets(table, made, column.name.removesuffix("_bucket"))
    return replace_columns(table, made)


def complete(fact: Fact, table: pa.Table) -> pa.Table:
    """The table with every column of the fact (null where it has none) and its extra columns, nothing else."""
    extra = sorted(name for name in table.column_names if name.startswith("x_"))
    arrays, names = [], []
    for field in [*fact.arrow(), *(pa.field(name, pa.string()) for name in extra)]:
        there = table.schema.get_field_index(field.name) >= 0
        arrays.append(table.column(field.name).cast(field.type) if there else pa.nulls(len(table), field.type))
        names.append(field.name)
    return pa.table(arrays, names=names)


def replace_columns(table: pa.Table, made: dict[str, pa.Array]) -> pa.Table:
    """The table with the columns in `made` put in, each cast to the type it had."""
    columns = [
        made[f.name].cast(f.type) if f.name in made else column
        for f, column in zip(table.schema, table.columns, strict=True)
    ]
    return pa.table(columns, schema=table.schema)


def _buckets(table: pa.Table, made: dict[str, pa.Array], duration: str) -> pa.Array:
    place = pa.table({duration: made[duration]}) if duration in made else table
    return bucket_array(numbers(place, duration))


def bucket_array(seconds: Array) -> pa.Array:
    """The logarithmic bucket of each duration; null where it is not known."""
    unknown = np.isnan(seconds)
    return pa.array(bucket_of(np.where(unknown, 0.0, seconds)), pa.int32(), mask=unknown)


def _calendar(table: pa.Table, fact: Fact, settings: Settings) -> dict[str, pa.Array]:
    clock = fact.column(fact.clock or "")
    if clock.type == DAY:
        days = numbers(pa.table({clock.name: table.column(clock.name).cast(pa.int32())}), clock.name)
        hours = np.full(len(days), np.nan)
    else:
        local = to_local(times(table, clock.name), settings.time_zone)
        days = np.floor(local / DAY_MICROSECONDS)
        hours = np.floor((local - days * DAY_MICROSECONDS) / (3600 * SECOND))
    known = ~np.isnan(days)
    distinct, where = np.unique(np.where(known, days, 0).astype(np.int64), return_inverse=True)
    found = {name: pa.array(values[where], pa.int32(), mask=~known) for name, values in calendar_of(distinct).items()}
    found["day"] = whole(days, pa.int32()).cast(DAY)
    found["hour"] = whole(hours, pa.int32())
    return found


def calendar_of(days: NDArray[np.int64]) -> dict[str, NDArray[np.int32]]:
    """Week (ISO), month, quarter, year and weekday of days counted since 1970-01-01, as the schema codes them."""
    dates = days.astype("datetime64[D]")
    year = dates.astype("datetime64[Y]").astype(np.int64) + 1970
    month = dates.astype("datetime64[M]").astype(np.int64) % 12 + 1
    weekday = (days + 3) % 7 + 1  # 1970-01-01 was a Thursday
    thursday = (days - weekday + 4).astype("datetime64[D]")  # its year is the ISO year
    iso_year = thursday.astype("datetime64[Y]").astype(np.int64) + 1970
    day_of_year = (thursday - thursday.astype("datetime64[Y]").astype("datetime64[D]")).astype(np.int64)
    parts = {
        "week": iso_year * 100 + day_of_year // 7 + 1,
        "month": year * 100 + month,
        "quarter": year * 10 + (month - 1) // 3 + 1,
        "year": year,
        "weekday": weekday,
    }
    return {name: values.astype(np.int32) for name, values in parts.items()}


def _cluster(table: pa.Table, fact: Fact) -> dict[str, pa.Array]:
    """Whose row it is: person, whether that is a known person, and the block for the jackknife."""
    person = np.zeros(len(table), np.uint64)
    open_ = np.ones(len(table), np.bool_)
    known = np.zeros(len(table), np.bool_)
    for name in dict.fromkeys((*fact.clusters, fact.key)):
        if not open_.any():
            break
        index, ids = codes(table, name)
        now = open_ & (index >= 0)
        if not now.any():
            continue
        person[now] = _hashes(table, name, ids, index, now)
        known[now] = name in PEOPLE
        open_ &= ~now
    return {
        "person": pa.array(person.view(np.int64)),
        "known": pa.array(known.astype(np.int8)),
        "block": pa.array((person % np.uint64(BLOCKS)).astype(np.int32)),
    }


def _hashes(
    table: pa.Table, name: str, ids: list[str], index: NDArray[np.int64], now: NDArray[np.bool_]
) -> NDArray[np.uint64]:
    """A hash per row of `now`; ids of one source don't meet those of another."""
    if name in _SHARED_KEYS:
        return _hash_all(name, ids)[index[now]]
    source, sources = codes(table, "source")
    result = np.zeros(int(now.sum()), np.uint64)
    for number, word in enumerate(sources):
        rows = source[now] == number
        if rows.all():
            return _hash_all(f"{name}:{word}", ids)[index[now]]
        if rows.any():
            used, place = np.unique(index[now][rows], return_inverse=True)
            result[rows] = _hash_all(f"{name}:{word}", [ids[i] for i in used])[place]
    return result


def _hash_all(kind: str, ids: list[str]) -> NDArray[np.uint64]:
    seed = xxhash.xxh3_64_intdigest(SALT + kind.encode())
    return np.fromiter(map(xxhash.xxh3_64_intdigest, map(str.encode, ids), repeat(seed)), np.uint64, len(ids))
