"""The description of the API (OpenAPI 3.1): what ninja writes of it, and what holds for every operation."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, get_args

from peil.core.kpis import BY_KEY
from peil.warehouse.query import Compare
from peil.web.api.examples import EXAMPLES
from peil.web.api.parameters import Change, Question, Rows
from peil.web.api.problems import CONTENT_TYPE
from peil.web.api.shapes import Problem

ALWAYS = (400, 401, 403, 422, 429, 500, 503)
_NAMED = (404,)  # where a path names something
_SENT = (409, 413, 415)  # where something is changed
_HEADERS = {
    "RateLimit-Limit": "How many requests one may make at once.",
    "RateLimit-Remaining": "How many of those are left.",
    "RateLimit-Reset": "Seconds until all of them are there again.",
}
_SECURITY = {
    "key": {"type": "http", "scheme": "bearer", "description": "A key made in Peil, with its scopes."},
    "session": {"type": "apiKey", "in": "cookie", "name": "sessionid", "description": "Signed in in a browser; changes need X-CSRFToken."},
}  # fmt: skip


def told(schema: dict[str, Any]) -> dict[str, Any]:
    """The whole description."""
    shapes = schema["components"]["schemas"]
    for asked in (Rows, Question, Change):  # told parameter by parameter
        shapes.pop(asked.__name__, None)
    shapes["Problem"] = Problem.model_json_schema()
    schema["components"]["securitySchemes"] = _SECURITY
    schema["components"]["headers"] = {
        name: {"description": meaning, "schema": {"type": "integer", "minimum": 0}}
        for name, meaning in _HEADERS.items()
    }
    schema.pop("servers", None)
    for path, operations in schema["paths"].items():
        for method, found in operations.items():
            _complete(path, method, found)
    return schema


def _complete(path: str, method: str, found: dict[str, Any]) -> None:
    found["security"] = [{"key": []}, {"session": []}]
    if 201 in found["responses"]:
        found["responses"][200] = {**found["responses"][201], "description": "Nothing was changed"}
    limits = {name: {"$ref": f"#/components/headers/{name}"} for name in _HEADERS}
    for response in found["responses"].values():
        response["headers"] = limits
        for content in response.get("content", {}).values():
            content["example"] = EXAMPLES[found["operationId"]]
    statuses = [*ALWAYS, *(_NAMED if "{" in path else ()), *(_SENT if method in ("post", "delete") else ())]
    for status in sorted(statuses):
        found["responses"][status] = {
            "description": HTTPStatus(status).phrase,
            "content": {CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
    for parameter in found["parameters"]:
        _narrow(parameter["name"], parameter["schema"])


def _narrow(name: str, schema: dict[str, Any]) -> None:
    """Tell which words there are where ninja knows only that it is text, and no default where '' is no value."""
    if schema.get("default") == "":
        del schema["default"]
    if name == "key":
        schema["enum"] = list(BY_KEY)
    if name == "kpi":
        schema["items"] |= {"enum": list(BY_KEY)}
    if name == "compare":
        schema["enum"] = list(get_args(Compare))
