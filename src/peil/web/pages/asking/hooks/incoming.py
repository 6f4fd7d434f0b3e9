"""Where a system tells what happened and signs it: /hooks/<code>/. It is the same as an event told by the API."""

from __future__ import annotations

import json
import time

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from pydantic import ValidationError

from peil.surveys.hooks.keeping import find_signed
from peil.surveys.hooks.signature import WINDOW, Signed
from peil.web.access import anyone
from peil.web.api.door.limits import Limit, count
from peil.web.api.operations.asking import EventGiven, tell_given
from peil.web.api.problems import Problem, problem_of, problem_response

_LARGEST = 64_000  # bytes
_ENVELOPE = {"type", "timestamp", "data"}  # as Standard Webhooks advises


@csrf_exempt
@anyone
def incoming(request: HttpRequest, code: str) -> HttpResponse:
    """Take an event in. What is wrong is told once a signature holds; before that, only that none does."""
    try:
        response = _taken(request, code)
    except Exception as error:  # noqa: BLE001  a machine asked: it gets a problem, whatever went wrong
        response = problem_response(problem_of(error))
    response.headers["Cache-Control"] = "no-store"
    return response


def _taken(request: HttpRequest, code: str) -> HttpResponse:
    if request.method != "POST":
        raise Problem(405, "no-such-method", "Events are sent by POST.", headers={"Allow": "POST"})
    told = request.headers.get("Content-Length", "")
    if not told.isdecimal() or int(told) > _LARGEST:
        raise Problem(413, "too-large", f"An event has at most {_LARGEST} bytes.", "Send one event at once.")
    number, moment, signatures = (
        request.headers.get(f"webhook-{name}", "") for name in ("id", "timestamp", "signature")
    )
    hook = find_signed(code, Signed(number, moment, signatures, request.body), timezone.now())
    if hook is None:
        raise Problem(
            401, "not-signed", "No signature of this message holds.",
            f"Sign id, timestamp and body as Standard Webhooks does, within {WINDOW} s of the time, with the secret of this address.",
        )  # fmt: skip
    taken = count(f"hook:{hook.id}", Limit(*settings.API_LIMIT_KEY), time.time())
    if not taken.allowed:
        raise Problem(
            429, "too-many-requests", "Too many events came at once.", f"Wait {taken.wait} s.",
            headers={"Retry-After": str(taken.wait)},
        )  # fmt: skip
    asked = tell_given(_event(request.body))
    return HttpResponse(json.dumps({"count": len(asked)}), content_type="application/json")


def _event(body: bytes) -> EventGiven:
    """The event, bare or as the data of an envelope; nothing that was sent is told back."""
    try:
        found = json.loads(body)
        if isinstance(found, dict) and set(found) == _ENVELOPE:
            found = found["data"]
        return EventGiven.model_validate_json(json.dumps(found), strict=False)
    except ValidationError as error:
        wrong = [
            {"parameter": ".".join(map(str, e["loc"])), "wrong": e["msg"]}
            for e in error.errors(include_input=False, include_url=False, include_context=False)
        ]
        said = "; ".join(f"{w['parameter']}: {w['wrong']}" if w["parameter"] else w["wrong"] for w in wrong)
        raise Problem(422, "invalid-parameter", said, errors=wrong) from None
    except (ValueError, RecursionError):
        raise Problem(400, "bad-request", "The event is not JSON.", "Send one event as a JSON object.") from None
