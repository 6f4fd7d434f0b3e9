"""Values that stand in a mapping itself, as the type of the column they are for."""

from __future__ import annotations

from collections.abc import Mapping as MappingOf
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pyarrow as pa

from peil.core.errors import BadMapping
from peil.facts.entries import Constant
from peil.facts.schema import DAY, FLAG, TEXT, TIME, WHOLE, Column

YES = ("yes", "y", "ja", "j", "true", "waar", 1)
NO = ("no", "n", "nee", "false", "onwaar", 0)


def constant(value: Constant, column: Column, zone: str, place: str) -> pa.Scalar:
    """A value of the mapping itself as the column's type."""
    try:
        return pa.scalar(_typed(value, column.type, zone), column.type)
    except (ValueError, TypeError, pa.ArrowInvalid):
        kind = {TIME: "time such as 2026-04-03 12:00", DAY: "day such as 2026-04-03", FLAG: "yes or no (true, false)"}
        raise BadMapping(
            f"'{place}' is {value!r}, but {column.name} is a {kind.get(column.type, 'number')}.", "Write it that way."
        ) from None


def _typed(value: Constant, wanted: pa.DataType, zone: str) -> object:
    if wanted == TEXT:
        return str(value)
    if wanted in (TIME, DAY):
        at = value if isinstance(value, date) else datetime.fromisoformat(str(value))
        if wanted == DAY:
            return at.date() if isinstance(at, datetime) else at
        full = at if isinstance(at, datetime) else datetime(at.year, at.month, at.day)  # noqa: DTZ001  the zone follows
        return full if full.tzinfo else full.replace(tzinfo=ZoneInfo(zone))
    if wanted == FLAG:
        flags: MappingOf[Constant, int] = {**dict.fromkeys(YES, 1), **dict.fromkeys(NO, 0), True: 1, False: 0}
        key = value.casefold() if isinstance(value, str) else value
        if key not in flags:
            raise ValueError(value)
        return flags[key]
    if isinstance(value, str):
        raise ValueError(value)
    return int(value) if wanted == WHOLE and float(value) == int(value) else float(value)  # type: ignore[arg-type]
