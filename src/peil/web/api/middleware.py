"""Below /api/ nobody gets a page: whatever answers a mistake elsewhere, here it is a problem in JSON."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from peil.web.api.door.limits import headers_of
from peil.web.api.problems import CONTENT_TYPE, RETRY_SECONDS, Problem, problem_response

PREFIX = "/api/"
_SAID = {
    400: ("bad-request", "The request could not be read.", "Look at its address, its host and how it is written."),
    403: ("not-yours", "You may not see or do this.", "Ask an administrator of Peil."),
    404: ("not-found", "There is nothing at this address.", "See /api/v1/openapi.json for what there is."),
    405: ("no-such-method", "One can't do that at this address.", "See /api/v1/openapi.json for what one can."),
    413: ("too-large", "The request is larger than Peil reads.", "Send less at once."),
    503: ("not-now", "Peil can't answer now.", "Try again in a moment."),
}
_BUG = ("bug", "This is a mistake of Peil, not of yours.", "Tell an administrator of Peil when it happened.")


class ApiMiddleware:
    """Stands first, so that it sees what every other one answers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not request.path_info.startswith(PREFIX):
            return response
        if response.status_code >= 400 and not response.headers.get("Content-Type", "").startswith(CONTENT_TYPE):
            _tell_as_problem(response)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        for name, value in headers_of(request).items():
            response.headers.setdefault(name, value)
        return response


def _tell_as_problem(found: HttpResponse) -> None:
    """Put a problem in the place of a page; the headers that others set stay."""
    status = found.status_code
    kind, detail, remedy = _SAID.get(status, _BUG if status >= 500 else _SAID[400])
    found.content = problem_response(Problem(status, kind, detail, remedy)).content
    found.headers["Content-Type"] = CONTENT_TYPE
    found.headers["Content-Length"] = str(len(found.content))  # another had counted the page
    if status == 503:
        found.headers.setdefault("Retry-After", str(RETRY_SECONDS))
