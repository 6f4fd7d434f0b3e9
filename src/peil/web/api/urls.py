"""The addresses below /api/."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path, re_path

from peil.web.api.problems import Problem, problem_response
from peil.web.api.v1 import api, openapi


def unknown(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  every view is given it
    return problem_response(
        Problem(404, "not-found", "There is nothing at this address.", "See /api/v1/openapi.json for what there is.")
    )


urlpatterns = [
    path("v1/openapi.json", openapi, name="api_openapi"),
    path("v1/", api.urls),
    re_path(r"^.*$", unknown),
]
