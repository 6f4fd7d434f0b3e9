"""Whether this process can answer: for a load balancer, a container's check, systemd. It says no more than that."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse

log = logging.getLogger("peil.health")

PATH = "/healthz"


class HealthMiddleware:
    """Answers before anything asks for a host name, a session or an encrypted connection."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path != PATH:
            return self.get_response(request)
        fine = is_fine()
        return HttpResponse(
            "ok" if fine else "not ok",
            status=200 if fine else 503,
            content_type="text/plain",
            headers={"Cache-Control": "no-store"},
        )


def is_fine() -> bool:
    """Whether the database answers; why not stands in the log alone."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return bool(cursor.fetchone() == (1,))
    except DatabaseError as error:
        log.error("health_database", extra={"error": type(error).__name__})
        return False
