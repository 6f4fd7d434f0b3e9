"""In which language a page is: what its URL says, else what the person chose, else what the browser asks for."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from peil.report.words import Language


def language_of(request: HttpRequest) -> Language:
    """Dutch or English; Dutch where nothing is said."""
    said = request.GET.get("language", "")
    if said not in ("nl", "en"):
        person = getattr(request, "user", None)
        said = person.language if person is not None and person.is_authenticated else ""
    if said not in ("nl", "en"):
        said = translation.get_language_from_request(request)[:2]
    return cast("Language", said if said in ("nl", "en") else "nl")


class LanguageMiddleware:
    """Has Django and its apps speak the language of the page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with translation.override(language_of(request)):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language_of(request))
        return response
