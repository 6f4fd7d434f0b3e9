"""Version 1 of the API, and how it tells the world what it can."""

from __future__ import annotations

import json
from functools import cache

from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from peil import __version__
from peil.web.api.operations import asking, catalogue, figures, imports
from peil.web.api.operations.operation import router
from peil.web.api.problems import on_error
from peil.web.api.telling import told

__all__ = ["api", "asking", "catalogue", "figures", "imports", "openapi"]

api = NinjaAPI(
    title="Peil", version=__version__, urls_namespace="api", docs_url=None, openapi_url=None,
    description="Every customer-service KPI with its margin of error. Values are full doubles with a dot, times are ISO 8601.",
)  # fmt: skip
api.add_router("", router)
for kind in (
    Exception, Http404, PermissionDenied, HttpError, ValidationError, SuspiciousOperation, BadRequest,
    MultiPartParserError, UnreadablePostError,
):  # fmt: skip
    api.add_exception_handler(kind, on_error)  # type: ignore[arg-type]  # ninja says that it gives classes too


def openapi(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  every view is given it
    """The description of the API, for everyone: it holds no figure."""
    return HttpResponse(_openapi(), content_type="application/json")


@cache
def _openapi() -> bytes:
    return json.dumps(told(api.get_openapi_schema(path_prefix="/api/v1/")), ensure_ascii=False).encode()
