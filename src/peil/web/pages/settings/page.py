"""The page of the settings: fill in, see what changes, save; and one step back."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from peil.ops.outbox import is_waiting
from peil.report.words import Language, say
from peil.warehouse.questions.values import column_values
from peil.warehouse.settings import Settings
from peil.web.access import allowed, known_person_of
from peil.web.facts import the_peil
from peil.web.languages import language_of
from peil.web.pages.settings.changes import Change, changes, needs_rebuild
from peil.web.pages.settings.environment import environment
from peil.web.pages.settings.fields import NEW_KPI, NEW_VALUE, label_of, sections, texts_of, zones
from peil.web.pages.settings.keeping import REBUILD, ChangedMeanwhile, Kept, keep, read_kept, undo, undoable
from peil.web.pages.settings.reading import Reading
from peil.web.pages.shell import show_plain_page

MOST_CHANNELS = 30


@dataclass(frozen=True, slots=True)
class Preview:
    """What would change, and what that brings along; `notice` says why it is shown once more."""

    changes: list[Change]
    anew: bool
    seen: str
    notice: str = ""


@allowed("change_settings")
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    language, kept = language_of(request), read_kept()
    texts = texts_of(kept.settings, _channels(kept.settings), language)
    if request.method != "POST":
        return _page(request, kept, texts)
    texts = _filled_in(texts, request.POST)
    reading = Reading(texts, kept.settings, language)
    new = reading.settings()
    if reading.errors:
        return _page(request, kept, texts, errors=reading.errors)
    preview = _preview(request, kept, new, language)
    if request.POST.get("do") != "save" or preview.notice or not preview.changes:
        return _page(request, kept, texts, preview=preview)
    try:
        anew = keep(new, kept.mark, known_person_of(request))
    except ChangedMeanwhile:
        return HttpResponseRedirect(_here(request))
    return _back(request, "settings_saved", language, anew=anew)


@allowed("change_settings")
@require_POST
def undo_last(request: HttpRequest) -> HttpResponse:
    language = language_of(request)
    try:
        anew = undo(known_person_of(request))
    except ChangedMeanwhile:
        return _back(request, "settings_not_undone", language, anew=False)
    return _back(request, "settings_undone", language, anew=anew)


def _back(request: HttpRequest, said: str, language: Language, *, anew: bool) -> HttpResponse:
    words = [say(said, language), *([say("settings_anew_said", language)] if anew else [])]
    messages.success(request, " ".join(words))
    return HttpResponseRedirect(_here(request))


def _here(request: HttpRequest) -> str:
    """This page, in the language that the address asked for."""
    said = request.GET.get("language", "")
    return reverse("settings") + (f"?language={said}" if said in ("nl", "en") else "")


def _channels(settings: Settings) -> list[str]:
    """Those of the facts, and those that have a norm already."""
    held = column_values(the_peil().warehouse, "channel", MOST_CHANNELS)
    return list(dict.fromkeys([*held, *(channel for channel, _ in settings.targets)]))


def _filled_in(texts: dict[str, str], given: QueryDict) -> dict[str, str]:
    """The fields of the page as they were sent; what was not sent stays as it is."""
    found = {name: given.get(name, text).replace("\r\n", "\n") for name, text in texts.items()}
    return found | {name: given.get(name, "") for name in (NEW_KPI, NEW_VALUE)}


def _preview(request: HttpRequest, kept: Kept, new: Settings, language: Language) -> Preview:
    told = changes(kept.settings, new, language)
    named = [(c.name, c.before, c.after) for c in told]
    seen = hashlib.sha256(json.dumps(named).encode()).hexdigest()[:16]
    notice = ""
    if request.POST.get("mark", kept.mark) != kept.mark:
        notice = say("settings_meanwhile", language)
    elif request.POST.get("do") == "save" and request.POST.get("seen") != seen:
        notice = say("settings_look_again", language)
    return Preview(told, needs_rebuild(kept.settings, new), seen, notice)


def _page(
    request: HttpRequest,
    kept: Kept,
    texts: dict[str, str],
    *,
    errors: dict[str, str] | None = None,
    preview: Preview | None = None,
) -> HttpResponse:
    language = language_of(request)
    return show_plain_page(
        request,
        known_person_of(request),
        "settings/page.html",
        status=400 if errors else 200,
        sections=sections(texts, errors or {}, language),
        errors=[(name, label_of(name, language)) for name in errors or {}],
        preview=preview,
        mark=kept.mark,
        undoable=undoable(),
        rebuilding=is_waiting(REBUILD),
        per_person=kept.settings.per_person,
        zones=zones(),
        environment=environment(language),
    )
