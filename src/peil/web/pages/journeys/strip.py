"""The strip of a journey: stops on a rail, one or two figures each, and whether their targets are met."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from markupsafe import Markup

from peil.accounts.rules import may
from peil.board.journeys import JourneyKept, StopFigure, StopKept, journeys, stop_figures
from peil.board.journeys.figures import Rows
from peil.core.kpi import Estimate
from peil.report.marks import StatusKind, shape, status
from peil.report.views.voice import Voice, verdict
from peil.report.words.figures import decimals_of, limits
from peil.report.words.numbers import number
from peil.report.words.terms import column_name
from peil.web.look import Look

_WORST: tuple[StatusKind, ...] = ("bad", "mid", "good")
_KEY: tuple[tuple[StatusKind, str], ...] = (
    ("good", "key_met"), ("mid", "key_near"), ("bad", "key_missed"), ("none", "road_targets_key"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """One figure of a stop; `why` says why there is none."""

    name: Markup
    value: Markup
    around: Markup
    n: Markup
    judged: str
    why: str


@dataclass(frozen=True, slots=True)
class StopView:
    """A stop on the rail."""

    name: str
    department: str
    rail: Markup
    judged: str  # its verdict in a word, for who does not see the shape
    figures: tuple[Shown, ...]
    none: str
    link: str
    link_words: str


@dataclass(frozen=True, slots=True)
class Strip:
    """A journey, ready to be shown."""

    id: int
    title: str
    sub: str
    stops: tuple[StopView, ...]
    key: tuple[Markup, ...]
    edit: str  # the address of its editor; '' for who may not edit


def strips(look: Look, voice: Voice) -> list[Strip]:
    """Every journey; their figures are asked together."""
    return strips_of(look, voice, journeys())


def strip(look: Look, voice: Voice, journey: JourneyKept | None = None) -> Strip | None:
    """One journey, the first when none is named; None where there is none yet."""
    chosen = journey or next(iter(journeys()), None)
    return None if chosen is None else strips_of(look, voice, [chosen])[0]


def strips_of(look: Look, voice: Voice, kept: Sequence[JourneyKept]) -> list[Strip]:
    stops = [s for j in kept for s in j.stops]
    found = stop_figures(rows_of(look, voice), stops)
    targets = voice.contents.targets
    shown, at = [], 0
    for journey in kept:
        mine = [_stop(look, voice, s, _Judging(found[at + i], targets)) for i, s in enumerate(journey.stops)]
        at += len(journey.stops)
        shown.append(_strip(look, voice, journey, mine))
    return shown


def rows_of(look: Look, voice: Voice) -> Rows:
    """The rows of the page: its period and filters, and what its reader may see."""
    span = voice.contents.span
    where = voice.contents.asked.where
    return Rows(look.peil.warehouse, span.since if span else None, span.until if span else None, where)


@dataclass(frozen=True, slots=True)
class _Judging:
    figures: tuple[StopFigure, ...]
    targets: Mapping[str, float]

    def kinds(self) -> list[StatusKind]:
        return [_kind(f.estimate, self.targets.get(f.kpi)) for f in self.figures]

    @property
    def worst(self) -> StatusKind:
        kinds = self.kinds()
        return next((k for k in _WORST if k in kinds), "none")


def _strip(look: Look, voice: Voice, journey: JourneyKept, stops: list[tuple[StopView, StatusKind]]) -> Strip:
    kinds = [kind for _, kind in stops]
    return Strip(
        journey.id,
        voice("road_title", journey.name, _finding(voice, stops)) if stops else journey.name,
        voice("road_sub", voice.period()),
        tuple(view for view, _ in stops),
        tuple(status(kind, voice(word)) for kind, word in _KEY if kind in kinds),
        reverse("journey_edit", args=[journey.id]) if journey.id and may(look.person, "edit_journeys") else "",
    )


def _finding(voice: Voice, stops: Sequence[tuple[StopView, StatusKind]]) -> str:
    """What the title says: no more than the intervals do."""
    missed = [view.name for view, kind in stops if kind == "bad"]
    if missed:
        head, last = ", ".join(missed[:-1]), missed[-1]
        return voice("road_missed", voice("and", head, last) if head else last)
    judged = {kind for _, kind in stops} - {"none"}
    if not judged:
        return voice("road_no_verdict")
    return voice("road_met" if judged == {"good"} else "road_no_missed")


def _stop(look: Look, voice: Voice, stop: StopKept, judging: _Judging) -> tuple[StopView, StatusKind]:
    kind = judging.worst
    words = {"good": "key_met", "mid": "key_near", "bad": "key_missed"}.get(kind, "road_targets_key")
    shown = tuple(_shown(voice, f, judging.targets.get(f.kpi)) for f in judging.figures)
    unplaced = any(not f.placed for f in judging.figures)
    editable = stop.id and may(look.person, "edit_journeys")
    return (
        StopView(
            name=stop.name,
            department=stop.department,
            rail=shape(kind),
            judged=voice(words),
            figures=shown,
            none="" if shown else voice("stop_not_measured"),
            link=reverse("stop_change", args=[stop.id]) if editable and (unplaced or not shown) else "",
            link_words=voice("stop_place" if unplaced else "stop_measure"),
        ),
        kind,
    )


def _kind(e: Estimate | None, target: float | None) -> StatusKind:
    found = None if e is None else verdict(e, target)
    return {None: "none", "met": "good", "near": "mid"}.get(found, "bad")  # type: ignore[return-value]


def _shown(voice: Voice, figure: StopFigure, target: float | None) -> Shown:
    name = voice.linked(figure.kpi)
    e = figure.estimate
    if e is None or e.value is None:
        return Shown(name, Markup(""), Markup(""), Markup(""), "", _why(voice, figure))
    kind = _kind(e, target)
    return Shown(name, voice.fig.value(e), _around(voice, e), voice.fig.n(e), "bad" if kind == "bad" else "", "")


def _why(voice: Voice, figure: StopFigure) -> str:
    e = figure.estimate
    if not figure.placed:
        return voice("stop_unplaced")
    if figure.unknown is not None:
        return voice("stop_no_column", column_name(figure.unknown, voice.language).lower())
    if e is None or e.status == "no_data":
        return voice("stop_no_figure")
    return voice.speech.status(e)


def _around(voice: Voice, e: Estimate) -> Markup:
    """Plus and minus where the interval is as long on both sides, else from and to."""
    around = voice.fig.limits(e)
    if not around or e.value is None or e.low is None or e.high is None or e.unit not in ("percent", "points", "score"):
        return around
    decimals = decimals_of(e)
    down, up = round(e.value - e.low, decimals), round(e.high - e.value, decimals)
    if down != up or not up:
        return around
    return Markup('<span class="nw" title="{}">±{}</span>').format(
        limits(e, voice.language), number(up, decimals, voice.language)
    )
