"""Invitations that wait: sent again, or withdrawn."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from peil.accounts.joining import invite_again, withdraw
from peil.report.words import say
from peil.web.access import allowed, known_person_of
from peil.web.languages import language_of
from peil.web.pages.people.page import mail_invitation


@allowed("manage_people")
@require_POST
def again(request: HttpRequest, invitation_id: int) -> HttpResponse:
    """A new mail with a new link; the earlier link ends."""
    with transaction.atomic():
        made = invite_again(known_person_of(request), invitation_id)
        if made is None:
            raise Http404
        mail_invitation(request, *made)
    messages.success(request, say("invited_said", language_of(request), made[0].email))
    return HttpResponseRedirect(reverse("people"))


@allowed("manage_people")
@require_POST
def end(request: HttpRequest, invitation_id: int) -> HttpResponse:
    if not withdraw(known_person_of(request), invitation_id):
        raise Http404
    messages.success(request, say("invitation_withdrawn_said", language_of(request)))
    return HttpResponseRedirect(reverse("people"))
