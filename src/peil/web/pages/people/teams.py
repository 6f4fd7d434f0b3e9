"""Teams that are named before the facts have them."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from peil.accounts.people import add_team, remove_team
from peil.report.words import say
from peil.web.access import allowed, known_person_of
from peil.web.languages import language_of
from peil.web.pages.people.page import show_people

MOST = 200  # characters


@allowed("manage_people")
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    name, language = request.POST.get("team", "").strip(), language_of(request)
    if not name or len(name) > MOST or not name.isprintable():
        return show_people(request, wrong={"team": say("team_name_wrong", language, MOST)})
    new = add_team(known_person_of(request), name)
    messages.success(request, say("team_added_said" if new else "team_there_said", language, name))
    return HttpResponseRedirect(reverse("people") + "#teams")


@allowed("manage_people")
@require_POST
def remove(request: HttpRequest) -> HttpResponse:
    """Take away a team that nobody is in; adding it again undoes it."""
    name = request.POST.get("team", "")
    if not remove_team(known_person_of(request), name):
        raise Http404
    messages.success(request, say("team_removed_said", language_of(request), name))
    return HttpResponseRedirect(reverse("people") + "#teams")
