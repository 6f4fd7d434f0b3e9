"""Everyone who works here, who was invited, the teams; and inviting someone."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from peil.accounts.joining import Invited, Place, invite, open_invitations
from peil.accounts.messages import invitation_letter, send
from peil.accounts.people import people as everyone
from peil.accounts.people import teams
from peil.accounts.rules import Role
from peil.core.errors import UserError
from peil.report.words import Language, say
from peil.warehouse.questions.values import column_values
from peil.web.access import allowed, known_person_of
from peil.web.facts import the_peil
from peil.web.languages import language_of
from peil.web.pages.account.forms import LANGUAGES, PageForm, choices_field
from peil.web.pages.data.page import moment
from peil.web.pages.shell import show_plain_page

MOST_TEAMS = 500


class PlaceForm(PageForm):
    """What someone is here."""

    role = choices_field([(role.value, role.value) for role in Role])
    teams = forms.MultipleChoiceField(required=False)
    employee_id = forms.CharField(max_length=200, required=False)
    language_of_person = choices_field(LANGUAGES)

    def __init__(self, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(request, **kwargs)
        self.known = known_teams()
        self.fields["teams"].choices = [(name, name) for name in self.known]  # type: ignore[attr-defined]

    def place(self) -> Place:
        said = self.cleaned_data
        return Place(
            role=Role(said["role"]),
            teams=tuple(said["teams"]),
            employee_id=said["employee_id"].strip(),
            language=said["language_of_person"],
        )


class InviteForm(PlaceForm):
    email = forms.EmailField(max_length=254)


@allowed("manage_people")
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    return show_people(request)


@allowed("manage_people")
@require_http_methods(["GET", "HEAD", "POST"])
def invite_person(request: HttpRequest) -> HttpResponse:
    by = known_person_of(request)
    form = InviteForm(request, initial={"role": Role.AGENT.value, "language_of_person": language_of(request)})
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                invited, token = invite(by, form.text("email"), form.place())
                mail_invitation(request, invited, token)
        except UserError:
            form.add_error("email", form.say("invite_here_already"))
        else:
            messages.success(request, form.say("invited_said", invited.email))
            return HttpResponseRedirect(reverse("people"))
    status = 400 if form.errors else 200
    return show_plain_page(
        request, by, "people/invite.html", form=form, roles=roles(language_of(request)), status=status
    )


def show_people(request: HttpRequest, *, wrong: dict[str, str] | None = None) -> HttpResponse:
    """The page; `wrong` holds what to say at the field of that name."""
    by, language, peil = known_person_of(request), language_of(request), the_peil()
    zone = peil.warehouse.settings.time_zone
    in_facts = set(column_values(peil.warehouse, "team", MOST_TEAMS))
    return show_plain_page(
        request,
        by,
        "people/people.html",
        people=everyone(),
        invitations=open_invitations(),
        teams=[(name, name in in_facts) for name in known_teams()],
        per_person=peil.warehouse.settings.per_person,
        now=timezone.now(),
        when=lambda at: moment(at, zone, language),
        wrong=wrong or {},
        said_before=request.POST if wrong else {},
        status=400 if wrong else 200,
    )


def known_teams() -> list[str]:
    """The teams of the facts, and those that were added here."""
    return sorted({*teams(), *column_values(the_peil().warehouse, "team", MOST_TEAMS)}, key=str.casefold)


def roles(language: Language) -> list[tuple[str, str, str]]:
    """Every role with its name and what comes with it."""
    return [(r.value, say(f"role_{r.value}", language), say(f"role_{r.value}_does", language)) for r in Role]


def mail_invitation(request: HttpRequest, invited: Invited, token: str) -> None:
    """The mail with the link; the token is nowhere else."""
    organisation = the_peil().warehouse.settings.organisation
    link = request.build_absolute_uri(reverse("join_open", args=[token]))
    language: Language = "nl" if invited.place.language == "nl" else "en"
    by = known_person_of(request)
    send(invited.email, invitation_letter(organisation, str(by), link, language), language)
