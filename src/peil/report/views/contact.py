"""First response by channel, each with its own target and the real spread of its times."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup, escape

from peil.core.kpi import Estimate
from peil.report.contents.contact import ChannelResponse
from peil.report.marks import Bin, Interval, Scale, dots_axis, histogram_cell
from peil.report.views.tiles import change
from peil.report.views.voice import Voice
from peil.report.words.changes import capital, judged
from peil.report.words.figures import duration, value
from peil.report.words.terms import value_name


@dataclass(frozen=True, slots=True)
class ResponseRow:
    """One channel."""

    name: str
    target: str
    picture: Markup
    median: Markup
    median_limits: Markup
    p90: Markup
    in_target: Markup
    in_target_limits: Markup
    n: Markup
    open: str
    change: Markup
    judged: str


@dataclass(frozen=True, slots=True)
class Responses:
    """The channels on one logarithmic axis."""

    title: str
    axis: Markup
    rows: tuple[ResponseRow, ...]


def responses(voice: Voice) -> Responses | None:
    found = voice.contents.responses
    if not found:
        return None
    ends = [x for r in found for b in r.bins for x in (b.low, b.high)]
    scale = Scale.around(ends or [1.0], include=[r.target for r in found], log=True)
    axis = dots_axis(scale, [(t, duration(t, voice.language)) for t in scale.ticks(7)])
    return Responses(_title(voice, found), axis, tuple(_row(voice, r, scale) for r in found))


def _row(voice: Voice, r: ChannelResponse, scale: Scale) -> ResponseRow:
    fig = voice.fig
    name = value_name("channel", r.channel, voice.language)
    middle = None if r.median is None else Interval(r.median.value, r.median.low, r.median.high)
    label = voice("histogram_label", name, _told(voice, r.median), _told(voice, r.in_target))
    hidden = r.median is not None and r.median.status == "hidden"
    return ResponseRow(
        name=name,
        target="" if r.target is None else voice("target", duration(r.target, voice.language)),
        picture=Markup('<span class="dim xs">{}</span>').format(voice.speech.status(r.median))
        if hidden and r.median is not None
        else histogram_cell(scale, [Bin(b.low, b.high, b.share) for b in r.bins], r.target, middle, label),
        median=_value(voice, r.median),
        median_limits=fig.limits(r.median) if r.median else Markup(""),
        p90=_value(voice, r.p90),
        in_target=_value(voice, r.in_target),
        in_target_limits=fig.limits(r.in_target) if r.in_target else Markup(""),
        n=Markup("–") if hidden or r.median is None else fig.n(r.median),
        open="" if hidden or not r.still_open else voice("without_response", voice.count(r.still_open)),
        change=Markup("") if r.change is None else change(voice, r.change),
        judged="" if r.change is None else judged(r.change),
    )


def _told(voice: Voice, e: Estimate | None) -> str:
    return "–" if e is None else value(e, voice.language)


def _value(voice: Voice, e: Estimate | None) -> Markup:
    if e is None:
        return Markup("–")
    if e.value is None and "not_reached" in e.notes:
        return escape(voice("not_reached_short"))
    return voice.fig.value(e)


def _title(voice: Voice, found: tuple[ChannelResponse, ...]) -> str:
    """Which channels changed demonstrably; without any, what the table is about."""
    told = [r for r in found if r.change is not None and judged(r.change)]
    if not told:
        return voice("response_title")
    changes = "; ".join(
        f"{value_name('channel', r.channel, voice.language)} {voice.speech.change(r.change)}"
        for r in told[:3]
        if r.change is not None
    )
    return f"{capital(voice('within_target'))}: {changes}"
