"""Figures as elements of a page: the words, and beside them what they were rounded from.

Every number of a page is a `<data>` with its KPI, group and period, so that a reader, a script or a
test can ask for the same figure and compare.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from markupsafe import Markup, escape

from peil.core.kpi import Comparison, Estimate
from peil.report.words import Language
from peil.report.words.figures import count, difference, difference_limits, limits, value

# now: the period of the page; before: the one it is compared with; week, month: part of a series;
# rest: all other groups together; digital: only answers about web and app; mix: at the mix of all groups
Period: TypeAlias = Literal["now", "before", "week", "month", "rest", "digital", "mix"]

_UNITS = re.compile(r"(%| (?:u|h|d|min|s|jaar|years)\b ?)")


@dataclass(frozen=True, slots=True)
class Figures:
    """Writes the numbers of one page."""

    language: Language

    def value(self, e: Estimate, period: Period = "now") -> Markup:
        return self._data(e, period, "value", value(e, self.language), e.value)

    def big(self, e: Estimate) -> Markup:
        """The value with its unit at half the size."""
        parts = _UNITS.split(value(e, self.language))
        words = Markup("").join(
            Markup('<small class="u">{}</small>').format(part.strip()) if i % 2 else part
            for i, part in enumerate(parts)
        )
        return self._data(e, "now", "value", words, e.value)

    def limits(self, e: Estimate, period: Period = "now") -> Markup:
        """The interval in words; '' where there is none."""
        words = limits(e, self.language)
        if not words:
            return Markup("")
        return Markup('<span class="nw" data-part="limits" data-low="{}" data-high="{}"{}>{}</span>').format(
            _number(e.low), _number(e.high), self._of(e.kpi, e.group, period), words
        )

    def n(self, e: Estimate, period: Period = "now") -> Markup:
        return self._data(e, period, "n", count(e.n, self.language), e.n)

    def difference(self, c: Comparison, words: str | None = None, period: Period = "now") -> Markup:
        """The difference of two figures, or a sentence about it."""
        shown = difference(c, self.language) if words is None else words
        if c.difference is None:
            return escape(shown)
        return Markup('<data value="{}" data-part="difference"{}>{}</data>').format(
            _number(c.difference), self._of(c.kpi, c.group, period), shown
        )

    def difference_limits(self, c: Comparison, period: Period = "now") -> Markup:
        words = difference_limits(c, self.language)
        if not words:
            return Markup("")
        return Markup('<span class="nw" data-part="difference-limits" data-low="{}" data-high="{}"{}>{}</span>').format(
            _number(c.low), _number(c.high), self._of(c.kpi, c.group, period), words
        )

    def _data(self, e: Estimate, period: Period, part: str, words: str, number: float | None) -> Markup:
        if number is None:
            return escape(words)
        return Markup('<data value="{}" data-part="{}"{}>{}</data>').format(
            _number(number), part, self._of(e.kpi, e.group, period), words
        )

    @staticmethod
    def _of(key: str, group: Mapping[str, str | int | None], period: Period) -> Markup:
        whose = Markup(' data-kpi="{}"').format(key)
        if group:
            whose += Markup(' data-group="{}"').format(json.dumps(dict(group), ensure_ascii=False))
        if period != "now":
            whose += Markup(' data-period="{}"').format(period)
        return whose


def _number(x: float | None) -> str:
    """All digits, as JSON has them."""
    return "" if x is None else repr(x)
