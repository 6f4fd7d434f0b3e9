"""Values that a file holds as numbers, dates and times, written as the texts that a mapping reads."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from peil.sources.limits import CELL
from peil.sources.piece import Request


def text_of_cell(value: object) -> str:
    """One cell as text: whole numbers without .0, dates as ISO, durations as hh:mm:ss."""
    if value is None:
        return ""
    write = _WRITERS.get(type(value))
    return write(value) if write else str(value)


def _number(value: float) -> str:
    if math.isnan(value):
        return ""
    if value == int(value) if math.isfinite(value) else False:
        return str(int(value)) if abs(value) < 1e15 else repr(value)
    return repr(value)


def _moment(value: datetime) -> str:
    if value.hour == value.minute == value.second == value.microsecond == 0:
        return value.date().isoformat()
    return value.isoformat(sep=" ")


def _duration(value: timedelta) -> str:
    seconds = value.total_seconds()
    minutes, rest = divmod(abs(seconds), 60)
    shown = f"{rest:09.6f}".rstrip("0").rstrip(".") if rest % 1 else f"{int(rest):02}"
    return f"{'-' if seconds < 0 else ''}{int(minutes // 60):02}:{int(minutes % 60):02}:{shown}"


_WRITERS: dict[type, Callable[..., str]] = {
    str: str,
    float: _number,
    int: str,
    bool: lambda value: "true" if value else "false",
    datetime: _moment,
    date: date.isoformat,
    time: time.isoformat,
    timedelta: _duration,
}


def refuse_large_cell(text: str, request: Request, row: int) -> None:
    if len(text) > CELL:
        raise request.refuse("A cell holds more than 4 million characters.", "Shorten it.", row=row)
