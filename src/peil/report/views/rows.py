"""Rows as people read them: local times, numbers by locale, columns that say nothing left out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

from peil.facts.schema import FACTS
from peil.report.words import Language
from peil.report.words.numbers import number
from peil.report.words.terms import column_name, one_day, value_name
from peil.warehouse.questions.rows_behind import RowsPage

_FIRST = (
    "answered_at",
    "started_at",
    "sent_at",
    "at",
    "day",
    "question",
    "score",
    "comment",
    "touchpoint",
    "reason",
    "channel",
    "team",
)
_LAST = ("source", "response_id", "interaction_id", "visit_id")


@dataclass(frozen=True, slots=True)
class RowTable:
    """Headings and lines; `wide` says which columns hold long texts."""

    heads: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]
    wide: tuple[bool, ...]


def row_table(page: RowsPage, language: Language, time_zone: str) -> RowTable:
    """What differs between rows and is known of any of them; what it is about first, where it comes from last."""
    shown = [c for c in page.columns if _tells(page, c)]
    clock = FACTS[page.fact].clock
    if clock in shown and "day" in shown:
        shown.remove("day")
    key = FACTS[page.fact].key
    rank = {c: i for i, c in enumerate(_FIRST)} | {c: 100 + i for i, c in enumerate((*_LAST, key))}
    shown.sort(key=lambda c: rank.get(c, 50))
    zone = ZoneInfo(time_zone)
    lines = tuple(tuple(_cell(c, row[c], language, zone) for c in shown) for row in page.rows)
    return RowTable(
        tuple(column_name(c, language) for c in shown), lines, tuple(c in ("comment", "text") for c in shown)
    )


def _tells(page: RowsPage, column: str) -> bool:
    values = {row[column] for row in page.rows}
    return not values <= {None} and not (column == "weight" and values == {1.0})


def _cell(column: str, value: Any, language: Language, zone: ZoneInfo) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return format_datetime(
            value.astimezone(zone), "d MMM y HH.mm" if language == "nl" else "d MMM y HH:mm", locale=language
        )
    if isinstance(value, date):
        return one_day(value, language)
    if isinstance(value, float):
        whole = value == round(value)
        return number(value, 0 if whole else 2, language)
    if column in ("comment", "text") or column.endswith("_id"):
        return str(value)
    return value_name(column, value, language)
