"""What goes wrong, as RFC 9457 tells it: one table from errors to problems."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import BadRequest, PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from ninja.errors import HttpError, ValidationError

from peil.core.errors import BadInput, BadMapping, BadQuery, NotNow, UserError
from peil.web.serving.logs import request_id

CONTENT_TYPE = "application/problem+json"
TITLES = {
    400: "This can't be answered as it was asked",
    401: "Say who you are",
    403: "This is not yours to see or do",
    404: "There is nothing here",
    405: "One can't do that here",
    409: "This is in conflict with what was done before",
    413: "This is too large",
    415: "This form is not taken in",
    422: "A parameter is not as it has to be",
    429: "Too many requests",
    500: "Something went wrong in Peil itself",
    503: "Not now",
}
RETRY_SECONDS = 10
_log = logging.getLogger(__name__)


class Problem(Exception):
    """A request that ends here, with what is wrong and what to do next."""

    def __init__(self, status: int, kind: str, detail: str, remedy: str = "", **more: Any) -> None:
        super().__init__(detail)
        self.status, self.kind, self.detail, self.remedy = status, kind, detail, remedy
        self.headers: dict[str, str] = more.pop("headers", {})
        self.more = more


def problem_response(problem: Problem) -> HttpResponse:
    body: dict[str, Any] = {
        "type": f"urn:peil:problem:{problem.kind}",
        "title": TITLES.get(problem.status, "This did not work"),
        "status": problem.status,
        "detail": problem.detail,
    }
    if problem.remedy:
        body["remedy"] = problem.remedy
    body |= {name: value for name, value in problem.more.items() if value is not None}
    return HttpResponse(
        json.dumps(body, ensure_ascii=True), status=problem.status, content_type=CONTENT_TYPE, headers=problem.headers
    )


def problem_of(error: Exception) -> Problem:
    """The table: the first row that fits; whatever is in none is a bug."""
    match error:
        case Problem():
            return error
        case BadInput():
            place = {"file": error.file, "row": error.row, "column": error.column}
            return Problem(400, "bad-input", error.problem, error.remedy, **place)
        case BadMapping() | BadQuery() | UserError():
            kind = {BadMapping: "bad-mapping", BadQuery: "bad-query"}.get(type(error), "user-error")
            return Problem(400, kind, error.problem, error.remedy)
        case NotNow():
            wait = {"Retry-After": str(RETRY_SECONDS)}
            return Problem(503, "not-now", error.problem, error.remedy, headers=wait)
        case OperationalError():
            wait = {"Retry-After": str(RETRY_SECONDS)}
            return Problem(503, "not-now", "The database is busy, or away.", "Try again in a minute.", headers=wait)
        case Http404():
            return Problem(404, "not-found", "There is nothing at this address.")
        case PermissionDenied():
            return Problem(403, "not-yours", "You may not see or do this.", "Ask an administrator of Peil.")
        case ValidationError():
            wrong = [_parameter(e) for e in error.errors]
            return Problem(422, "invalid-parameter", "; ".join(map(_in_words, wrong)), errors=wrong)
        case RequestDataTooBig():
            return Problem(413, "too-large", "The request is larger than Peil reads.", "Send less at once.")
        case MultiPartParserError() | UnreadablePostError() | SuspiciousOperation() | BadRequest():
            return Problem(400, "bad-request", "The request could not be read.", "Look at how it is written.")
        case HttpError():
            return Problem(error.status_code, "bad-request", error.message)
    return bug(error)


def bug(error: Exception) -> Problem:
    """A mistake of Peil: what it was is for the log only, under the id by which to find it."""
    _log.error("a request failed", exc_info=error)
    remedy = "Tell an administrator of Peil the id of this request."
    return Problem(500, "bug", "This is a mistake of Peil, not of yours.", remedy, request_id=request_id())


def on_error(_: HttpRequest, error: Exception) -> HttpResponse:
    return problem_response(problem_of(error))


def _parameter(error: Mapping[str, Any]) -> dict[str, str]:
    place = [str(p) for p in error.get("loc", ()) if not str(p).isdigit()]
    return {"parameter": place[-1] if place else "", "wrong": str(error.get("msg", "")).replace("\x00", "")}


def _in_words(wrong: Mapping[str, str]) -> str:
    return f"{wrong['parameter']}: {wrong['wrong']}" if wrong["parameter"] else wrong["wrong"]
