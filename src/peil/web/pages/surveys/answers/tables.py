"""Groups of requests and answers as lines of a table: a share with its interval, drawn and in words."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from peil.core.kpi import Estimate
from peil.report.marks.intervals import Interval, dots
from peil.report.marks.scale import Scale
from peil.report.words import Language, say
from peil.report.words.changes import capital
from peil.report.words.figures import count
from peil.report.words.terms import column_name, value_name
from peil.surveys.counting import Asked
from peil.surveys.questionnaires.checks.frame import tongue
from peil.web.pages.surveys.rates import Share, estimate_of, share_of

WHOLE = Scale(0.0, 100.0)


@dataclass(frozen=True, slots=True)
class Line:
    """One group."""

    name: str
    share: Share
    picture: Markup
    n: str


def line_of_figure(e: Estimate, column: str, language: Language) -> Line:
    """A group as the facts have it."""
    return _line(part_name(e.group[column], column, language), e, language)


def line_of_counts(part: str | int, asked: Asked, group: str, language: Language) -> Line:
    """A group as it was counted here."""
    return _line(part_name(part, group, language), estimate_of(asked.answered, asked.reached), language)


def _line(name: str, e: Estimate, language: Language) -> Line:
    picture = dots(WHOLE, Interval(e.value, e.low, e.high))
    return Line(name, share_of(e, language), picture, count(e.n, language) if e.n else "–")


def table_name(group: str, language: Language) -> str:
    """What the groups are, as it stands in a sentence."""
    own = {
        "via": "svy_by_via",
        "weekday": "svy_by_weekday",
        "hour": "svy_by_hour",
        "link": "svy_by_link",
        "language": "svy_by_language",
    }
    return say(own[group], language) if group in own else column_name(group, language).lower()


def part_name(part: str | int | None, group: str, language: Language) -> str:
    """What one group is called."""
    if group == "hour" and part is not None:
        return say("svy_hour", language, int(part), int(part) + 1)
    if group == "language":
        words = tongue(str(part or ""))
        return capital((words.nl if language == "nl" else words.en) or say("not_known", language))
    if group == "via":
        return say(f"svy_via_{part}", language)
    if group == "link":
        return str(part or "") or say("svy_by_personal", language)
    if group in ("channel", "device", "weekday", "hour"):
        return value_name(group, part or None, language)
    return str(part)
