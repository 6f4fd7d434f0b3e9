"""Making the first administrator, exactly once, with the code that the server printed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from peil.accounts.models import Person
from peil.accounts.signing_in.attempts import may_try
from peil.accounts.start import AlreadyStarted, is_empty, is_start_code, make_first
from peil.web.access import anyone
from peil.web.pages.account.forms import LANGUAGES, MOST_NAME, PageForm, check_password, choices_field

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class StartForm(PageForm):
    code = forms.CharField(max_length=100)
    name = forms.CharField(max_length=MOST_NAME)
    email = forms.EmailField(max_length=254)
    password = forms.CharField(max_length=1000, strip=False)
    language_of_person = choices_field(LANGUAGES)

    def __init__(self, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(request, **kwargs)
        self.request = request
        self.initial["language_of_person"] = self.language

    def clean_code(self) -> str:
        if not may_try(self.request, "start_code", 10, 600):
            raise forms.ValidationError(self.say("too_many_tries"))
        if not is_start_code(settings.HOME, self.text("code")):
            raise forms.ValidationError(self.say("start_code_wrong"))
        return self.text("code")

    def clean(self) -> None:
        said = self.cleaned_data
        check_password(self, "password", Person(email=said.get("email", ""), name=said.get("name", "")))


@anyone
@never_cache
@sensitive_post_parameters("password", "code")
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    if not is_empty():
        raise Http404
    form = StartForm(request)
    if request.method != "POST" or not form.is_valid():
        status = 400 if request.method == "POST" else 200
        return render(request, "start/start.html", {"form": form}, using="jinja2", status=status)
    try:
        person = make_first(
            settings.HOME, form.text("email"), form.text("name"), form.text("password"), form.text("language_of_person")
        )
    except AlreadyStarted:
        raise Http404 from None
    login(request, person, backend=BACKEND)
    return HttpResponseRedirect(reverse("overview"))
