"""What stands on the overview beside the tiles, for who looks: comments, freshness, everything by subject."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from markupsafe import Markup

from peil.accounts.rules import may
from peil.board.figures import asking_of
from peil.board.own import own_rows
from peil.core import kpis
from peil.core.kpi import Estimate
from peil.core.kpis import BY_KEY
from peil.report.contents import Contents
from peil.report.contents.subjects import SINGLE, has_figure
from peil.report.question import ReportQuestion, Span
from peil.report.views.tables import Row, line_row
from peil.report.views.voice import Voice, split_name
from peil.report.words import Language
from peil.report.words.numbers import number
from peil.report.words.terms import FACTS, kpi_name, one_day, pick, value_name
from peil.warehouse.questions.comments import Comment, Order, comments
from peil.warehouse.questions.today import answered_on
from peil.web.look import Look

MOST_COMMENTS = 5
SUBJECTS = (
    "satisfaction", "effort", "servqual", "response", "handling", "solving", "contacts", "digital", "loyalty", "employees",
)  # fmt: skip
_ASKED_FOR_DOUBLES = 4  # one contact has several answers; it is shown once


@dataclass(frozen=True, slots=True)
class Said:
    """An answer of a customer, as a list shows it."""

    score: str
    box: int
    of: str  # the question and the scale, for who cannot see the score's colour
    text: str
    language: str
    about: str
    contact: str


@dataclass(frozen=True, slots=True)
class Fresh:
    """How far the rows of a fact go."""

    name: str
    newest: str


@dataclass(frozen=True, slots=True)
class LastImport:
    file: str
    day: str
    rows: str
    rejected: int


@dataclass(frozen=True, slots=True)
class Subject:
    """Every figure of one subject that there is."""

    name: str
    rows: tuple[tuple[Markup, Row], ...]


def compliments(look: Look, asked: ReportQuestion, span: Span | None) -> list[Said]:
    """Favourable answers with words, over the rows that the person may read."""
    return _said(look, own_rows(look.person, look.peil.warehouse, asked) or asked, span, "best")


def to_listen_back(look: Look, asked: ReportQuestion, span: Span | None) -> list[Said]:
    """The lowest scores about a contact that can be looked up."""
    return _said(look, asked, span, "worst")


def _said(look: Look, asked: ReportQuestion, span: Span | None, order: Order) -> list[Said]:
    if span is None or not may(look.person, "see_comments"):
        return []
    asked_for = MOST_COMMENTS * _ASKED_FOR_DOUBLES
    found = comments(look.peil.warehouse, asked.where, (span.since, span.until), order, asked_for)
    once: dict[str, Comment] = {}
    for c in found:
        once.setdefault(c.interaction_id or c.answer_id, c)
    return [_one(c, look.language) for c in list(once.values())[:MOST_COMMENTS]]


def _one(c: Comment, language: Language) -> Said:
    name = split_name(kpi_name(BY_KEY[c.kind], language))[0] if c.kind in BY_KEY else c.kind
    where = [value_name("channel", c.channel, language)] if c.channel else []
    where += [value_name("touchpoint", c.touchpoint, language)] if c.touchpoint else []
    where += [one_day(c.day, language)] if c.day else []
    score = "–" if c.score is None else _plain(c.score, language)
    scale = f"{_plain(c.scale_min, language)}–{_plain(c.scale_max, language)}" if c.scale_max is not None else ""
    return Said(
        score, c.box or 0, " ".join(p for p in (name, scale) if p), c.comment or "", c.language or "",
        " · ".join(where), c.interaction_id or "",
    )  # fmt: skip


def _plain(x: float | None, language: Language) -> str:
    return "" if x is None else number(x, 0 if x == int(x) else 1, language)


def freshness(look: Look, contents: Contents, asked: ReportQuestion) -> tuple[list[Fresh], LastImport | None]:
    """The newest day of each fact, and the last import that stands."""
    edges = asking_of(look.peil.warehouse, asked, contents.today).extents
    language = look.language
    found = [Fresh(pick(FACTS[f], language), one_day(last, language)) for f, (_, last) in edges.items()]
    standing = [e for e in look.peil.imports() if e.status == "loaded"]
    if not standing:
        return found, None
    last = standing[-1]
    rows = number(sum(last.rows.values()), 0, language)
    return found, LastImport(last.file_name, one_day(last.imported_at.date(), language), rows, last.rejected)


def came_in_today(look: Look, contents: Contents, asked: ReportQuestion) -> int:
    """How many answered today, over the rows of the page: they are in its figures once the day is over."""
    return answered_on(look.peil.warehouse, asked.where, contents.today)


def all_by_subject(look: Look, voice: Voice, asked: ReportQuestion) -> list[Subject]:
    """Every single figure over the rows of the page, by subject, each beside its definition and page."""
    asking = asking_of(look.peil.warehouse, asked, voice.contents.today)
    figures = {e.kpi: e for e in asking.figures(SINGLE)}
    telling = replace(
        voice, contents=replace(voice.contents, headline=replace(voice.contents.headline, figures=figures))
    )
    by_subject: dict[str, list[tuple[Markup, Row]]] = {}
    for key in _with_figure(figures):
        row = telling.linked(key), line_row(telling, figures[key], None)
        by_subject.setdefault(subject_of(key), []).append(row)
    return [Subject(voice(name), tuple(rows)) for name, rows in by_subject.items()]


def _with_figure(figures: Mapping[str, Estimate]) -> list[str]:
    return [k for k in BY_KEY if has_figure(figures.get(k))]


def subject_of(key: str) -> str:
    """The file of the catalogue that a KPI stands in."""
    return _subjects()[key]


@cache
def _subjects() -> dict[str, str]:
    return {kpi.key: name for name in SUBJECTS for kpi in getattr(kpis, name).KPIS}
