"""Log lines: JSON, one a line, without anything that tells of a person.

No query string, no address, no token: a path is given as its route, an error as its class and where it was raised, and
of what other packages log only the words that stand in their code.
"""

from __future__ import annotations

import json
import logging
import os
import random
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

log = logging.getLogger("peil.web")

_request: ContextVar[str] = ContextVar("peil_request", default="")
_QUIET = ("/static/", "/healthz")
# what Peil's own lines may say beside their event
_TOLD = ("method", "path", "status", "ms", "kind", "row", "attempt", "error", "verb", "count")


def request_id() -> str:
    """The id of the request that is being answered, by which its lines are found; '' outside of one."""
    return _request.get()


@contextmanager
def request_scope() -> Iterator[str]:
    """A new id for the request that is answered within."""
    name = f"{random.getrandbits(64):016x}"
    held = _request.set(name)
    try:
        yield name
    finally:
        _request.reset(held)


class JsonLines(logging.Formatter):
    """One JSON object a record."""

    def format(self, record: logging.LogRecord) -> str:
        said: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": str(record.msg)[:200],  # not the message: what was put into it may be personal
            "from": record.name,
        }
        if _request.get():
            said["request"] = _request.get()
        said |= {name: getattr(record, name) for name in _TOLD if hasattr(record, name)}
        if record.exc_info and record.exc_info[0] is not None:
            frames = traceback.extract_tb(record.exc_info[2])
            said["error"] = record.exc_info[0].__name__
            said["trace"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        return json.dumps(said, ensure_ascii=False, default=str)


class RequestMiddleware:
    """Gives each request an id, and one line once it is answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        with request_scope() as name:
            response = self.get_response(request)
            if not request.path.startswith(_QUIET) or response.status_code >= 400:
                ms = round(1000 * (time.perf_counter() - started), 1)
                told = {"method": request.method, "path": _route(request), "status": response.status_code, "ms": ms}
                log.info("request", extra=told)
        response.headers["X-Request-ID"] = name
        return response


def _route(request: HttpRequest) -> str:
    """The path as the list of addresses writes it: what stands in its places, a token perhaps, is not told."""
    try:
        match = request.resolver_match or resolve(request.path_info)
    except Resolver404:
        return "unknown"
    return f"/{match.route}"


def logging_settings() -> dict[str, Any]:
    """Everything to stderr as JSON: Peil's own lines, and what others warn of. PEIL_LOG=quiet leaves what goes wrong."""
    own = "WARNING" if os.environ.get("PEIL_LOG") == "quiet" else "INFO"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "peil.web.serving.logs.JsonLines"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
        "loggers": {
            "peil": {"level": own},
            "django.request": {"level": "ERROR"},  # the line of the request tells the rest
        },
        "root": {"handlers": ["stderr"], "level": "WARNING"},
    }
