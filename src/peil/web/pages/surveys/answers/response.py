"""Response of one survey: who answers, by when and how they were asked; where people stop; doubts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from peil.core.kpi import Estimate
from peil.report.words import Language, say
from peil.report.words.changes import capital
from peil.report.words.figures import count, duration
from peil.report.words.terms import days as days_in_words
from peil.surveys.counting import RIPE_DAYS, Asked, as_far_as_told
from peil.surveys.keeping import Kept
from peil.surveys.responding import (
    AnswerGroup,
    Course,
    Period,
    RequestGroup,
    answers_by_group_for_teams,
    course_for_teams,
    median_of,
    requests_by_group_for_teams,
    sendings_for_teams,
)
from peil.web.access import allowed, known_person_of
from peil.web.facts import the_peil
from peil.web.languages import language_of
from peil.web.pages.surveys.answers.tables import Line, line_of_counts, line_of_figure, table_name
from peil.web.pages.surveys.rates import Share, share_of, share_of_counts, smallest
from peil.web.pages.surveys.shown import last_days, show_survey_page, survey_or_404, teams_of
from peil.web.pages.surveys.sketch import shown_language, text_in_outline

DAYS = (30, 90, 365)
USUAL = 90
IN_FACTS = ("channel", "weekday", "hour")  # the rest is counted of the requests


@dataclass(frozen=True, slots=True)
class Table:
    """Groups beside each other."""

    title: str
    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Doubt:
    """Answers that are doubted for one reason."""

    name: str
    explained: str
    count: str


@allowed("see_surveys")
@require_safe
def response(request: HttpRequest, key: str) -> HttpResponse:
    kept, language, person = survey_or_404(key), language_of(request), known_person_of(request)
    given = request.GET.get("days", "")
    days = next((d for d in DAYS if str(d) == given), USUAL)
    period = Period(survey=key, teams=teams_of(person), days=as_far_as_told(last_days(days)), now=timezone.now())
    anonymous = kept.shown.anonymous or (kept.published is not None and kept.published.anonymous)
    sent, course = sendings_for_teams(period), course_for_teams(period)
    shown = course.begun >= smallest()
    return show_survey_page(
        request,
        kept,
        "answers/response.html",
        days=days,
        choices=DAYS,
        span=days_in_words(period.days.first, last_days(0).today, language),
        ripe=RIPE_DAYS,
        least=smallest(),
        anonymous=anonymous,
        total=_total(period, language),
        numbers=[(name, count(getattr(sent, name), language)) for name in ("sent", "answered", "bounced", "held_back")],
        asked=() if anonymous else tuple(_asked_tables(period, language)),
        begun=count(course.begun, language),
        unfinished=count(course.begun - course.finished, language),
        finished=share_of_counts(Asked(course.begun, course.finished), language),
        ends=() if anonymous else tuple(_answer_tables(period, language)),
        stops=_stops(kept, course, language) if shown else (),
        time=_time(course, language) if not anonymous else "",
        doubts=_doubts(course, language) if shown else (),
    )


def _total(period: Period, language: Language) -> Share:
    """As the overview has it. Invitations of the facts know no team: who sees some teams alone gets what is counted
    of the requests themselves."""
    if period.teams is None:
        found = _figures(period, ())
        return share_of(found[0] if found else None, language)
    by_channel = requests_by_group_for_teams(period, "channel").values()
    return share_of_counts(Asked(sum(a.reached for a in by_channel), sum(a.answered for a in by_channel)), language)


def _figures(period: Period, by: Sequence[str]) -> list[Estimate]:
    """The response of this survey in the facts; a group that has no name there is left out."""
    found = the_peil().kpi("response_rate", by=by, where={"survey": period.survey}, since=period.days.first)
    return [e for e in found if all(column in e.group for column in by)]


def _asked_tables(period: Period, language: Language) -> list[Table]:
    """Who was asked: by channel as the facts have it where they can tell, by the rest as it was sent."""
    tables = []
    for group in get_args(RequestGroup):
        if group in IN_FACTS and period.teams is None:
            lines = [line_of_figure(e, group, language) for e in _figures(period, [group])]
        else:
            lines = _lines(requests_by_group_for_teams(period, group), group, language)
        tables.append(_table("svy_rate_by", group, lines, language))
    return [t for t in tables if len(t.lines) > 1]


def _answer_tables(period: Period, language: Language) -> list[Table]:
    """Who finished of those who began."""
    tables = []
    for group in get_args(AnswerGroup):
        lines = _lines(answers_by_group_for_teams(period, group), group, language)
        if len(lines) > 1:
            tables.append(_table("svy_finished_by", group, lines, language))
    return tables


def _table(title: str, group: str, lines: Sequence[Line], language: Language) -> Table:
    name = table_name(group, language)
    return Table(say(title, language, name), capital(name), tuple(lines))


def _lines(counted: Mapping[str, Asked] | Mapping[str | int, Asked], group: str, language: Language) -> list[Line]:
    """In the order of the clock and the week; else the largest first."""
    parts = list(counted.items())
    ordered = group in ("weekday", "hour")
    parts.sort(key=lambda p: (p[0] if ordered else -p[1].reached, str(p[0])))
    return [line_of_counts(part, asked, group, language) for part, asked in parts]


def _stops(kept: Kept, course: Course, language: Language) -> Sequence[Line]:
    """After which question those stopped who did not finish, in the order of the questions."""
    asked = kept.published or kept.shown
    shown = shown_language(asked, language)
    names = {q.key: text_in_outline(asked, q, shown) for q in asked.questions}
    order = [*names, *sorted(k for k in course.stopped if k not in names)]
    return [
        line_of_counts(names.get(key, key or "–"), Asked(course.begun, course.stopped[key]), "", language)
        for key in order
        if key in course.stopped
    ]


def _time(course: Course, language: Language) -> str:
    found = median_of(course.seconds) if len(course.seconds) >= smallest() else None
    if found is None:
        return ""
    middle, low, high = (duration(s, language) for s in found)
    return say("svy_time_said", language, middle, low, high, count(len(course.seconds), language))


def _doubts(course: Course, language: Language) -> list[Doubt]:
    return [
        Doubt(say(f"svy_doubt_{flag}", language), say(f"svy_doubt_{flag}_sub", language), count(n, language))
        for flag, n in course.flags.items()
    ]
