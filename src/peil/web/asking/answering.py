"""An address of asking -> what goes back, whoever asks for it: the short way of the server, or Django's list of addresses."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from typing import Any, TypeAlias

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from peil.core.errors import NotNow
from peil.surveys.answering.keeping import Steps
from peil.surveys.answering.writer import settle
from peil.web.access import anyone
from peil.web.asking.brand import LOGO, STYLE, logo, stylesheet
from peil.web.asking.headers import protecting
from peil.web.asking.intake.asked import Asked, Page, TooLarge, asked_of
from peil.web.asking.pages import LATER, first_page, one_page, thanks_page
from peil.web.asking.showing import show_plainly, show_words

log = logging.getLogger("peil.web")
View = Callable[..., Page | Steps[Page]]
Found: TypeAlias = tuple[str, View, tuple[Any, ...]]  # the route, the view and what it is told
# the route as the list of addresses writes it, the pattern, and what answers there
ROUTES: tuple[tuple[str, re.Pattern[str], View], ...] = (
    ("<way>/<slug:key>/<slug:mark>/<int:page>/", re.compile(r"/([sa])/([-\w]{1,64})/([-\w]{1,64})/([0-9]{1,3})/", re.A), one_page),
    ("<way>/<slug:key>/", re.compile(r"/([sa])/([-\w]{1,64})/", re.A), first_page),
    ("<way>/<slug:key>/<slug:mark>/done/", re.compile(r"/([sa])/([-\w]{1,64})/([-\w]{1,64})/done/", re.A), thanks_page),
    (STYLE[1:], re.compile(re.escape(STYLE)), stylesheet),
    (LOGO[1:], re.compile(re.escape(LOGO)), logo),
)  # fmt: skip


def find_page(path: str) -> Found | None:
    """The page at a path; None where there is none."""
    for route, pattern, view in ROUTES:
        found = pattern.fullmatch(path)
        if found is not None:
            told = [int(part) if part.isdigit() and number == 3 else part for number, part in enumerate(found.groups())]
            return f"/{route}".replace("<way>", str(told[0]) if told else ""), view, tuple(told)
    return None


def answer(came: Asked, view: View, told: tuple[Any, ...]) -> Steps[Page]:
    """The page, and its headers; when something fails, words for whoever reads it."""
    try:
        made = view(came, *told)
        page = made if isinstance(made, Page) else (yield from made)
    except TooLarge:
        page = show_words(came, "too_much")
    except (NotNow, DatabaseError) as error:
        log.error("page_not_given", extra={"error": type(error).__name__})
        page = show_plainly(came, "busy")
        page.headers["Retry-After"] = LATER
    page.headers = protecting() | page.headers
    return page


def too_large(came: Asked) -> Page:
    page = show_words(came, "too_much")
    page.headers = protecting() | page.headers
    return page


def as_view(view: View, *before: Any) -> Callable[..., HttpResponseBase]:
    """The same for Django's list of addresses: everyone may come, and a form needs no cookie."""

    def answered(request: HttpRequest, **named: Any) -> HttpResponse:
        try:
            page = settle(answer(asked_of(request), view, (*before, *named.values())))
        except TooLarge:
            page = too_large(Asked(method="GET", path=request.path_info, query={}))
        response = HttpResponse(page.body, status=page.status, content_type=page.kind, headers=page.headers)
        if request.method == "HEAD":
            response.content = b""
        return response

    answered.__name__ = view.__name__
    return csrf_exempt(anyone(answered))
