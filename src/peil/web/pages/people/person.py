"""One person: role, teams, and whether the account is open."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from peil.accounts.people import LastAdministrator, change_person, deactivate, find_person, reactivate
from peil.report.words import say
from peil.web.access import allowed, known_person_of
from peil.web.languages import language_of
from peil.web.pages.people.page import PlaceForm, roles
from peil.web.pages.shell import show_plain_page


@allowed("manage_people")
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest, person_id: int) -> HttpResponse:
    by, row = known_person_of(request), find_person(person_id)
    if row is None:
        raise Http404
    initial = {
        "role": row.place.role.value,
        "teams": list(row.place.teams),
        "employee_id": row.place.employee_id,
        "language_of_person": row.place.language,
    }
    form = PlaceForm(request, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            change_person(by, person_id, form.place())
        except LastAdministrator:
            form.add_error("role", form.say("last_administrator"))
        else:
            messages.success(request, form.say("person_saved", row.name or row.email))
            return HttpResponseRedirect(reverse("people"))
    return show_plain_page(
        request, by, "people/person.html",
        form=form, row=row, roles=roles(language_of(request)), status=400 if form.errors else 200,
    )  # fmt: skip


@allowed("manage_people")
@require_POST
def activate(request: HttpRequest, person_id: int) -> HttpResponse:
    """Close an account or open it again; one is the way back from the other."""
    by, language = known_person_of(request), language_of(request)
    opens = request.POST.get("active") == "yes"
    try:
        there = reactivate(by, person_id) if opens else deactivate(by, person_id)
    except LastAdministrator:
        messages.error(request, say("last_administrator", language))
        return HttpResponseRedirect(reverse("person", args=[person_id]))
    row = find_person(person_id)
    if not there or row is None:
        raise Http404
    said = "person_reactivated_said" if opens else "person_deactivated_said"
    messages.success(request, say(said, language, row.name or row.email))
    return HttpResponseRedirect(reverse("people"))
