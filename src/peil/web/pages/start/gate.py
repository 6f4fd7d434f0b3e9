"""While nobody works here yet, every page leads to the one on which the administrator is made."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from peil.accounts.start import is_empty

_OPEN = ("/start/", "/api/", f"/{settings.STATIC_URL.strip('/')}/")


class StartMiddleware:
    """Asks only for visitors who aren't signed in: where someone is, there is somebody."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(_OPEN) and not request.user.is_authenticated and is_empty():
            return HttpResponseRedirect(reverse("start"))
        return self.get_response(request)
