"""The frame of a questionnaire: name, languages, who asks and why, what about, when, and how long answers are kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, cast, get_args

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from peil.board.journeys import journeys
from peil.report.words import Language, say
from peil.surveys.keeping import Changed, Kept, save_draft
from peil.surveys.questionnaires.checks.frame import TONGUES, tongue
from peil.surveys.questionnaires.question import Scope, Subject
from peil.surveys.questionnaires.questionnaire import Moment, Questionnaire
from peil.warehouse.questions.values import column_values
from peil.web.access import allowed
from peil.web.facts import the_peil
from peil.web.languages import language_of
from peil.web.pages.surveys.editing.reading import Form, Reading, Shown, text_fields, typed
from peil.web.pages.surveys.editing.saving import edits_in, to_survey
from peil.web.pages.surveys.editing.wording import FILLS, moment_words, scope_words
from peil.web.pages.surveys.publishing import found_in
from peil.web.pages.surveys.shown import show_survey_page, survey_or_404
from peil.web.recording import recorded

TEXTS = ("name", "sender", "purpose", "welcome", "thanks")
SCOPES: tuple[Scope, ...] = get_args(Scope)
MOMENTS: tuple[Moment, ...] = get_args(Moment)
_LONGEST_NAME = 120
MOST_MONTHS = 120


@allowed("edit_surveys")
@require_http_methods(["GET", "HEAD", "POST"])
@recorded("survey_changed", "frame_changed")
def frame(request: HttpRequest, key: str) -> HttpResponse:
    kept, language = survey_or_404(key), language_of(request)
    if request.method != "POST":
        return _show(request, kept, Shown(fields_of_frame(kept.shown)))
    given = typed(request.POST)
    reading = Reading(given, _languages(given), language)
    draft = _read(reading, kept.shown)
    if reading.wrong:
        return _show(request, kept, Shown(given, reading.wrong))
    try:
        save_draft(key, draft, edits_in(request))
    except Changed:
        return _show(request, survey_or_404(key), Shown(given, late=True))
    return to_survey(key)


def fields_of_frame(questionnaire: Questionnaire) -> dict[str, str]:
    """The form as the questionnaire is now."""
    subject = questionnaire.subject
    fields = {
        "first": questionnaire.languages[0] if questionnaire.languages else "nl",
        "moment": questionnaire.moment,
        "retention_months": str(questionnaire.retention_months),
        "scope": subject.scope,
        "touchpoint": subject.touchpoint,
        "journey": subject.journey,
    }
    fields |= {f"language.{one}": "yes" for one in questionnaire.languages}
    every = list(questionnaire.languages)
    for name in TEXTS:
        fields |= text_fields(name, getattr(questionnaire, name), every)
    return fields | text_fields("subject", subject.words, every)


def read_subject(reading: Reading, before: Subject | None, start: str = "") -> Subject:
    """What is asked about, from the fields that begin with `start`."""
    scope = reading.choice(f"{start}scope", SCOPES, before.scope if before else "relationship")
    named = {name: reading.line(f"{start}{name}") for name in ("touchpoint", "journey")}
    for name, value in named.items():
        if len(value) > _LONGEST_NAME:
            reading.wrong[f"{start}{name}"] = say("svy_err_long", reading.language, _LONGEST_NAME)
    words = reading.text(f"{start}subject", before.words if before else Subject(scope="relationship").words)
    return Subject(scope=cast("Scope", scope), words=words, **named)


def places() -> dict[str, list[str]]:
    """Touchpoints and journeys that are there already: of the journeys that were drawn, and in the facts."""
    drawn = journeys()
    found = {}
    for column in ("touchpoint", "journey"):
        own = [stop.found_in.get(column, "") for journey in drawn for stop in journey.stops]
        found[column] = sorted({*filter(None, own), *column_values(the_peil().warehouse, column)})
    return found


def tongues(language: Language, also: Sequence[str] = ()) -> list[tuple[str, str]]:
    """Every language that is offered, by its name."""
    named = ((one, tongue(one)) for one in dict.fromkeys((*TONGUES, *also)))
    return [(one, words.nl if language == "nl" else words.en) for one, words in named]


def _languages(given: Form) -> tuple[str, ...]:
    """Those that were ticked, the first one first."""
    ticked = [name.removeprefix("language.") for name, value in given.items() if name.startswith("language.") and value]
    first = given.get("first", "")
    return tuple(sorted(ticked, key=lambda one: one != first))


def _read(reading: Reading, before: Questionnaire) -> Questionnaire:
    known = {*TONGUES, *before.languages}
    if not reading.languages or not set(reading.languages) <= known:
        reading.wrong["languages"] = say("svy_err_languages", reading.language)
    elif reading.given.get("first") not in reading.languages:
        reading.wrong["first"] = say("svy_err_first", reading.language)
    texts: dict[str, Any] = {name: reading.text(name, getattr(before, name)) for name in TEXTS}
    return replace(
        before,
        languages=tuple(reading.languages),
        moment=cast("Moment", reading.choice("moment", MOMENTS, before.moment)),
        retention_months=reading.whole("retention_months", 1, MOST_MONTHS, before.retention_months),
        subject=read_subject(reading, before.subject),
        **texts,
    )


def _show(request: HttpRequest, kept: Kept, shown: Shown) -> HttpResponse:
    language, there = language_of(request), kept.shown.languages
    chosen = _languages(shown.given)
    return show_survey_page(
        request,
        kept,
        "editing/frame.html",
        languages=[*(one for one in there if one in chosen), *(one for one in chosen if one not in there)],
        chosen=chosen,
        tongues=tongues(language, there),
        names=dict(tongues(language, (*there, *chosen))),
        scope_words=scope_words(language),
        moment_words=moment_words(language),
        fills=FILLS,
        places=places(),
        findings=[f for f in found_in(kept, language) if f.page is None],
        **shown.context,
    )
