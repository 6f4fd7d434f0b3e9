"""What goes wrong, in words, with the right status: the one table of the web."""

from __future__ import annotations

from collections.abc import Callable

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from peil.core.errors import BadQuery, NotNow, UserError
from peil.report.words.app.told import error_in_words
from peil.web.languages import language_of


class ErrorMiddleware:
    """Turns an error that a person can mend into a page that says how."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, *_: object) -> HttpResponse | None:
        """No text has a zero character: no form makes one, and PostgreSQL keeps none."""
        if request.path_info.startswith("/api/"):
            return None  # it tells so by itself
        reads = request.method == "POST" and not getattr(view, "csrf_exempt", False)  # else it reads the form itself
        given = [request.GET, request.POST] if reads else [request.GET]
        if not any("\0" in text for each in given for name, texts in each.lists() for text in (name, *texts)):
            return None
        error = BadQuery("A value holds a character that no text has.", "Write it without that character.")
        return self.process_exception(request, error)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        status = status_of(error)
        return None if status is None else error_page(request, status, error)


def status_of(error: Exception) -> int | None:
    """The status of an error that is told; None for one that is a bug."""
    if isinstance(error, NotNow | OperationalError):  # the database is away, or held by another for long
        return 503
    if isinstance(error, UserError):
        return 400
    return None


def error_page(request: HttpRequest, status: int, error: Exception | None = None) -> HttpResponse:
    problem, remedy = getattr(error, "problem", ""), getattr(error, "remedy", "")
    told = dict(zip(("problem", "remedy"), error_in_words(problem, remedy, language_of(request)), strict=True))
    response = render(request, "error.html", {"status": status, "told": told}, using="jinja2", status=status)
    if status == 503:
        response.headers["Retry-After"] = "10"
    return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001  Django gives it
    return error_page(request, 400)


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    return error_page(request, 404)


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    return error_page(request, 403)


def too_many(request: HttpRequest) -> HttpResponse:
    response = error_page(request, 429)
    response.headers["Retry-After"] = "60"
    return response


def failed(request: HttpRequest) -> HttpResponse:
    return error_page(request, 500)
