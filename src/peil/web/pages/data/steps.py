"""A file on its way in, step by step: its columns, its mapping as text, the trial, the import, the result."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from peil.core.errors import BadMapping
from peil.facts.mapping import parse_mapping
from peil.report.words import say
from peil.report.words.app.told import error_in_words
from peil.web.access import allowed
from peil.web.look import Look, look_of_person
from peil.web.pages.data.mapping import columns_page, save_columns
from peil.web.pages.data.page import noted
from peil.web.pages.data.results import checked_context, done_context, work_context
from peil.web.pages.data.sheets import as_text, file_stem
from peil.web.pages.data.upload.folder import AT_WORK, State, Upload, upload_of_person
from peil.web.pages.data.upload.jobs import start
from peil.web.pages.data.upload.reading import reads_otherwise, state_options
from peil.web.pages.data.upload.tried import mapping_mark
from peil.web.pages.shell import show_plain_page

MOST_MAPPING = 1 << 20  # letters of a mapping


def _found(request: HttpRequest, token: str) -> tuple[Look, Upload, State]:
    """The upload, when it is this person's."""
    look = look_of_person(request)
    upload = upload_of_person(token, look.person.pk)
    if upload is None:
        raise Http404
    return look, upload, noted(look, upload)


def _to(look: Look, name: str, *values: object, **asked: str) -> HttpResponse:
    url = look.state.url(reverse(name, args=values))
    more = "&".join(f"{k}={v}" for k, v in asked.items())
    return HttpResponseRedirect(f"{url}{'&' if '?' in url else '?'}{more}" if more else url)


@allowed("import_data")
@require_safe
def step(request: HttpRequest, token: str) -> HttpResponseBase:
    """The page of where the file is."""
    look, upload, state = _found(request, token)
    shared: dict[str, Any] = {"upload": upload, "state": state, "wrong": _wrong(state, look)}
    if state.stage in AT_WORK and not state.wrong:
        return show_plain_page(
            request, look.person, "data/work/one.html", look=look, **shared, **work_context(look, upload, state)
        )
    if state.stage == "reading":
        return show_plain_page(request, look.person, "data/refused.html", look=look, **shared, options=_OPTIONS)
    if state.stage == "done":
        return show_plain_page(request, look.person, "data/done.html", look=look, **shared, **done_context(look, state))
    fresh = state.tried.get("mapping") == mapping_mark(upload.mapping)
    if state.stage == "checked" and fresh and request.GET.get("step") != "columns":
        return show_plain_page(
            request, look.person, "data/checked.html", look=look, **shared, **checked_context(look, state)
        )
    try:
        return columns_page(request, look, upload, shared=shared)
    except BadMapping as error:  # written as text, and no TOML any more
        shared["wrong"] = (*error_in_words(error.problem, error.remedy, look.language), "")
        return show_plain_page(request, look.person, "data/text.html", look=look, **shared, text=upload.mapping)


@allowed("import_data")
@require_safe
def progress(request: HttpRequest, token: str) -> HttpResponseBase:
    """How far the work is, for a page that asks every second; at its end the page takes its place."""
    look, upload, state = _found(request, token)
    here = look.state.url(reverse("data_upload", args=[token]))
    if state.stage not in AT_WORK or state.wrong:
        page = render(request, "data/work/finished.html", {"here": here}, using="jinja2")
        return page if _by_htmx(request) else HttpResponseRedirect(here)
    if not _by_htmx(request):
        return HttpResponseRedirect(here)
    context = {"look": look, "upload": upload, "state": state, **work_context(look, upload, state)}
    return render(request, "data/work/progress.html", context, using="jinja2")


@allowed("import_data")
@require_POST
def save(request: HttpRequest, token: str) -> HttpResponseBase:
    """The columns as they were filled in: kept, and checked when that was asked and nothing is open."""
    look, upload, state = _found(request, token)
    if state.stage not in ("mapping", "checked"):
        return _to(look, "data_upload", token)
    page = save_columns(request, look, upload)
    if page is not None:
        return page
    if request.POST.get("do") == "check":
        start(upload, "checking")
        return _to(look, "data_upload", token)
    return _to(look, "data_upload", token, step="columns")


@allowed("import_data")
def text(request: HttpRequest, token: str) -> HttpResponseBase:
    """The mapping as text, for who writes it by hand; or as a file."""
    look, upload, state = _found(request, token)
    if state.stage not in ("mapping", "checked"):
        return _to(look, "data_upload", token)
    page: dict[str, Any] = {"upload": upload, "state": state, "wrong": None}
    if request.method != "POST":
        return show_plain_page(request, look.person, "data/text.html", look=look, **page, text=upload.mapping)
    given = request.FILES.get("mapping_file")
    written = given.read(MOST_MAPPING).decode("utf-8-sig", "replace") if given else request.POST.get("mapping", "")
    written = written[:MOST_MAPPING].replace("\r\n", "\n")
    try:
        mapping = parse_mapping(written, "mapping")
    except BadMapping as error:
        if "still to be answered" not in error.problem:  # the form asks it
            wrong = (*error_in_words(error.problem, error.remedy, look.language), "")
            page = {"upload": upload, "state": state, "wrong": wrong}
            answer = show_plain_page(request, look.person, "data/text.html", look=look, **page, text=written)
            answer.status_code = 400
            return answer
        mapping = None
    upload.write_mapping(written)
    upload.change(stage="mapping", wrong=None, tried={})
    if mapping is not None and (other := reads_otherwise(upload, mapping)):
        state_options(upload, **other)
        start(upload, "reading")
    return _to(look, "data_upload", token)


@allowed("import_data")
@require_safe
def download(request: HttpRequest, token: str) -> HttpResponseBase:
    _, upload, state = _found(request, token)
    return as_text(f"{file_stem(state.name.rsplit('.', 1)[0])}.toml", upload.mapping, "application/toml")


@allowed("import_data")
@require_POST
def act(request: HttpRequest, token: str) -> HttpResponseBase:
    """Import, stop, guess again, read again in another way, or throw away."""
    look, upload, state = _found(request, token)
    does = _ACTS.get(request.POST.get("do", ""))
    if does is None:
        raise Http404
    return does(request, look, upload, state) or _to(look, "data_upload", token)


_Act = Callable[[HttpRequest, Look, Upload, State], HttpResponse | None]


def _import(_: HttpRequest, __: Look, upload: Upload, state: State) -> None:
    """Only by the mapping that was looked at."""
    if state.stage == "checked" and state.tried.get("mapping") == mapping_mark(upload.mapping):
        start(upload, "importing")


def _stop(_: HttpRequest, __: Look, upload: Upload, state: State) -> None:
    if state.stage in AT_WORK and not state.wrong:
        upload.cancel(wanted=True)


def _guess(_: HttpRequest, __: Look, upload: Upload, state: State) -> None:
    if state.stage in ("mapping", "checked"):
        upload.write_mapping(upload.draft)
        upload.change(stage="mapping", known_from="", tried={}, wrong=None)


def _read(request: HttpRequest, _: Look, upload: Upload, state: State) -> None:
    if state.stage != "reading" or not state.wrong:
        return
    given: dict[str, Any] = {w: request.POST.get(w, "").strip() for w in ("delimiter", "encoding", "sheet")}
    given["delimiter"] = {"tab": "\t"}.get(given["delimiter"], given["delimiter"])[:1]
    given["encoding"] = given["encoding"] if given["encoding"] in _OPTIONS["encoding"] else ""
    for word in ("skip_rows", "header_rows"):
        number = request.POST.get(word, "").strip()
        given[word] = int(number) if number.isdecimal() and len(number) < 5 else None
    state_options(upload, **given)
    start(upload, "reading")


def _discard(request: HttpRequest, look: Look, upload: Upload, state: State) -> HttpResponse:
    upload.cancel(wanted=True)
    held = upload.lock()
    if held is not None:
        upload.discard()
        held.close()
        messages.info(request, say("discarded_said", look.language, state.name))
    return _to(look, "data_import")


_OPTIONS = {
    "delimiter": (",", ";", "tab", "|"),
    "encoding": ("utf-8", "cp1252", "latin-1", "iso8859-15", "utf-16", "cp850", "mac-roman", "cp1250"),
}
_ACTS: dict[str, _Act] = {"import": _import, "stop": _stop, "guess": _guess, "read": _read, "discard": _discard}


def _wrong(state: State, look: Look) -> tuple[str, str, str] | None:
    """What stopped it: problem, remedy, place."""
    if state.wrong is None:
        return None
    w = state.wrong
    places = [state.name] if w.file else []
    places += [say("wrong_place_row", look.language, f"{w.row}")] if w.row is not None else []
    places += [say("wrong_place_column", look.language, w.column)] if w.column else []
    return (*error_in_words(w.problem, w.remedy, look.language), ", ".join(places))


def _by_htmx(request: HttpRequest) -> bool:
    return bool(getattr(request, "htmx", False))
