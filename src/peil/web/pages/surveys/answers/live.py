"""Answers as they come: the newest first, of one's own teams; with a script every five seconds anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from peil.accounts.rules import may, sees_rows_of
from peil.report.words import Language, say
from peil.report.words.terms import one_day, value_name
from peil.surveys.keeping import all_surveys
from peil.surveys.newest import Group, Newest, newest_answers_for_person
from peil.surveys.questionnaires.question import Answer, Question
from peil.surveys.questionnaires.questionnaire import words_of
from peil.surveys.questionnaires.scales import parts_of
from peil.web.access import allowed, known_person_of
from peil.web.facts import the_peil
from peil.web.languages import language_of
from peil.web.pages.shell import show_plain_page
from peil.web.pages.surveys.shown import name_of

GROUPS = get_args(Group)


@dataclass(frozen=True, slots=True)
class Said:
    """One answer in words. `words` are the customer's own."""

    question: str
    given: str
    words: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One submission in the list."""

    number: str
    survey: str
    when: str
    about: str
    group: str
    score: str
    said: tuple[Said, ...]
    doubts: tuple[str, ...]
    language: str


@allowed("see_rows")
@require_safe
def newest_answers(request: HttpRequest) -> HttpResponse:
    person, language = known_person_of(request), language_of(request)
    if not sees_rows_of(person, "answers"):
        raise PermissionDenied
    surveys = [k for k in all_surveys() if k.published is not None and not k.published.anonymous]
    survey = next((k.key for k in surveys if k.key == request.GET.get("survey")), "")
    group = next((g for g in GROUPS if g == request.GET.get("group")), "")
    zone = the_peil().warehouse.zone
    paused = request.GET.get("paused") == "yes"
    chosen = {name: value for name, value in (("survey", survey), ("group", group)) if value}
    other = chosen if paused else {**chosen, "paused": "yes"}
    address = reverse("survey_answers")
    return show_plain_page(
        request,
        person,
        "surveys/answers/newest.html",
        rows=[_shown(n, language, zone) for n in newest_answers_for_person(person, survey, group)],
        surveys=[(k.key, name_of(k.shown, language)) for k in surveys],
        survey=survey,
        group=group,
        groups=GROUPS,
        may_list=may(person, "see_surveys"),
        paused=paused,
        here=f"{address}?{urlencode(chosen)}" if chosen else address,
        other=f"{address}?{urlencode(other)}" if other else address,
        at=timezone.now().astimezone(zone).strftime("%H.%M.%S" if language == "nl" else "%H:%M:%S"),
    )


def _shown(newest: Newest, language: Language, zone: ZoneInfo) -> Shown:
    asked = {q.key: q for q in newest.questionnaire.questions}
    said = [_said(newest, asked[a.question], a, language) for a in newest.answers if a.question in asked]
    at = newest.at.astimezone(zone)
    clock = at.strftime("%H.%M" if language == "nl" else "%H:%M")
    about = [value_name("channel", newest.channel, language) if newest.channel else "", newest.team]
    first = next((a for a in newest.answers if a.score is not None and _is_scored(asked.get(a.question))), None)
    return Shown(
        number=newest.number,
        survey=name_of(newest.questionnaire, language),
        when=f"{one_day(at.date(), language)}, {clock}",
        about=" · ".join(filter(None, about)),
        group=newest.group or "",
        score="" if first is None else _score(asked[first.question], first, language),
        said=tuple(said),
        doubts=tuple(say(f"svy_doubt_{d}", language) for d in newest.doubts),
        language=newest.language,
    )


def _is_scored(question: Question | None) -> bool:
    return question is not None and question.meaning.form in ("scale", "pair", "yes_no")


def _said(newest: Newest, question: Question, answer: Answer, language: Language) -> Said:
    asked, shown = newest.questionnaire, newest.language or newest.questionnaire.languages[0]
    known = {"organisation": the_peil().warehouse.settings.organisation}
    text = words_of(asked, question.text, shown, known, question)
    own = [answer.text] if question.meaning.form == "text" else []
    own += [words for _, words in answer.words]
    return Said(text, _given(question, answer, shown, language), "\n".join(filter(None, own)))


def _given(question: Question, answer: Answer, shown: str, language: Language) -> str:
    if answer.dont_know:
        return question.dont_know.of(shown)
    form = question.meaning.form
    if form == "choice":
        options = {o.key: o.text.of(shown) for o in question.options}
        return ", ".join(options.get(c, c) for c in answer.choices)
    if form == "points":
        names = dict(parts_of(question, shown))
        return ", ".join(f"{names.get(d, d)}: {p}" for d, p in answer.points)
    return "" if answer.score is None else _score(question, answer, language)


def _score(question: Question, answer: Answer, language: Language) -> str:
    """Yes and no as words; a score with the end of its scale."""
    if question.meaning.form in ("yes_no", "contact", "consent"):
        return say("yes" if answer.score else "no", language)
    top = question.scale[1] if question.scale else ""
    given = say("svy_score_of", language, answer.score, top)
    return f"{given}, {say('svy_expected_score', language, answer.expected)}" if answer.expected is not None else given
