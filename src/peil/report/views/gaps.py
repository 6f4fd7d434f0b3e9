"""Expectation and experience: gaps by dimension, and over all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from peil.core.kpi import Estimate
from peil.report.marks import Interval, Judged, Scale, dots, dots_axis
from peil.report.views.tables import Row, figures_table, tick_decimals
from peil.report.views.tiles import change
from peil.report.views.voice import Voice
from peil.report.words.changes import capital
from peil.report.words.figures import amount
from peil.report.words.terms import DIMENSIONS, VALUES, pick, value_name


@dataclass(frozen=True, slots=True)
class GapsView:
    """The gaps, the largest shortfall first."""

    title: str
    axis: Markup
    rows: tuple[Row, ...]
    whole: tuple[Row, ...]


def gaps_view(voice: Voice, dimensions: Sequence[str], whole: Sequence[str]) -> GapsView | None:
    """SERVQUAL by its five dimensions; where pairs were asked without it, gaps by dimension or question."""
    contents = voice.contents
    named = [(k.removeprefix("servqual_"), contents.figures[k]) for k in dimensions]
    if not named:
        named = [(str(next(iter(c.group.values()))), c.after) for c in contents.statements if c.after.value is not None]
    if not named:
        return None
    named.sort(key=lambda pair: pair[1].value or 0.0)
    scale = Scale.around([x for _, e in named for x in (e.low, e.high, e.value)], include=[0.0])
    ticks = [(t, amount(t, "score", voice.language, tick_decimals(scale))) for t in scale.ticks(5)]
    return GapsView(
        title=_title(voice, named),
        axis=dots_axis(scale, ticks),
        rows=tuple(_row(voice, name, e, scale) for name, e in named),
        whole=figures_table(voice, whole),
    )


def _row(voice: Voice, name: str, e: Estimate, scale: Scale) -> Row:
    side = _side(e)
    c = voice.contents.headline.changes.get(e.kpi)
    return Row(
        name=capital(pick(VALUES[name], voice.language))
        if name in DIMENSIONS
        else value_name("question", name, voice.language),
        note=pick(DIMENSIONS[name], voice.language) if name in DIMENSIONS else "",
        picture=dots(scale, Interval(e.value, e.low, e.high), side, 0.0),
        value=voice.fig.value(e),
        limits=voice.fig.limits(e),
        n=voice.fig.n(e),
        words=Markup("") if c is None else change(voice, c),
        judged=side,
    )


def _side(e: Estimate) -> Judged:
    """Whether the whole interval lies above or below what was expected."""
    if e.low is not None and e.low > 0:
        return "good"
    return "bad" if e.high is not None and e.high < 0 else ""


def _title(voice: Voice, named: Sequence[tuple[str, Estimate]]) -> str:
    """The largest gap by name, where its interval lies apart from the next."""
    if len(named) < 2:
        return voice("servqual_title")
    (worst, first), (_, second) = named[0], named[1]
    apart = first.high is not None and second.low is not None and first.high < second.low and first.high < 0
    if not apart:
        return voice("servqual_no_order")
    return voice("servqual_worst", pick(VALUES[worst], voice.language) if worst in DIMENSIONS else worst)
