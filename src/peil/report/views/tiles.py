"""The sheet of tiles: value, interval, course, target and change of the main figures."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup, escape

from peil.core.kpi import Comparison, Estimate
from peil.core.kpis import BY_KEY
from peil.report.contents.series import Series
from peil.report.figure import Period
from peil.report.marks import GaugeMark, KeyKind, Point, Scale, gauge, key, sparkline, status
from peil.report.views.voice import Voice, verdict
from peil.report.words.changes import arrow, capital, judged
from peil.report.words.figures import value

SPARK_POINTS = 13


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure as a tile shows it."""

    key: str
    name: str
    detail: str
    info: Markup
    status: Markup
    value: Markup
    limits: Markup
    spark: Markup
    gauge: Markup
    change: Markup
    meta: Markup


def tile(voice: Voice, key: str, *, small: bool = False) -> Tile:
    contents = voice.contents
    e, c = contents.figures[key], contents.headline.changes.get(key)
    was = c.before.value if c is not None and c.difference is not None else None
    return Tile(
        key=key,
        name=voice.name(key),
        detail=voice.detail(key),
        info=voice.info(key),
        status=target_status(voice, e),
        value=voice.fig.big(e),
        limits=voice.fig.limits(e),
        spark=Markup("") if small else spark(voice, contents.series.get(key)),
        gauge=Markup("") if small else _gauge(voice, e, was),
        change=change(voice, c),
        meta=_meta(voice, e, c),
    )


def change(voice: Voice, c: Comparison | None, period: Period = "now") -> Markup:
    """The change in words; an arrow and a colour only where it can be shown."""
    if c is None and voice.contents.span is None:
        return Markup("")
    if c is None:
        return Markup('<p class="chg">{}</p>').format(voice("no_comparison"))
    words = voice.fig.difference(c, capital(voice.speech.change(c)), period)
    sign = Markup('<i aria-hidden="true">{}</i>').format(arrow(c)) if arrow(c) else ""
    return Markup('<p class="{}">{}{}</p>').format(f"chg {judged(c)}".strip(), sign, words)


def target_status(voice: Voice, e: Estimate) -> Markup:
    found = verdict(e, voice.target(e.kpi))
    if found is None:
        return Markup("")
    kind = {"met": "good", "near": "mid"}.get(found, "bad")
    return status(kind, voice(f"target_{found}"))  # type: ignore[arg-type]


def spark(voice: Voice, line: Series | None) -> Markup:
    if line is None:
        return Markup("")
    estimates = line.estimates[-SPARK_POINTS:]
    cut = line.unfinished[-SPARK_POINTS:]
    points = [Point(e.value, e.low, e.high, part) for e, part in zip(estimates, cut, strict=True)]
    return sparkline(points, voice.target(line.kpi), voice("spark_label", voice.name(line.kpi), len(points)))


def _gauge(voice: Voice, e: Estimate, was: float | None) -> Markup:
    target = voice.target(e.kpi)
    width = (e.high or 0.0) - (e.low or 0.0) if e.low is not None and e.high is not None else 0.0
    known = [x for x in (e.value, was, target) if x is not None]
    if e.value is None:
        return Markup('<p class="empty">{}</p>').format(capital(voice.speech.status(e)))
    kpi = BY_KEY[e.kpi]
    # Room beside the interval, so that what is narrow looks narrow.
    scale = Scale.around([min(known) - 1.5 * width, max(known) + 1.5 * width])
    if kpi.unit == "percent":
        scale = Scale(max(0.0, scale.low), min(100.0, scale.high))
    mark = GaugeMark(
        e.value, e.low, e.high, was, target, "" if target is None else voice("target", voice.target_text(kpi, target))
    )
    said = voice.fig.limits(e)
    label = voice("gauge_label", voice.name(e.kpi), value(e, voice.language), said.striptags() if said else "–")
    return gauge(scale, mark, label)


def _meta(voice: Voice, e: Estimate, c: Comparison | None) -> Markup:
    parts = [Markup("n = {}").format(voice.fig.n(e))]
    if c is not None and c.difference is not None:
        parts.append(voice.marked("was", voice.fig.value(c.before, "before")))
    kpi = BY_KEY[e.kpi]
    if kpi.unit in ("score", "seconds") and kpi.better != "neither":
        parts.append(escape(voice("higher_better" if kpi.better == "higher" else "lower_better")))
    questions = next((b for b in voice.contents.breakdowns.get(e.kpi, ()) if b.column == "question"), None)
    if questions is not None:
        parts.append(escape(voice("questions_together", len(questions.groups) + questions.more)))
    if e.value is not None and e.status != "ok":
        parts.append(escape(voice.speech.status(e)))
    return Markup(" · ").join(parts)


def legend(voice: Voice) -> list[Markup]:
    """What the tiles of a page draw, for the key below them."""
    return [key(kind, voice(f"key_{kind}")) for kind in _drawn(voice)]


def _drawn(voice: Voice) -> list[KeyKind]:
    contents = voice.contents
    tiles = contents.headline.tiles
    found: list[KeyKind] = ["now"]
    if any((c := contents.headline.changes.get(k)) is not None and c.difference is not None for k in tiles):
        found.append("was")
    if any(k in contents.targets for k in tiles):
        found.append("target")
    if any(contents.series[k].unfinished[-1] for k in tiles if k in contents.series):
        found.append("unfinished")
    return found
