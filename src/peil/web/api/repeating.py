"""Idempotency-Key: a request that is sent again, is done once and answered twice."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.utils import timezone

from peil.web.api.door.entry import Caller
from peil.web.api.models import Repeatable
from peil.web.api.problems import Problem, problem_of, problem_response

KEPT = timedelta(hours=24)
GIVEN_UP = timedelta(hours=1)  # a request whose process ended in the middle may be sent again after this
MOST_KEY = 255


def answer_once(caller: Caller, key: str, asked: Sequence[str], work: Callable[[], HttpResponse]) -> HttpResponse:
    """What `work` answers, or what it answered when this key was sent before; without a key it is simply done."""
    if not key:
        return work()
    if len(key) > MOST_KEY or not key.isprintable():
        raise Problem(422, "invalid-parameter", f"Idempotency-Key: at most {MOST_KEY} printable characters.")
    told = hashlib.sha256("\0".join(asked).encode("utf-8", "surrogatepass")).hexdigest()
    mine = _begin(caller.name, key, told)
    if mine is None:
        return _answered_before(caller.name, key, told)
    try:
        response = work()
    except Exception as error:  # noqa: BLE001  the same mistake is told the same way again
        response = problem_response(problem_of(error))
    _finish(mine, response)
    return response


def _begin(caller: str, key: str, asked: str) -> int | None:
    """The number under which this request is kept; None when it came before."""
    now = timezone.now()
    Repeatable.objects.filter(begun_at__lt=now - KEPT).delete()
    Repeatable.objects.filter(caller=caller, key=key, status=None, begun_at__lt=now - GIVEN_UP).delete()
    try:
        with transaction.atomic():
            return int(Repeatable.objects.create(caller=caller, key=key, asked=asked, begun_at=now).pk)
    except IntegrityError:
        return None


def _answered_before(caller: str, key: str, asked: str) -> HttpResponse:
    found = Repeatable.objects.filter(caller=caller, key=key).first()
    if found is not None and found.asked != asked:
        raise Problem(
            422,
            "key-used-before",
            "This Idempotency-Key was used for another request.",
            "Take a new key for a new request.",
        )
    if found is None or found.status is None:
        wait = {"Retry-After": "5"}
        raise Problem(409, "under-way", "This request is still being done.", "Ask again in a moment.", headers=wait)
    response = HttpResponse(found.answer.encode(), status=found.status, content_type=found.content_type)
    response.headers["Idempotency-Replayed"] = "true"
    return response


def _finish(number: int, response: HttpResponse) -> None:
    """Keep the answer; a passing failure is forgotten, so that the request may be sent again."""
    mine = Repeatable.objects.filter(pk=number)
    if response.status_code >= 500 or response.status_code == 429:
        mine.delete()
        return
    mine.update(
        status=response.status_code, content_type=response.headers["Content-Type"], answer=response.content.decode()
    )
