"""Saved views: a page in a state under a name, for oneself or for others."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import Resolver404, resolve, reverse
from django.views.decorators.http import require_POST

from peil.accounts.rules import Role, may
from peil.board.views import (
    LONGEST_NAME,
    View,
    clean_name,
    remove_view,
    removed_view,
    rename_view,
    restore_view,
    save_view,
    share_view,
    teams_to_share_with,
    view_for,
    views_for,
)
from peil.core.errors import BadQuery, UserError
from peil.report.words import Language, say
from peil.web.access import allowed
from peil.web.look import Look, look_of_person
from peil.web.pages.shell import show_page
from peil.web.recording import recorded
from peil.web.state import read_state

_SAVED = ("see_figures", "see_employees")  # what a page shows that can be saved


@dataclass(frozen=True, slots=True)
class Place:
    """A page that can be saved, in one state."""

    path: str
    parameters: str

    @property
    def url(self) -> str:
        return f"{self.path}?{self.parameters}" if self.parameters else self.path


@allowed("see_figures")
def views(request: HttpRequest) -> HttpResponse:
    return _page(request, look_of_person(request))


def _page(request: HttpRequest, look: Look, wrong: tuple[int, str] | None = None) -> HttpResponse:
    found = views_for(look.person)
    gone = request.GET.get("removed", "")
    response = show_page(
        request,
        look,
        "board/own_views/list.html",
        own=[v for v in found if v.own],
        shared=[v for v in found if not v.own],
        may_share=may(look.person, "share_views"),
        choices=_sharing(look),
        longest=LONGEST_NAME,
        removed=removed_view(look.person, int(gone)) if gone.isdecimal() and len(gone) < 16 else None,
        wrong=wrong,
    )
    response.status_code = 422 if wrong else 200
    return response


def _sharing(look: Look) -> list[tuple[str, str]]:
    """With whom a view can be shared, in words."""
    if not may(look.person, "share_views"):
        return []
    language = look.language
    found = [("", say("share_nobody", language)), ("everyone", say("share_everyone", language))]
    found += [(f"role:{r.value}", say("share_role", language, say(f"role_{r.value}", language))) for r in Role]
    found += [(f"team:{pk}", say("share_team", language, name)) for pk, name in teams_to_share_with(look.person)]
    return found


@allowed("see_figures")
@recorded("view_changed", "saved", named="name")
def new(request: HttpRequest) -> HttpResponse:
    """Name the page that one came from; saving leads back to it."""
    look = look_of_person(request)
    given = request.POST if request.method == "POST" else request.GET
    place = _place(given.get("page", ""), look)
    name, error = given.get("name", ""), ""
    if request.method == "POST":
        error = _wrong_name(name, look.language)
        if not error:
            save_view(look.person, name, place.path, place.parameters)
            return HttpResponseRedirect(reverse("board_views"))
    response = show_page(
        request, look, "board/own_views/new.html", place=place, given_name=name, error=error, longest=LONGEST_NAME
    )
    response.status_code = 422 if error else 200
    return response


def _wrong_name(name: str, language: Language) -> str:
    """What is wrong with a name, in words; '' where nothing is."""
    try:
        clean_name(name)
    except UserError:
        return say("view_name_too_long" if name.strip() else "view_name_missing", language, LONGEST_NAME)
    return ""


def _place(url: str, look: Look) -> Place:
    """A page of Peil's own that shows figures, with its state as it is usually written; nothing else is kept."""
    parts = urlsplit(url)
    refused = BadQuery("That is no page that can be saved.", "Save a page with figures.")
    if parts.scheme or parts.netloc or not parts.path.startswith("/") or len(url) > 4_000:
        raise refused
    try:
        match = resolve(parts.path)
    except Resolver404:
        raise refused from None
    if (
        getattr(match.func, "peil_action", "") not in _SAVED
        or match.url_name is None
        or match.url_name.startswith("board")
    ):
        raise refused
    if len(parts.path) > 300:
        raise refused
    state = read_state(QueryDict(parts.query), look.today)
    return Place(parts.path, urlencode([(k, v) for k, v in state.parameters if k != "language"]))


@allowed("see_figures")
def open_view(request: HttpRequest, view_id: int) -> HttpResponse:
    """To the page itself: who opens it sees it with the own rights."""
    view = view_for(look_of_person(request).person, view_id)
    if view is None:
        raise Http404
    return HttpResponseRedirect(view.url)


@require_POST
@allowed("see_figures")
@recorded("view_changed", "renamed", named="name")
def rename(request: HttpRequest, view_id: int) -> HttpResponse:
    look, name = look_of_person(request), request.POST.get("name", "")
    _own(look, view_id)
    wrong = _wrong_name(name, look.language)
    if wrong:
        return _page(request, look, (view_id, wrong))
    rename_view(look.person, view_id, name)
    return HttpResponseRedirect(reverse("board_views"))


@require_POST
@allowed("share_views")
@recorded("view_shared", "shared", named="with")
def share(request: HttpRequest, view_id: int) -> HttpResponse:
    look = look_of_person(request)
    _own(look, view_id)
    share_view(look.person, view_id, request.POST.get("with", ""))
    return HttpResponseRedirect(reverse("board_views"))


@require_POST
@allowed("see_figures")
@recorded("view_changed", "removed")
def remove(request: HttpRequest, view_id: int) -> HttpResponse:
    look = look_of_person(request)
    _own(look, view_id)
    remove_view(look.person, view_id)
    return HttpResponseRedirect(f"{reverse('board_views')}?removed={view_id}")


@require_POST
@allowed("see_figures")
@recorded("view_changed", "restored")
def restore(request: HttpRequest, view_id: int) -> HttpResponse:
    if not restore_view(look_of_person(request).person, view_id):
        raise Http404
    return HttpResponseRedirect(reverse("board_views"))


def _own(look: Look, view_id: int) -> View:
    """The view, when it is this person's own; to others it does not exist."""
    view = view_for(look.person, view_id)
    if view is None or not view.own:
        raise Http404
    return view
