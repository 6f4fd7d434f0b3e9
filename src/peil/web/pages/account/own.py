"""One's own account: name, language, password, second factor, keys, sessions elsewhere. Role and teams are not here."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from peil.accounts.keys import KeyRow, keys_of, scopes_of
from peil.accounts.models import Person
from peil.accounts.people import change_own, end_sessions, has_second_factor
from peil.report.words import Language, say
from peil.report.words.terms import one_day
from peil.web.access import known_person_of, signed_in
from peil.web.languages import language_of
from peil.web.pages.account.forms import LANGUAGES, PageForm, choices_field, name_field
from peil.web.pages.account.keys import NEW_KEY, KeyForm
from peil.web.pages.shell import show_plain_page
from peil.web.recording import recorded


class OwnForm(PageForm):
    name = name_field()
    language_of_person = choices_field(LANGUAGES)


@signed_in
@never_cache
@recorded("own_account_changed", "changed")
def own_account(request: HttpRequest) -> HttpResponse:
    person = known_person_of(request)
    initial = {"name": person.name, "language_of_person": person.language}
    form = OwnForm(request, initial=initial)
    if request.method == "POST" and form.is_valid():
        change_own(person, form.text("name"), form.text("language_of_person"))
        messages.success(request, say("own_saved", language_of(request)))
        return HttpResponseRedirect(reverse("own_account"))
    return show_account(request, person, form=form)


@signed_in
@require_POST
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    """Every session but this one is over."""
    person = known_person_of(request)
    end_sessions(person)
    update_session_auth_hash(request, person)
    messages.success(request, say("sessions_ended", language_of(request)))
    return HttpResponseRedirect(reverse("own_account"))


def show_account(
    request: HttpRequest, person: Person, *, form: OwnForm | None = None, key_form: KeyForm | None = None
) -> HttpResponse:
    """The page, with a form that was filled in wrongly in its place."""
    scopes = scopes_of(person)
    plain = {"name": person.name, "language_of_person": person.language}
    wrong = bool((form and form.errors) or (key_form and key_form.errors))
    context: dict[str, Any] = {
        "form": form or OwnForm(request, initial=plain, unposted=True),
        "key_form": key_form or KeyForm(request, scopes, unposted=True),
        "scopes": [(scope, say(f"scope_{scope}", language_of(request))) for scope in scopes],
        "keys": keys_of(person) if scopes else [],
        "lives": _lives,
        "day_of": lambda at: one_day(at.date(), language_of(request)),
        "new_key": request.session.pop(NEW_KEY, None),
        "teams": sorted(team.name for team in person.teams.all()),
        "second_factor": has_second_factor(person),
        "has_password": person.has_usable_password(),
    }
    return show_plain_page(request, person, "account/own.html", status=400 if wrong else 200, **context)


def _lives(key: KeyRow, language: Language) -> str:
    """Whether a key is in force, in words."""
    if key.revoked_at is not None:
        return say("key_ended", language)
    return say("key_over", language) if not key.in_force(timezone.now()) else ""
