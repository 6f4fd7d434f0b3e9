"""Accepting an invitation: the token leaves the address at once, then a name and a password of one's own."""

from __future__ import annotations

from django import forms
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from peil.accounts.joining import Invited, accept, find_invitation
from peil.accounts.models import Person
from peil.accounts.signing_in.attempts import may_try
from peil.web.access import anyone
from peil.web.errors import too_many
from peil.web.pages.account.forms import MOST_NAME, PageForm, check_password
from peil.web.pages.start.page import BACKEND

_TOKEN = "invitation"  # noqa: S105  its name in the session


class JoinForm(PageForm):
    name = forms.CharField(max_length=MOST_NAME)
    password = forms.CharField(max_length=1000, strip=False)

    def __init__(self, request: HttpRequest, invited: Invited) -> None:
        super().__init__(request)
        self.invited = invited

    def clean(self) -> None:
        check_password(self, "password", Person(email=self.invited.email, name=self.cleaned_data.get("name", "")))


@anyone
@never_cache
@require_safe
def open_invitation(request: HttpRequest, token: str) -> HttpResponse:
    if not may_try(request, "invitation", 30, 600):
        return too_many(request)
    if find_invitation(token) is None:
        return _over(request)
    request.session[_TOKEN] = token
    return HttpResponseRedirect(reverse("join"))


@anyone
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    token = str(request.session.get(_TOKEN, ""))
    invited = find_invitation(token)
    if invited is None:
        return _over(request)
    form = JoinForm(request, invited)
    if request.method != "POST" or not form.is_valid():
        status = 400 if request.method == "POST" else 200
        return render(request, "people/join.html", {"form": form, "invited": invited}, using="jinja2", status=status)
    person = accept(token, form.text("name"), form.text("password"))
    if person is None:
        return _over(request)
    request.session.flush()  # nothing of the one before, and a key that nobody could have set
    login(request, person, backend=BACKEND)
    return HttpResponseRedirect(reverse("overview"))


def _over(request: HttpRequest) -> HttpResponse:
    return render(request, "people/join_over.html", using="jinja2", status=404)
