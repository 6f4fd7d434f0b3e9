"""The description of the API (OpenAPI 3.1): what ninja writes of it, and what holds for every operation."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from peil.web.api.examples import EXAMPLES
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
    schema["components"]["schemas"]["Problem"] = Problem.model_json_schema()
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
    if method == "post":
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
        if parameter["schema"].get("default") == "":
            del parameter["schema"]["default"]
