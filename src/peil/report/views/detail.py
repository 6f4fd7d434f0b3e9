"""One KPI at length: its course, its parts, its groups."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from peil.core.kpi import Estimate
from peil.core.kpis import BY_KEY
from peil.report.charts.trend import Note, Trend, TrendPoint, trend
from peil.report.contents.series import Series
from peil.report.marks import Part, stacked
from peil.report.marks.status import shape
from peil.report.views.tables import DotTable, breakdown_table
from peil.report.views.tiles import Tile, tile
from peil.report.views.voice import DayNote, Voice
from peil.report.words.figures import amount, value
from peil.report.words.terms import one_day, period_name
from peil.warehouse.periods import parse

_BOXES = {"nps_1_10": "boxes_nps_1_10", "nps": "boxes_nps", "csat": "boxes_csat"}
_KINDS = ("bad", "mid", "good")
MOST_NOTES = 9


@dataclass(frozen=True, slots=True)
class Course:
    """A trend and the same figures as a table."""

    chart: Markup
    subtitle: str
    heading: str
    rows: tuple[tuple[str, Markup, Markup, Markup], ...]
    notes: tuple[tuple[str, str, str], ...] = ()  # number, day, what happened


@dataclass(frozen=True, slots=True)
class Detail:
    """What the page shows of one KPI."""

    key: str
    tile: Tile
    course: Course | None
    boxes: Markup
    boxes_key: tuple[tuple[Markup, str, Markup, str], ...]
    groups: DotTable | None


def detail(voice: Voice, key: str) -> Detail:
    contents = voice.contents
    line = contents.series.get(key)
    boxes, boxes_key = _boxes(voice, key, contents.boxes.get(key, ()))
    groups = contents.breakdowns.get(key, ())
    return Detail(
        key=key,
        tile=tile(voice, key),
        course=None if line is None else course(voice, line),
        boxes=boxes,
        boxes_key=boxes_key,
        groups=breakdown_table(voice, key, groups) if groups else None,
    )


def course(voice: Voice, line: Series) -> Course:
    fig = voice.fig
    kpi, target = BY_KEY[line.kpi], voice.target(line.kpi)
    points = [
        TrendPoint(period_name(label, voice.language, short=True), e.value, e.low, e.high, e.n, cut)
        for label, e, cut in zip(line.labels, line.estimates, line.unfinished, strict=True)
    ]
    told = [(n, e) for n, e in zip(line.labels, line.estimates, strict=True) if e.value is not None]
    (first, start), (last, end) = told[0], told[-1]
    words = [period_name(n, voice.language) for n in (first, last)] + [value(e, voice.language) for e in (start, end)]
    places = _places(line)
    placed = _notes(voice, line)
    chart = trend(
        Trend(
            points=points,
            label=voice("trend_label", voice.name(line.kpi), *words),
            target=None if target is None else (target, voice("target", voice.target_text(kpi, target))),
            value_format=lambda x: amount(x, kpi.unit, voice.language, places),
            n_last=voice.count(line.estimates[-1].n),
            unfinished_label=voice("unfinished"),
            notes=[Note(at, str(i)) for i, (at, _) in enumerate(placed, start=1)],
        )
    )
    rows = tuple(
        (
            period_name(label, voice.language) + (f" ({voice('unfinished')})" if cut else ""),
            fig.value(e, line.kind),
            fig.limits(e, line.kind),
            fig.n(e, line.kind) if e.status != "hidden" else Markup("–"),
        )
        for label, e, cut in reversed(list(zip(line.labels, line.estimates, line.unfinished, strict=True)))
    )
    heading = voice("period")
    notes = tuple((str(i), one_day(n.day, voice.language), n.text) for i, (_, n) in enumerate(placed, start=1))
    return Course(chart, voice(f"per_{line.kind}", voice.name(line.kpi)), heading, rows, notes)


def _notes(voice: Voice, line: Series) -> list[tuple[float, DayNote]]:
    """The notes whose day the line covers, each with its place counted in periods; the last ones where there are many."""
    spans = [parse(label) for label in line.labels]
    found = [
        (i + (n.day - p.start).days / (p.end - p.start).days, n)
        for n in voice.notes
        for i, p in enumerate(spans)
        if p.start <= n.day < p.end
    ]
    return sorted(found, key=lambda placed: placed[0])[-MOST_NOTES:]


def _boxes(
    voice: Voice, key: str, parts: tuple[Estimate, ...]
) -> tuple[Markup, tuple[tuple[Markup, str, Markup, str], ...]]:
    """The answers by box as one bar, and its key with counts; shares add up to 100."""
    whole = sum(e.n for e in parts)
    if not whole:
        return Markup(""), ()
    family = next(words for start, words in _BOXES.items() if key.startswith(start))
    names = voice(family).split("|")
    of = {e.group["box"]: e for e in parts}
    counts = [of[box].n if box in of else 0 for box in (-1, 0, 1)]
    shares = [f"{share}%" for share in hundred(counts)]
    bar = stacked(
        [Part(s, n, kind) for s, n, kind in zip(shares, counts, _KINDS, strict=True)],  # type: ignore[arg-type]
        voice("boxes_label", voice.name(key), ", ".join(f"{n} {s}" for n, s in zip(names, shares, strict=True))),
    )
    told = [
        (shape(kind), name, voice.fig.n(of[box]) if box in of else Markup("0"), share)  # type: ignore[arg-type]
        for box, kind, name, share in zip((-1, 0, 1), _KINDS, names, shares, strict=True)
    ]
    return bar, tuple(told)


def _places(line: Series) -> int:
    """Digits after the comma on the axis: enough to tell its steps apart."""
    known = [x for e in line.estimates for x in (e.low, e.high, e.value) if x is not None]
    width = max(known) - min(known)
    return 0 if width >= 5 else 1 if width >= 0.5 else 2


def hundred(counts: list[int]) -> list[int]:
    """Whole percentages that add up to 100, by the largest remainder.

    >>> hundred([1, 1, 1])
    [34, 33, 33]
    """
    whole = sum(counts)
    exact = [100 * n / whole for n in counts]
    floor = [int(x) for x in exact]
    order = sorted(range(len(counts)), key=lambda i: (floor[i] - exact[i], i))
    for i in order[: 100 - sum(floor)]:
        floor[i] += 1
    return floor
