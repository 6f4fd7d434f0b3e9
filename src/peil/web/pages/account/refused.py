"""Doors that stay closed."""

from __future__ import annotations

from typing import NoReturn

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from peil.web.access import anyone


@anyone
def sso_refused(request: HttpRequest) -> HttpResponse:
    """Someone whom the organisation knows, and who was not invited here."""
    return render(request, "socialaccount/refused.html", using="jinja2", status=403)


@anyone
def no_page(request: HttpRequest) -> NoReturn:  # noqa: ARG001  Django gives it
    raise Http404
