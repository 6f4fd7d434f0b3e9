"""Making and ending one's own keys for the API."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from peil.accounts.keys import DAYS, Scope, make_key, revoke_key, scopes_of
from peil.core.errors import UserError
from peil.report.words import say
from peil.web.access import allowed, known_person_of
from peil.web.languages import language_of
from peil.web.pages.account.forms import PageForm, choices_field

NEW_KEY = "new_key"  # in the session until the next page shows it: it is in no address and no log
LASTING = (30, 90, DAYS)


class KeyForm(PageForm):
    key_name = forms.CharField(max_length=100)
    days = choices_field([(str(days), str(days)) for days in LASTING])
    scopes = forms.MultipleChoiceField()

    def __init__(self, request: HttpRequest, scopes: Sequence[Scope], **kwargs: Any) -> None:
        super().__init__(request, **kwargs)
        self.fields["scopes"].choices = [(scope, scope) for scope in scopes]  # type: ignore[attr-defined]
        self.fields["scopes"].error_messages["required"] = self.say("key_needs_scope")
        self.initial.setdefault("scopes", list(scopes[:1]))
        self.initial.setdefault("days", str(DAYS))


@allowed("use_keys")
@never_cache
def add_key(request: HttpRequest) -> HttpResponse:
    from peil.web.pages.account.own import show_account  # the page holds both forms

    if request.method != "POST":
        return HttpResponseRedirect(reverse("own_account"))
    person = known_person_of(request)
    form = KeyForm(request, scopes_of(person))
    if form.is_valid():
        try:
            _, token = make_key(person, form.text("key_name"), form.cleaned_data["scopes"], days=int(form.text("days")))
        except UserError:
            form.add_error("key_name", form.say("key_too_many"))
        else:
            request.session[NEW_KEY] = token
            return HttpResponseRedirect(reverse("own_account") + "#sleutels")
    return show_account(request, person, key_form=form)


@allowed("use_keys")
@require_POST
def end_key(request: HttpRequest, key_id: int) -> HttpResponse:
    if not revoke_key(known_person_of(request), key_id):
        raise Http404
    messages.success(request, say("key_ended_said", language_of(request)))
    return HttpResponseRedirect(reverse("own_account") + "#sleutels")
