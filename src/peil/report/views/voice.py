"""What all parts of a page share: its language, its figures, its targets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from markupsafe import Markup, escape

from peil.core.kpi import Estimate, Kpi
from peil.core.kpis import BY_KEY
from peil.report.contents import Contents
from peil.report.figure import Figures
from peil.report.words import Language, say
from peil.report.words.changes import Speech
from peil.report.words.figures import amount, count
from peil.report.words.terms import column_name, days, kpi_name

Verdict: TypeAlias = Literal["met", "near", "missed_below", "missed_above"]


_INFO = Markup(
    '<svg viewBox="0 0 16 16" aria-hidden="true"><circle cx="8" cy="8" r="6.5"/><path d="M8 7.3v3.6M8 4.9v.2"/></svg>'
)


@dataclass(frozen=True, slots=True)
class DayNote:
    """Something that happened on a day, in the words of whoever noted it."""

    day: date
    text: str


@dataclass(frozen=True, slots=True)
class Voice:
    """A page in one language.

    `address` gives the page of a KPI, where there is more than one page; definitions are then
    opened in place instead of further down.
    """

    contents: Contents
    language: Language
    address: Callable[[str], str] | None = None
    notes: tuple[DayNote, ...] = ()  # what people noted on days, for every course

    def __call__(self, key: str, *values: object, **named: object) -> str:
        return say(key, self.language, *values, **named)

    def marked(self, key: str, *values: object) -> Markup:
        """A sentence of the catalogue with elements in it; plain text among the values is escaped."""
        return Markup(say(key, self.language, *("{}" for _ in values))).format(*values)  # noqa: S704  our own words

    @property
    def fig(self) -> Figures:
        return Figures(self.language)

    @property
    def speech(self) -> Speech:
        return Speech(self.language, *self.contents.smallest)

    def count(self, n: float) -> str:
        return count(n, self.language)

    def column(self, name: str) -> str:
        return column_name(name, self.language)

    def period(self) -> str:
        """The days that the page is about."""
        span = self.contents.span
        return self("whole_file") if span is None else days(span.since, span.last, self.language)

    def before(self) -> str:
        """The days that the page compares with."""
        span = self.contents.span
        return "" if span is None else days(span.before_since, span.before_last, self.language)

    def name(self, key: str) -> str:
        """The KPI's name, without what stands apart from it."""
        return split_name(kpi_name(key, self.language))[0]

    def detail(self, key: str) -> str:
        """What stands beside the name: the abbreviation, the wording."""
        return split_name(kpi_name(key, self.language))[1]

    def inline(self, key: str) -> str:
        """The name inside a sentence: without a capital, unless it is an abbreviation.

        Where two changes of the page share a name, such as SERVQUAL perceived and expected, all of it.
        """
        told = [k for k in self.contents.headline.changes if self.name(k) == self.name(key)]
        name = self.name(key) if len(told) < 2 else kpi_name(key, self.language)
        return name if name[:2].isupper() else name[:1].lower() + name[1:]

    def info(self, key: str) -> Markup:
        """The mark that leads to the definition."""
        label = self("definition_of", self.name(key))
        if self.address is not None:
            return Markup(
                '<button type="button" class="i" popovertarget="def-{}" aria-label="{}" title="{}">{}</button>'
            ).format(key, label, label, _INFO)
        return Markup('<a class="i" href="#def-{}" aria-label="{}" title="{}">{}</a>').format(key, label, label, _INFO)

    def linked(self, key: str) -> Markup:
        """The name, as a link to the KPI's own page where it has one."""
        if self.address is None:
            return escape(self.name(key))
        return Markup('<a href="{}">{}</a>').format(self.address(key), self.name(key))

    def target(self, key: str) -> float | None:
        return self.contents.targets.get(key)

    def target_text(self, kpi: Kpi, target: float) -> str:
        decimals = 1 if kpi.unit == "score" or target != round(target) else 0
        return amount(target, kpi.unit, self.language, decimals)


def split_name(name: str) -> tuple[str, str]:
    """A name and what explains it.

    >>> split_name("Klanttevredenheid (CSAT), relatie"), split_name("NPS, aanbevelingsscore")
    (('Klanttevredenheid', 'CSAT, relatie'), ('NPS', 'aanbevelingsscore'))
    """
    plain, _, rest = name.partition(", ")
    head, opened, inside = plain.partition(" (")
    parts = [p for p in (inside.rstrip(")") if opened else "", rest) if p]
    return head, ", ".join(parts)


def verdict(e: Estimate, target: float | None) -> Verdict | None:
    """A target judged on the interval: all of it beyond, the target inside it, or all of it short."""
    kpi = BY_KEY[e.kpi]
    if target is None or e.low is None or e.high is None or kpi.better == "neither":
        return None
    if e.low <= target <= e.high:
        return "near"
    above = e.low > target
    if above == (kpi.better == "higher"):
        return "met"
    return "missed_above" if above else "missed_below"
