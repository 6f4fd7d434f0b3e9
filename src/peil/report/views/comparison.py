"""Groups beside each other: raw, and as if all had the same mix of work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from peil.core.kpi import Estimate
from peil.report.marks import Interval, Scale, dots, dots_axis
from peil.report.views.changes import group_name
from peil.report.views.tables import scale_of, ticks_of
from peil.report.views.voice import Voice
from peil.report.words.changes import judged
from peil.report.words.figures import amount
from peil.report.words.terms import column_name
from peil.warehouse.questions.mixed import Adjusted


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group: its own figure, and the same at the mix of all."""

    name: str
    picture: Markup
    value: Markup
    limits: Markup
    n: Markup
    adjusted: Markup
    adjusted_limits: Markup
    words: Markup
    judged: str


@dataclass(frozen=True, slots=True)
class GroupTable:
    """One KPI over the groups of a column, the highest value first."""

    key: str
    name: Markup
    info: Markup
    title: str
    axis: Markup
    rows: tuple[GroupRow, ...]
    note: str


def group_table(voice: Voice, column: str, found: Sequence[Adjusted]) -> GroupTable:
    """The groups of one KPI; what a verdict is about is said at the table's foot."""
    key = found[0].raw.kpi
    told = [a.raw for a in found if a.raw.value is not None]
    scale = scale_of(key, told, None)
    ordered = sorted(found, key=lambda a: (a.raw.value is None, -(a.raw.value or 0.0)))
    rows = tuple(_row(voice, column, a, scale) for a in ordered)
    differ = [r for r in rows if r.judged]
    title = (
        voice("none_differs")
        if not differ
        else "; ".join(f"{r.name} {r.words.striptags()}" for r in differ)
        if len(differ) <= 2
        else voice("differ", len(differ))
    )
    return GroupTable(
        key, voice.linked(key), voice.info(key), title, dots_axis(scale, ticks_of(voice, key, scale)), rows,
        _note(voice, found),
    )  # fmt: skip


def _row(voice: Voice, column: str, a: Adjusted, scale: Scale) -> GroupRow:
    e, c = a.raw, a.adjusted
    shown = e.value is not None
    return GroupRow(
        name=group_name(voice, column, e.group[column]),
        picture=_picture(voice, e, scale, "" if c is None else judged(c)),
        value=voice.fig.value(e) if shown else Markup("–"),
        limits=voice.fig.limits(e),
        n=voice.fig.n(e) if shown else Markup("–"),
        adjusted=Markup("–") if c is None else voice.fig.value(c.after, "mix"),
        adjusted_limits=Markup("") if c is None else voice.fig.limits(c.after, "mix"),
        words=_words(voice, a),
        judged="" if c is None else judged(c),
    )


def _words(voice: Voice, a: Adjusted) -> Markup:
    if a.adjusted is not None:
        return voice.fig.difference(a.adjusted, voice.speech.versus_rest(a.adjusted), "mix")
    if a.raw.value is not None and a.coverage:
        return Markup("{}").format(voice("other_work", amount(100 * a.coverage, "percent", voice.language, 0)))
    return Markup("{}").format(voice("no_verdict"))


def _picture(voice: Voice, e: Estimate, scale: Scale, kind: str) -> Markup:
    if e.value is None:
        return Markup('<span class="xs dim">{}</span>').format(voice.speech.status(e))
    return dots(scale, Interval(e.value, e.low, e.high), kind)  # type: ignore[arg-type]


def _note(voice: Voice, found: Sequence[Adjusted]) -> str:
    strata = found[0].strata
    if not any(a.adjusted is not None for a in found):
        return voice("mix_none")
    names = [column_name(c, voice.language).lower() for c in strata]
    return voice("mix_foot", ", ".join(names))
