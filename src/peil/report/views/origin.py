"""Definitions, imports, rejected rows, and what is missing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from shlex import quote

from peil.core.kpi import Kpi
from peil.core.kpis import BY_KEY
from peil.report.contents.origin import Missing
from peil.report.views.voice import Voice
from peil.report.words import note_in_words
from peil.report.words.changes import capital
from peil.report.words.figures import MINUS
from peil.report.words.needs import columns_to_fill, question_name
from peil.report.words.rejects import rejection
from peil.report.words.sources import source_name
from peil.report.words.terms import FACTS, ROWS, days, kpi_name, one_day, pick
from peil.warehouse.query import Filter

MOST_IMPORTS = 30
_NAMED = 6


@dataclass(frozen=True, slots=True)
class Definition:
    """How a KPI is counted, for people."""

    key: str
    name: str
    formula: str
    tells: str
    method: str
    source: str
    version: int
    command: str


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One file that was taken in."""

    file: str
    day: str
    rows: tuple[str, ...]
    rejected: str


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """One reason for rejecting values of a file."""

    file: str
    column: str
    reason: str
    remedy: str
    count: str
    first: str


@dataclass(frozen=True, slots=True)
class OriginView:
    """Where the figures come from."""

    imports: tuple[ImportRow, ...]
    covers: tuple[str, ...]
    rejected_title: str
    rejected: tuple[RejectedRow, ...]
    unfilled: tuple[tuple[str, str], ...]  # facts without rows
    unasked: tuple[tuple[str, str], ...]  # kinds of question, columns, assumptions
    unasked_title: str


def definitions(voice: Voice, shown: Iterable[str]) -> list[Definition]:
    """The definitions of the KPIs that the page shows, in the order of the catalogue."""
    wanted = set(shown)
    return [_definition(voice, kpi) for kpi in BY_KEY.values() if kpi.key in wanted]


def _definition(voice: Voice, kpi: Kpi) -> Definition:
    span, asked = voice.contents.span, voice.contents.asked
    parts = ["peil kpi", kpi.key]
    if span is not None:
        parts += [f"--since {span.since}", f"--until {span.until}"]
    parts += [f"--where {quote(_condition(f))}" for f in asked.where]
    if asked.weighted:
        parts.append("--weighted")
    return Definition(
        key=kpi.key,
        name=kpi_name(kpi, voice.language),
        formula=typeset(pick(kpi.formula, voice.language)),
        tells=typeset(pick(kpi.tells, voice.language)),
        method=kpi.method.name,
        source=source_name(kpi.source, voice.language),
        version=kpi.version,
        command=" ".join(parts),
    )


def typeset(text: str) -> str:
    """A formula with the signs that pages have: a real minus, no space before %.

    >>> typeset("90 % of A - B, from -100")
    '90% of A − B, from −100'
    """
    return re.sub(r"(?<!\S)-(?=[\s\d])", MINUS, re.sub(r"(?<=\d) %", "%", text))


def _condition(f: Filter) -> str:
    """A filter as the command line takes it; nothing after the sign stands for not known."""
    values = ",".join("" if v is None else str(v) for v in f.values)
    return f"{f.column}{'!=' if f.negated else '='}{values}"


def origin_view(voice: Voice) -> OriginView:
    found = voice.contents.origin
    names = found.names
    rejected = sum(k.count for k in found.rejected)
    return OriginView(
        imports=tuple(
            ImportRow(
                e.file_name,
                one_day(e.imported_at.date(), voice.language),
                tuple(f"{voice.count(n)} {pick(ROWS[fact], voice.language)}" for fact, n in e.rows.items() if n),
                voice.count(e.rejected),
            )
            for e in found.imports[-MOST_IMPORTS:]
        ),
        covers=tuple(
            voice("covers", capital(pick(FACTS[fact], voice.language)), days(first, last, voice.language))
            for fact, (first, last) in found.extents.items()
        ),
        rejected_title=voice("rejected_title", voice.count(rejected)) if rejected else voice("rejected_none"),
        rejected=tuple(
            RejectedRow(
                names.get(k.import_id, k.import_id),
                k.column or "",
                *rejection(k.reason, k.remedy, voice.language),
                voice.count(k.count),
                "" if k.first_row is None else voice("first_row", voice.count(k.first_row)),
            )
            for k in found.rejected
        ),
        unfilled=tuple((_need(voice, m), _then(voice, m)) for m in found.missing if not m.rows),
        unasked=tuple((_need(voice, m), _then(voice, m)) for m in found.missing if m.rows),
        unasked_title=voice("unasked", sum(len(m.kpis) for m in found.missing if m.rows)),
    )


def _need(voice: Voice, m: Missing) -> str:
    if m.needs:
        return capital(note_in_words(m.needs, voice.language))
    fact = capital(pick(FACTS[m.fact], voice.language))
    if not m.rows:
        return voice("need_fact", fact)
    if m.kinds:
        return voice("need_kind", "; ".join(question_name(k, voice.language) for k in m.kinds))
    return voice("need_column", fact, ", ".join(columns_to_fill(m.columns)))


def _then(voice: Voice, m: Missing) -> str:
    names = [kpi_name(k, voice.language) for k in m.kpis]
    if len(names) <= _NAMED:
        return "; ".join(names)
    return voice("n_kpis", len(names), "; ".join(names[:_NAMED]) + "; …")
