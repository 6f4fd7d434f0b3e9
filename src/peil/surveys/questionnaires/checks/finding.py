"""One finding: what, where, and its words in Dutch and English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from peil.core.kpi import Words
from peil.surveys.questionnaires.checks.said import ADVICE, ERRORS, PLACES

Level: TypeAlias = Literal["error", "advice"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where: a page (from 1), a question, one of its fields, a language; nothing named is the whole questionnaire."""

    page: int | None = None
    question: str = ""
    field: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """`code` of `ERRORS` or `ADVICE`, which say how bad it is."""

    code: str
    place: Place
    details: tuple[tuple[str, Words], ...] = ()

    @property
    def level(self) -> Level:
        return "error" if self.code in ERRORS else "advice"


def finding(code: str, place: Place | None = None, **details: object) -> Finding:
    """`details` are what the words of the finding name: a pair of words, or anything that is the same in both."""
    named = ((name, v if isinstance(v, Words) else Words(str(v), str(v))) for name, v in details.items())
    return Finding(code, place or Place(), tuple(named))


def said(finding: Finding, language: str) -> tuple[str, str]:
    """What is wrong and what to do, in Dutch or English."""
    known: Mapping[str, str] = {
        **{name: words.nl if language == "nl" else words.en for name, words in finding.details},
        "question": finding.place.question,
        "page": str(finding.place.page or ""),
        "field": field_in_words(finding.place.field, language),
        "language": finding.place.language,
    }
    problem, remedy = (ERRORS if finding.code in ERRORS else ADVICE)[finding.code]
    told = [(words.nl if language == "nl" else words.en).format_map(known) for words in (problem, remedy)]
    return told[0][:1].upper() + told[0][1:], told[1]


def field_in_words(field: str, language: str) -> str:
    """What a field is called; `labels.3` is the third label."""
    name, _, rest = field.partition(".")
    words = PLACES.get(name)
    called = name if words is None else words.nl if language == "nl" else words.en
    return f"{called} {rest}" if rest else called
