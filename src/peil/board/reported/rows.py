"""A board's figures as lines of a mail or a slide: name, value, interval, n, change and target in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup, escape

from peil.board.figures import BoardFigures, TileFigures
from peil.board.sheet import figure_name, rows_in_words, sheet_tile
from peil.core.kpi import Estimate
from peil.report.contents.subjects import has_figure
from peil.report.views.voice import Voice, verdict
from peil.report.words.changes import arrow, capital, judged
from peil.report.words.terms import column_name, value_name

MOST_GROUPS = 6


@dataclass(frozen=True, slots=True)
class MailRow:
    """One figure in words; `value` and `limits` also hold the full numbers."""

    name: str
    rows: str
    url: str
    value: Markup
    limits: Markup
    n: Markup
    change: str
    judged: str
    target: str
    missing: str


def mail_rows(figures: BoardFigures, voice: Voice) -> list[MailRow]:
    return [
        row for found in figures.tiles for row in _rows(found, Voice(found.contents, voice.language, voice.address))
    ]


def _rows(found: TileFigures, voice: Voice) -> Iterator[MailRow]:
    if found.groups is not None:
        column = found.tile.by
        for c in found.groups.groups[:MOST_GROUPS]:
            name = f"{column_name(column, voice.language)} {value_name(column, c.group[column], voice.language)}"
            change = capital(voice.speech.versus_rest(c)) if c.after.value is not None else ""
            yield _row(voice, c.after, _about(found, voice, name), _Change(change, judged(c)))
    elif found.shares:
        column = next(iter(found.shares[0].group))
        for e in found.shares[:MOST_GROUPS]:
            name = value_name(column, e.group[column], voice.language)
            yield _row(voice, e, _about(found, voice, name), _Change("", ""))
    elif found.counted is not None or found.estimate is None or not has_figure(found.estimate):
        yield _told(found, voice)
    else:
        than = found.comparison
        words = "" if than is None else f"{arrow(than)} {capital(voice.speech.change(than))}".strip()
        told = _Change(words, "" if than is None else judged(than))
        yield _row(voice, found.estimate, _about(found, voice), told)


@dataclass(frozen=True, slots=True)
class _Change:
    words: str
    judged: str


def _about(found: TileFigures, voice: Voice, group: str = "") -> str:
    """Which rows a figure is about, when it is not all."""
    return "; ".join(p for p in (group, rows_in_words(found.tile.where, voice.language)) if p)


def _row(voice: Voice, e: Estimate, about: str, change: _Change) -> MailRow:
    met = verdict(e, voice.target(e.kpi)) if not e.group else None
    status = voice.speech.status(e)
    hidden = "" if e.value is not None else status
    words = change.words if hidden else " · ".join(p for p in (change.words, status) if p)
    return MailRow(
        figure_name(e.kpi, voice.language), about, _url(voice, e.kpi), voice.fig.value(e), voice.fig.limits(e),
        voice.fig.n(e), words, change.judged, voice(f"target_{met}") if met else "", hidden,
    )  # fmt: skip


def _told(found: TileFigures, voice: Voice) -> MailRow:
    """A count, or a figure that can't be given, as the sheet words it."""
    shown = sheet_tile(voice, found)
    url = "" if found.tile.counted else _url(voice, found.tile.kpi)
    change = " · ".join(p for p in (shown.tile.change.striptags(), shown.tile.meta.striptags()) if p)
    name = figure_name(found.tile.kpi, voice.language)
    nothing = escape("")
    return MailRow(name, shown.rows, url, shown.tile.value, nothing, nothing, change, "", "", shown.missing)


def _url(voice: Voice, key: str) -> str:
    return voice.address(key) if voice.address is not None else ""
