"""Numbers as people write them: 1234.5, 1.234,50, 1 234,5, 1,234.50. What can be read in two ways is never guessed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from peil.core.kpi import Array

Mask = NDArray[np.bool_]
_SPACES = r" '’\x{00a0}\x{202f}"
_SIGN = r"^[+-]?"
_PLAIN = {None: r"^-?[0-9]+$", ",": r"^-?[0-9]+$", ".": r"^-?[0-9]+(?:\.[0-9]+)?$"}  # as machines write them


def _pattern(point: str, group: str) -> str:
    grouped = rf"[1-9][0-9]{{0,2}}(?:{group}[0-9]{{3}})+|[1-9][0-9]{{0,2}}(?:[{_SPACES}][0-9]{{3}})+"
    plain = rf"(?:[0-9]+(?:{point}[0-9]+)?|{point}[0-9]+)(?:[eE][+-]?[0-9]{{1,3}})?"
    return rf"{_SIGN}(?:{plain}|(?:{grouped})(?:{point}[0-9]+)?)$"


_WITH_POINT = _pattern(r"\.", ",")
_WITH_COMMA = _pattern(",", r"\.")


@dataclass(frozen=True, slots=True)
class Numbers:
    """`values` (NaN where there is none), what is no number, and what may be two numbers."""

    values: Array
    bad: Mask
    double: Mask


def _mask(hits: pa.Array) -> Mask:
    mask: Mask = hits.fill_null(False).to_numpy(zero_copy_only=False)
    return mask


def _clean(texts: pa.Array) -> pa.Array:
    return pc.replace_substring_regex(pc.replace_substring(texts, "−", "-"), r"^([+-]?)€ ?", r"\1")


def decimal_of(texts: pa.Array) -> str | None:
    """The decimal mark that the texts themselves prove; None when they prove nothing, or both.

    >>> decimal_of(pa.array(["1.234", "12,5"])), decimal_of(pa.array(["1.234", "7"]))
    (',', None)
    """
    cleaned = _clean(texts)
    point, comma = (_mask(pc.match_substring_regex(cleaned, p)) for p in (_WITH_POINT, _WITH_COMMA))
    proves = bool((point & ~comma).any()), bool((comma & ~point).any())
    return {(True, False): ".", (False, True): ","}.get(proves)


def read_numbers(texts: pa.Array, decimal: str | None) -> Numbers:
    """Each text as a number; without a decimal mark only what reads one way.

    >>> read_numbers(pa.array(["1.234,50", "7", "x"]), ",").values.tolist()
    [1234.5, 7.0, nan]
    """
    known = _mask(texts.is_valid())
    if _mask(pc.match_substring_regex(texts, _PLAIN[decimal]))[known].all():
        return _all_plain(texts, known)
    cleaned = _clean(texts)
    point, comma = (_mask(pc.match_substring_regex(cleaned, p)) for p in (_WITH_POINT, _WITH_COMMA))
    marked = _mask(pc.match_substring_regex(cleaned, "[.,]"))
    double = point & comma & marked if decimal is None else np.zeros_like(known)
    use_comma = comma if decimal == "," else comma & ~point if decimal is None else np.zeros_like(known)
    use_point = point if decimal == "." else point & ~double if decimal is None else np.zeros_like(known)
    values = np.where(use_point, _cast(_bare(cleaned, use_point, ",", ".")), np.nan)
    if use_comma.any():
        values = np.where(use_comma, _cast(_bare(cleaned, use_comma, ".", ",")), values)
    readable = (use_point | use_comma) & np.isfinite(values)
    return Numbers(np.where(readable, values, np.nan), known & ~readable & ~double, double)


def _all_plain(texts: pa.Array, known: Mask) -> Numbers:
    values: Array = pc.cast(texts, pa.float64()).to_numpy(zero_copy_only=False)
    finite = np.isfinite(values)
    return Numbers(np.where(finite, values, np.nan), known & ~finite, np.zeros_like(known))


def _bare(texts: pa.Array, chosen: Mask, group: str, point: str) -> pa.Array:
    kept = pc.if_else(pa.array(chosen), texts, pa.scalar(None, pa.string()))
    ungrouped = pc.replace_substring_regex(kept, rf"[{group}{_SPACES}]", "")
    return ungrouped if point == "." else pc.replace_substring(ungrouped, point, ".")


def _cast(texts: pa.Array) -> Array:
    unsigned = pc.replace_substring_regex(texts, r"^\+", "")
    values: Array = pc.cast(unsigned, pa.float64()).to_numpy(zero_copy_only=False)
    return values
