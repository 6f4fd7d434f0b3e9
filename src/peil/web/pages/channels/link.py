"""Setting up a link: when a widget asks, with which PIN a kiosk starts, what stands below a sheet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from peil.accounts.rules import may
from peil.core.errors import BadQuery
from peil.report.words import Language, say
from peil.surveys.channels.pins import has_pin, set_pin
from peil.surveys.channels.proven import key_of, renew_key
from peil.surveys.channels.rules import LONGEST_PATH, MOST_PATHS, THEMES, Rules, Theme, read_rules, with_rules
from peil.surveys.links import OpenLink, change_link
from peil.surveys.questionnaires.texts import UNKEEPABLE
from peil.web.access import allowed, known_person_of
from peil.web.asking.drawing import CALLED
from peil.web.languages import language_of
from peil.web.pages.channels.shown import link_with_page, show_link_page
from peil.web.pages.surveys.shown import survey_or_404
from peil.web.recording import recorded

_NUMBERS = {"after": (0, 3600), "scroll": (0, 100), "share": (1, 100), "rest_days": (0, 365)}
LONGEST_BACK = 200


@allowed("see_surveys")
@require_http_methods(["GET", "HEAD", "POST"])
def channel(request: HttpRequest, id: int) -> HttpResponseBase:
    """Who sees surveys sees how it is set up; who edits them changes it."""
    return change(request, id=id) if request.method == "POST" else _show(request, link_with_page(id))


@allowed("edit_surveys")
@recorded("survey_changed", "link_settings")
def change(request: HttpRequest, id: int) -> HttpResponse:
    link, language = link_with_page(id), language_of(request)
    if link.kind == "paper":
        back = " ".join(request.POST.get("back", "").split())
        if len(back) > LONGEST_BACK or UNKEEPABLE.search(back):
            wrong = {"back": say("chn_back_err", language, LONGEST_BACK)}
            return _show(request, link, {"back": back}, wrong)
        change_link(link.id, {**link.settings, "back": back})
        return _done(request, id, "chn_saved")
    if link.kind not in ("widget", "chat_end"):
        raise Http404
    given = {name: request.POST.get(name, "") for name in (*_NUMBERS, "leaving", "paths", "theme", "language")}
    rules, wrong = _read(given, _languages(link), language)
    if rules is None:
        return _show(request, link, given, wrong)
    change_link(link.id, with_rules(link.settings, rules))
    return _done(request, id, "chn_saved_widget")


@allowed("edit_surveys")
@require_POST
@recorded("survey_changed", "link_key")
def renew(request: HttpRequest, id: int) -> HttpResponse:
    link = link_with_page(id)
    if link.kind not in ("widget", "chat_end"):
        raise Http404
    renew_key(link)
    return _done(request, id, "chn_key_renewed")


@allowed("edit_surveys")
@require_POST
@recorded("survey_changed", "link_settings")
def pin(request: HttpRequest, id: int) -> HttpResponse:
    link = link_with_page(id)
    if link.kind != "kiosk":
        raise Http404
    try:
        set_pin(link, request.POST.get("pin", "").strip())
    except BadQuery:
        return _show(request, link, {}, {"pin": say("chn_pin_err", language_of(request))})
    return _done(request, id, "chn_pin_saved")


def _done(request: HttpRequest, id: int, words: str) -> HttpResponse:
    messages.success(request, say(words, language_of(request)))
    return HttpResponseRedirect(reverse("channel", args=[id]))


def _languages(link: OpenLink) -> tuple[str, ...]:
    kept = survey_or_404(link.survey)
    return (kept.published or kept.shown).languages


def _show(
    request: HttpRequest, link: OpenLink, given: Mapping[str, str] | None = None, wrong: Mapping[str, str] | None = None
) -> HttpResponse:
    template = {"chat_end": "widget.html", "kiosk": "link_kiosk.html"}.get(link.kind, f"{link.kind}.html")
    person = known_person_of(request)
    return show_link_page(
        request, link, template, status=400 if wrong else 200, wrong=wrong or {}, peil=settings.PEIL_ADDRESS,
        given=given or _given(link), themes=THEMES, most=_NUMBERS, most_letters=LONGEST_BACK,
        languages=[(code, CALLED.get(code, code)) for code in _languages(link)], has_pin=has_pin(link),
        key=key_of(link) if may(person, "edit_surveys") else "",
    )  # fmt: skip


def _given(link: OpenLink) -> dict[str, str]:
    """What stands in the fields."""
    rules = read_rules(link.settings)
    told = {name: str(getattr(rules, name)) for name in (*_NUMBERS, "theme", "language")}
    return told | {
        "leaving": "yes" if rules.leaving else "", "paths": "\n".join(rules.paths), "back": str(link.settings.get("back", "")),
    }  # fmt: skip


def _read(
    given: Mapping[str, str], languages: tuple[str, ...], language: Language
) -> tuple[Rules | None, dict[str, str]]:
    """The rules of a form; None with what is wrong at which field."""
    numbers = {name: _number(given[name]) for name in _NUMBERS}
    wrong = {
        name: say("chn_err_number", language, low, high)
        for name, (low, high) in _NUMBERS.items()
        if not low <= _or_none(numbers[name]) <= high
    }
    paths = tuple(line.strip() for line in given["paths"].splitlines() if line.strip())
    if len(paths) > MOST_PATHS or any(not _is_path(p) for p in paths):
        wrong["paths"] = say("chn_err_paths", language, MOST_PATHS, LONGEST_PATH)
    if given["theme"] not in THEMES:
        wrong["theme"] = say("chn_err_choice", language)
    if given["language"] not in ("", *languages):
        wrong["language"] = say("chn_err_choice", language)
    if wrong:
        return None, wrong
    whole = {name: number for name, number in numbers.items() if number is not None}
    return Rules(
        after=whole["after"], scroll=whole["scroll"], share=whole["share"], rest_days=whole["rest_days"],
        leaving=bool(given["leaving"]), paths=paths, theme=cast("Theme", given["theme"]), language=given["language"],
    ), {}  # fmt: skip


def _number(said: str) -> int | None:
    said = said.strip()
    return int(said) if said.isascii() and said.isdigit() and len(said) < 7 else None


def _or_none(number: int | None) -> int:
    """Below every bound where nothing was read."""
    return -1 if number is None else number


def _is_path(path: str) -> bool:
    return path.startswith(("/", "*")) and len(path) <= LONGEST_PATH and " " not in path and not UNKEEPABLE.search(path)
