"""A new survey: after a template, as a copy of another, or from a file; and a survey as a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from peil.core.errors import BadInput, BadQuery
from peil.report.words import Language, say
from peil.report.words.app.told import error_in_words
from peil.surveys.keeping import add_survey, all_surveys, find_survey
from peil.surveys.questionnaires.as_json import from_json, to_json
from peil.surveys.questionnaires.question import KEY
from peil.surveys.questionnaires.questionnaire import Questionnaire, copy_questionnaire
from peil.surveys.questionnaires.templates import TEMPLATES, draft_from
from peil.surveys.questionnaires.texts import UNKEEPABLE, Text
from peil.web.access import allowed, known_person_of
from peil.web.languages import language_of
from peil.web.pages.shell import show_plain_page
from peil.web.pages.surveys.shown import name_of, survey_or_404
from peil.web.pages.surveys.templates import offers_by_moment
from peil.web.recording import recorded

LONGEST_NAME = 200
LARGEST_FILE = 2_000_000


@dataclass(frozen=True, slots=True)
class Begun:
    """What a new survey is made after, and what was filled in about it."""

    field: str  # template or copy
    source: str
    after: str  # its name
    draft: Questionnaire
    key: str
    names: Mapping[str, str]


@allowed("edit_surveys")
@require_http_methods(["GET", "HEAD", "POST"])
@recorded("survey_changed", "added", named="key")
def new(request: HttpRequest) -> HttpResponse:
    """Choose what to begin from; then name it."""
    begun = _begun(request)
    if begun is None:
        return _choose(request)
    wrong = _check(begun, language_of(request)) if request.method == "POST" else {}
    if request.method != "POST" or wrong:
        return show_plain_page(
            request,
            known_person_of(request),
            "surveys/begin.html",
            begun=begun,
            wrong=wrong,
            status=400 if wrong else 200,
        )
    name = Text(tuple((language, words) for language, words in begun.names.items() if words))
    return _made(copy_questionnaire(begun.draft, begun.key, name))


@allowed("edit_surveys")
@require_POST
@recorded("survey_changed", "added_from_file", named="key")
def from_file(request: HttpRequest) -> HttpResponse:
    """Read a survey in; what is wrong with it stands below the field, with its place."""
    language = language_of(request)
    written, wrong = _written(request, language)
    key = request.POST.get("key", "").strip()
    if not wrong:
        try:
            draft = from_json(written)
        except BadInput as error:
            wrong = {"text": " ".join(error_in_words(error.problem, error.remedy, language))}
        else:
            draft = replace(draft, key=key or draft.key)
            wrong = _check_key(draft.key, language)
            if not wrong:
                return _made(draft)
    return _choose(request, {"text": written, "key": key}, wrong)


@allowed("see_surveys")
@require_safe
def as_file(request: HttpRequest, key: str) -> HttpResponse:  # noqa: ARG001
    """What is worked on, else what is live, as JSON that `from_file` takes."""
    kept = survey_or_404(key)
    response = HttpResponse(to_json(kept.shown), content_type="application/json; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{kept.key}.json"'
    return response


def _begun(request: HttpRequest) -> Begun | None:
    given = request.POST if request.method == "POST" else request.GET
    language = language_of(request)
    if given.get("template") in TEMPLATES:
        field, source = "template", str(given["template"])
        draft = draft_from(source)
        words = TEMPLATES[source].name
        after = words.nl if language == "nl" else words.en
    elif given.get("copy") and find_survey(str(given["copy"])):
        field, source = "copy", str(given["copy"])
        draft = survey_or_404(source).shown
        after = name_of(draft, language)
    elif "template" in given or "copy" in given:
        raise Http404
    else:
        return None
    if request.method == "POST":
        names = {one: _line(given.get(f"name.{one}", "")) for one in draft.languages}
        return Begun(field, source, after, draft, given.get("key", "").strip(), names)
    return Begun(
        field, source, after, draft, _free_key(draft.key), {one: draft.name.of(one) for one in draft.languages}
    )


def _check(begun: Begun, language: Language) -> dict[str, str]:
    wrong = _check_key(begun.key, language)
    for one, name in begun.names.items():
        if not 0 < len(name) <= LONGEST_NAME:
            wrong[f"name.{one}"] = say("svy_err_name", language)
    return wrong


def _check_key(key: str, language: Language) -> dict[str, str]:
    if not KEY.fullmatch(key):
        return {"key": say("svy_err_key", language)}
    return {"key": say("svy_err_key_taken", language)} if find_survey(key) else {}


def _made(draft: Questionnaire) -> HttpResponse:
    kept = add_survey(draft)
    return HttpResponseRedirect(reverse("survey", args=[kept.key]))


def _choose(
    request: HttpRequest, given: Mapping[str, str] | None = None, wrong: Mapping[str, str] | None = None
) -> HttpResponse:
    language = language_of(request)
    return show_plain_page(
        request,
        known_person_of(request),
        "surveys/new.html",
        offers=offers_by_moment(language),
        surveys=[(k.key, name_of(k.shown, language)) for k in all_surveys()],
        given=given or {"text": "", "key": ""},
        wrong=wrong or {},
        status=400 if request.method == "POST" else 200,
    )


def _written(request: HttpRequest, language: Language) -> tuple[str, dict[str, str]]:
    """What was uploaded, else what was pasted."""
    file = request.FILES.get("file")
    if file is None:
        text = request.POST.get("text", "")
        return text, {} if text.strip() else {"text": say("svy_err_file_none", language)}
    if (file.size or 0) > LARGEST_FILE:
        return "", {"text": say("svy_err_file_large", language)}
    try:
        return file.read().decode("utf-8-sig"), {}
    except UnicodeDecodeError:
        return "", {"text": say("svy_err_file_text", language)}


def _free_key(key: str) -> str:
    """A key that no survey has, made of this one."""
    taken = {k.key for k in all_surveys()}
    tried = (f"{key[:36]}_{number}" for number in range(2, len(taken) + 3))
    return key if key not in taken else next(k for k in tried if k not in taken)


def _line(words: str) -> str:
    if UNKEEPABLE.search(words):
        raise BadQuery("A value holds a character that no text has.", "Write it without that character.")
    return " ".join(words.split())
