"""The description of the API is whole, and what it shows is true."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
from django.test import Client

from peil.library import Peil
from peil.web.api.examples import EXAMPLES
from peil.web.api.v1 import openapi


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(openapi(None).content)  # type: ignore[arg-type]
    return found


def described(told: dict[str, Any]) -> dict[str, tuple[str, dict[str, Any]]]:
    return {o["operationId"]: (m, o) for ways in told["paths"].values() for m, o in ways.items()}


def test_everyone_may_read_it(anonymous: Client, company: Peil, db: None) -> None:
    answer = anonymous.get("/api/v1/openapi.json")
    assert answer.status_code == 200
    assert answer.json()["openapi"].startswith("3.1")


def test_every_operation_says_what_it_is_and_what_can_go_wrong(told: dict[str, Any]) -> None:
    for name, (method, operation) in described(told).items():
        assert operation["summary"], name
        assert operation["security"] == [{"key": []}, {"session": []}]
        statuses = set(operation["responses"])
        assert {"400", "401", "403", "422", "429", "500", "503"} <= statuses, name
        if method != "get":
            assert {"409", "413", "415"} <= statuses, name
        for status, response in operation["responses"].items():
            (kind,) = response["content"]
            assert kind == ("application/json" if status < "300" else "application/problem+json")
        for parameter in operation["parameters"]:
            assert parameter["schema"].get("default") != ""


def test_examples_are_answers(told: dict[str, Any]) -> None:
    found = described(told)
    assert set(found) == set(EXAMPLES)
    for name, (_, operation) in found.items():
        for status in ("200", "201"):
            content = operation["responses"].get(status, {}).get("content", {}).get("application/json")
            if content:
                schema = _local({"$defs": told["components"]["schemas"], **content["schema"]})
                jsonschema.Draft202012Validator(schema).validate(content["example"])
                assert content["example"] == EXAMPLES[name]


def _local(schema: dict[str, Any]) -> dict[str, Any]:
    moved: dict[str, Any] = json.loads(json.dumps(schema).replace("#/components/schemas/", "#/$defs/"))
    return moved


def test_no_shape_allows_what_is_not_told(told: dict[str, Any]) -> None:
    for name, shape in told["components"]["schemas"].items():
        if name not in ("Problem",) and shape.get("type") == "object" and "properties" in shape:
            assert shape.get("additionalProperties") is False, name
