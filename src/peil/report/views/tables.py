"""Breakdowns, lists and tables of figures: the chart is a column of the table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from markupsafe import Markup

from peil.core.kpi import Comparison, Estimate
from peil.core.kpis import BY_KEY
from peil.report.contents.groups import Breakdown
from peil.report.figure import Period
from peil.report.marks import Interval, Scale, dots, dots_axis
from peil.report.views.tiles import change
from peil.report.views.voice import Voice
from peil.report.words.changes import judged
from peil.report.words.figures import amount
from peil.report.words.terms import column_name, value_name
from peil.warehouse.results.small_groups import minimum

_TICKS = 5


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: its name, the drawing, the figures and a verdict."""

    name: str | Markup
    note: str
    picture: Markup
    value: Markup
    limits: Markup
    n: Markup
    words: Markup
    judged: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Rows under one heading, such as the channels."""

    heading: str
    rows: tuple[Row, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class DotTable:
    """A table with a column of dots and intervals on one scale."""

    title: str
    axis: Markup
    sections: tuple[Section, ...]
    note: str = ""
    info: Markup = field(default_factory=Markup)  # the mark that leads to the definition


def breakdown_table(voice: Voice, key: str, parts: Sequence[Breakdown]) -> DotTable:
    """All breakdowns of a KPI on one scale; colour only where a group differs from the rest."""
    e = voice.contents.figures[key]
    shown = [c.after for part in parts for c in part.groups if c.after.value is not None]
    scale = scale_of(key, shown, e.value)
    sections = tuple(
        Section(column_name(p.column, voice.language), tuple(_group(voice, p, c, scale) for c in p.groups), p.more)
        for p in parts
    )
    whole = None if e.value is None else (e.value, voice("all_line", voice.fig.value(e).striptags()))
    axis = dots_axis(scale, ticks_of(voice, key, scale), whole)
    return DotTable(_finding(voice, parts), axis, sections, _corrected(voice, key))


def _corrected(voice: Voice, key: str) -> str:
    """How groups were tested, and which are too small to show; contacts and visits of any number are shown."""
    least = minimum(BY_KEY[key], *voice.contents.smallest)
    told = voice("corrected_within")
    return f"{told} {voice('smallest_shown', least)}" if least else told


def _group(voice: Voice, part: Breakdown, c: Comparison, scale: Scale) -> Row:
    side = judged(c)
    whole = voice.contents.figures[part.kpi].value
    e = c.after
    untold = e.value is None
    return Row(
        name=value_name(part.column, c.group[part.column], voice.language),
        note="",
        picture=Markup('<span class="dim xs">{}</span>').format(voice.speech.status(e))
        if untold
        else dots(scale, Interval(e.value, e.low, e.high), side, whole),
        value=voice.fig.value(e),
        limits=voice.fig.limits(e),
        n=Markup("–") if untold else voice.fig.n(e),
        words=voice.fig.difference(c, voice.speech.versus_rest(c), "rest"),
        judged=side,
    )


def _finding(voice: Voice, parts: Sequence[Breakdown]) -> str:
    """The title of a breakdown: which groups differ, by name where they are few."""
    told = [(p, c) for p in parts for c in p.groups if c.changed and c.group[p.column] is not None]
    if not told:
        return voice("none_differs")
    if len(told) > 2:
        return voice("differ", len(told))
    return "; ".join(
        f"{value_name(p.column, c.group[p.column], voice.language)} {voice.speech.versus_rest(c)}" for p, c in told
    )


def figures_table(voice: Voice, keys: Sequence[str]) -> tuple[Row, ...]:
    """Single figures under each other, with their change."""
    changes = voice.contents.headline.changes
    return tuple(line_row(voice, voice.contents.figures[k], changes.get(k)) for k in keys)


def line_row(voice: Voice, e: Estimate, c: Comparison | None, period: Period = "now") -> Row:
    return Row(
        name=voice.linked(e.kpi),
        note=voice.detail(e.kpi),
        picture=voice.info(e.kpi),
        value=voice.fig.value(e, period),
        limits=voice.fig.limits(e, period),
        n=voice.fig.n(e, period),
        words=Markup("") if c is None else change(voice, c, period),
        judged="" if c is None else judged(c),
    )


def share_table(voice: Voice, estimates: Sequence[Estimate], column: str, most: int = 12) -> DotTable:
    """A list of shares, the largest first."""
    scale = Scale(0.0, Scale.around([e.high or e.value for e in estimates], include=[0.0]).high)
    rows = tuple(
        Row(
            name=value_name("channel" if "channel" in e.kpi else column, e.group[column], voice.language),
            note="",
            picture=dots(scale, Interval(e.value, e.low, e.high)),
            value=voice.fig.value(e),
            limits=voice.fig.limits(e),
            n=voice.fig.n(e),
            words=Markup(""),
        )
        for e in estimates[:most]
    )
    key = estimates[0].kpi
    more = max(0, len(estimates) - most)
    return DotTable(
        voice.name(key),
        dots_axis(scale, ticks_of(voice, key, scale)),
        (Section("", rows, more),),
        voice.detail(key),
        voice.info(key),
    )


def scale_of(key: str, shown: Sequence[Estimate], whole: float | None) -> Scale:
    known = [x for e in shown for x in (e.low, e.high, e.value)]
    scale = Scale.around(known, include=[whole])
    if BY_KEY[key].unit == "percent":
        return Scale(max(0.0, scale.low), min(100.0, scale.high))
    if BY_KEY[key].unit == "score" and known:
        told = [x for x in (*known, whole) if x is not None]
        return Scale(min(told), max(told))  # round ends may lie beyond the scale of the question
    return scale


def ticks_of(voice: Voice, key: str, scale: Scale) -> list[tuple[float, str]]:
    unit = BY_KEY[key].unit
    return [(t, amount(t, unit, voice.language, tick_decimals(scale))) for t in scale.ticks(_TICKS)]


def tick_decimals(scale: Scale) -> int:
    """Digits that tell neighbouring ticks apart."""
    ticks = scale.ticks(_TICKS)
    step = min((b - a for a, b in pairwise(ticks)), default=1.0)
    return 0 if step >= 1 else 1 if step >= 0.1 else 2
