"""Shortcuts for columns as machines write them: plain letters, no blanks around them, all of one length."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
_SEPARATORS = np.frombuffer(b"-/.", dtype=np.uint8)


def bytes_of(texts: pa.Array) -> tuple[Bytes, NDArray[np.int32]]:
    """The bytes of all texts and where each begins (one more for the end)."""
    _, offsets, data = texts.buffers()
    starts = np.frombuffer(offsets, dtype=np.int32)[texts.offset : texts.offset + len(texts) + 1]
    return np.frombuffer(data, dtype=np.uint8) if data else np.empty(0, np.uint8), starts


def trimmed(texts: pa.Array) -> pa.Array:
    """Texts without blanks around them; at once when none of them begins or ends with one."""
    if not len(texts):
        return texts
    data, starts = bytes_of(texts)
    filled = starts[1:] > starts[:-1]
    edges = np.concatenate([data[starts[:-1][filled]], data[starts[1:][filled] - 1]])
    clean = bool(((edges > 32) & (edges < 128)).all())
    return texts if clean else pc.utf8_trim_whitespace(texts)


def fixed_dates(texts: pa.Array, order: str | None) -> NDArray[np.int64] | None:
    """Year, month, day, hour, minute and second (rows) of each text (columns), when all are written in one fixed form; else None."""
    if not len(texts) or texts.null_count:
        return None
    data, starts = bytes_of(texts)
    length = int(starts[1] - starts[0])
    if length not in (10, 16, 19) or bool((np.diff(starts) != length).any()):
        return None
    letters = np.ascontiguousarray(data[starts[0] : starts[-1]].reshape(len(texts), length).T)
    at = _layout(letters[:, 0], order)
    if at is None:
        return None
    marks = [i for i in range(length) if i not in {p for part in at for p in part}]
    if bool((letters[marks] != letters[marks, :1]).any()):
        return None
    digits = letters - np.uint8(48)  # below '0' wraps round to above 9
    if bool((np.delete(digits, marks, axis=0) > 9).any()):
        return None
    parts = np.zeros((6, len(texts)), dtype=np.int64)
    for number, places in enumerate(at):
        for place in places:
            parts[number] = parts[number] * 10 + digits[place]
    return parts


def year_comes_first(texts: pa.Array) -> bool:
    """Whether all are as long as 2026-04-03 or longer, alike, with their marks where a year in front leaves them."""
    if not len(texts) or texts.null_count:
        return False
    data, starts = bytes_of(texts)
    length = int(starts[1] - starts[0])
    if length < 10 or bool((np.diff(starts) != length).any()):
        return False
    begin = starts[:-1]
    return all(bool(np.isin(data[begin + place], _SEPARATORS).all()) for place in (4, 7))


def _layout(first: Bytes, order: str | None) -> list[tuple[int, ...]] | None:
    """Where year, month, day, hour, minute and second stand."""
    if all(first[i] in _SEPARATORS for i in (4, 7)) and order in (None, "day-month", "month-day", "iso"):
        at: list[tuple[int, ...]] = [(0, 1, 2, 3), (5, 6), (8, 9)]
    elif all(first[i] in _SEPARATORS for i in (2, 5)) and order in ("day-month", "month-day"):
        day, month = ((0, 1), (3, 4)) if order == "day-month" else ((3, 4), (0, 1))
        at = [(6, 7, 8, 9), month, day]
    else:
        return None
    if len(first) >= 16:
        if first[10] not in b" T" or first[13] != ord(":"):
            return None
        at += [(11, 12), (14, 15)]
    if len(first) == 19:
        if first[16] != ord(":"):
            return None
        at += [(17, 18)]
    return at
