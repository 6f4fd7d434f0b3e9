"""A survey as pages show it: its name, its state, the parts of its page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, TypeAlias

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from peil.accounts.models import Person
from peil.accounts.rules import may, sight_of
from peil.report.words import Language, say
from peil.report.words.terms import one_day
from peil.surveys.counting import Days, Teams
from peil.surveys.keeping import Kept, find_survey
from peil.surveys.questionnaires.checks.length import seconds_to_answer
from peil.surveys.questionnaires.questionnaire import Questionnaire
from peil.surveys.questionnaires.texts import Text, fill
from peil.web.access import known_person_of
from peil.web.facts import the_peil
from peil.web.languages import language_of
from peil.web.pages.shell import show_plain_page

State: TypeAlias = Literal["draft", "live", "changed", "ended"]
REMOVED = "survey_removed"  # what was removed last, in the session of who did, so that it can come back
_NO_SCORE = ("text", "contact", "consent")


@dataclass(frozen=True, slots=True)
class Tab:
    """A part of a survey's page."""

    name: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above every part of a survey's page."""

    key: str
    name: str
    state: State
    version: int
    moment: str
    tabs: tuple[Tab, ...]


def survey_or_404(key: str) -> Kept:
    found = find_survey(key)
    if found is None:
        raise Http404
    return found


def teams_of(person: Person) -> Teams:
    """Whose answers this person's counts are over; None: everybody's."""
    sight = sight_of(person)
    if sight.everything:
        return None
    return [str(value) for f in sight.where for value in f.values]


def in_words(text: Text, language: str, questionnaire: Questionnaire) -> str:
    """A text of a questionnaire for colleagues: in their language, else in its first."""
    return text.of(language) or text.of(questionnaire.languages[0] if questionnaire.languages else "nl")


def name_of(questionnaire: Questionnaire, language: str) -> str:
    """What a survey is called; it may be without a name while it is a draft."""
    known = {"organisation": the_peil().warehouse.settings.organisation}
    return fill(in_words(questionnaire.name, language, questionnaire), known).strip() or questionnaire.key


def names_of(surveys: Iterable[Kept], language: str) -> dict[str, str]:
    """What each survey is called, by its key."""
    return {kept.key: name_of(kept.shown, language) for kept in surveys}


def state_of(kept: Kept) -> State:
    if kept.ended_at is not None:
        return "ended"
    if kept.published is None:
        return "draft"
    return "live" if kept.draft is None else "changed"


def asks_of(questionnaire: Questionnaire, language: Language) -> list[str]:
    """What is asked, each kind once, without what stands behind a comma in its name."""
    kinds = [q.meaning for q in questionnaire.questions if q.meaning.form not in _NO_SCORE]
    return list(dict.fromkeys((k.name.nl if language == "nl" else k.name.en).partition(",")[0] for k in kinds))


def length_of(questionnaire: Questionnaire, language: Language) -> str:
    """How many questions and how long they take, in words."""
    count = len(questionnaire.questions)
    asked = say("svy_one_question", language) if count == 1 else say("svy_questions", language, count)
    return say("svy_takes", language, asked, time_in_words(seconds_to_answer(questionnaire), language))


def time_in_words(seconds: float, language: Language) -> str:
    """About how long, in tens of seconds up to a minute and a half, then in minutes."""
    if seconds < 95:
        return say("svy_seconds", language, max(10, 10 * round(seconds / 10)))
    minutes = round(seconds / 60)
    return say("svy_one_minute", language) if minutes == 1 else say("svy_minutes", language, minutes)


def day_of(moment: datetime | None, language: Language) -> str:
    """The day in the organisation's time zone; '' for none."""
    if moment is None:
        return ""
    return one_day(moment.astimezone(the_peil().warehouse.zone).date(), language)


def last_days(count: int) -> Days:
    """So many days of the organisation before today, and today."""
    zone = the_peil().warehouse.zone
    today = timezone.now().astimezone(zone).date()
    return Days(today - timedelta(days=count), today, zone)


def head_of(request: HttpRequest, kept: Kept) -> Head:
    language = language_of(request)
    places = [(name, reverse(route, args=[kept.key])) for name, route in _PARTS]
    return Head(
        kept.key,
        name_of(kept.shown, language),
        state_of(kept),
        kept.published.version if kept.published else 0,
        say(f"svy_moment_{kept.shown.moment}", language),
        tuple(Tab(say(f"svy_tab_{name}", language), url, request.path == url) for name, url in places),
    )


_PARTS = (
    ("questions", "survey"),
    ("links", "survey_links"),
    ("response", "survey_response"),
    ("versions", "survey_versions"),
)


def show_survey_page(
    request: HttpRequest, kept: Kept, template: str, *, status: int = 200, **context: Any
) -> HttpResponse:
    """A part of a survey's page."""
    person = known_person_of(request)
    around = {"kept": kept, "head": head_of(request, kept), "may_edit": may(person, "edit_surveys")}
    return show_plain_page(request, person, f"surveys/{template}", status=status, **(around | context))
