"""Schemathesis against the description: whatever is sent by whom, no answer is 5xx or of another shape."""

from __future__ import annotations

import json
from typing import Any

import pytest
import requests
import schemathesis
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import (
    content_type_conformance,
    not_a_server_error,
    response_schema_conformance,
    status_code_conformance,
)
from schemathesis.core.transport import Response
from tests.web.api.conftest import ByKey
from tests.web.conftest import SignIn

from peil.web.api.v1 import openapi

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
CASES = 48  # an operation; with 14 operations and three callers 2,016 requests
CASES_FULL = 1_200
PLAIN = ("kpi", "compare", "weighted", "exact", "limit", "dry_run", "comments")
GOOD = {
    "period": ["2026-10", "2026-Q3", "last-30-days", "2026-W35"],
    "where": [["channel=phone"], ["touchpoint!=betalen"], ['{"column": "channel", "values": ["chat", null]}']],
    "by": [["channel"], ["month"], ["touchpoint", "channel"], ["team"]],
    "level": [0.9, 0.99],
    "since": ["2026-09-01"],
    "assume": [["avoided_share=0.3"]],
}


OPERATIONS = {
    found.ok().label: found.ok()
    for found in schemathesis.openapi.from_dict(json.loads(openapi(None).content)).get_all_operations()  # type: ignore[arg-type]
}


@pytest.fixture
def callers(sign_in: SignIn, by_key: ByKey) -> tuple[Client, ...]:
    """Every request is sent by each of three: it costs more to make one up than to answer it."""
    return by_key("manager", "read_figures", "read_rows"), sign_in("team_lead"), sign_in("analyst")


def fuzz(operation: schemathesis.APIOperation, callers: tuple[Client, ...], cases: int) -> None:
    generated = st.one_of(
        operation.as_strategy(generation_mode=schemathesis.GenerationMode.POSITIVE),
        operation.as_strategy(generation_mode=schemathesis.GenerationMode.NEGATIVE),
    )

    @settings(
        max_examples=cases, deadline=None, database=None, suppress_health_check=list(HealthCheck), derandomize=True
    )
    @given(generated, st.data())
    def holds(case: schemathesis.Case, data: st.DataObject) -> None:
        case.query = _sensible(dict(case.query or {}), data)
        for caller in callers:
            case.validate_response(_ask(caller, case), checks=CHECKS)

    holds()


def _sensible(query: dict[str, Any], data: st.DataObject) -> dict[str, Any]:
    """Half of the time, values that mean something in place of random ones, so that figures come back too."""
    if data.draw(st.booleans()):
        return query
    kept = {name: value for name, value in query.items() if name in PLAIN}
    for name in query:
        if name in GOOD:
            kept[name] = data.draw(st.sampled_from(GOOD[name]))
    return kept


def _ask(caller: Client, case: schemathesis.Case) -> Response:
    """The request as schemathesis would send it, by a client of Django; its answer as schemathesis reads it."""
    told = case.as_transport_kwargs(base_url="http://127.0.0.1")
    sent = {k: told[k] for k in ("method", "url", "params", "headers", "cookies", "data", "json", "files") if k in told}
    request = requests.Request(**sent).prepare()
    raw = request.body or b""
    headers = {k: v for k, v in request.headers.items() if k.lower() == "idempotency-key"}
    answer = caller.generic(
        str(request.method),
        str(request.url).removeprefix("http://127.0.0.1"),
        raw if isinstance(raw, bytes) else str(raw).encode(),
        content_type=str(request.headers.get("Content-Type", "application/octet-stream")),
        headers=headers,
    )
    found = {name.lower(): [value] for name, value in answer.headers.items()}
    return Response(answer.status_code, found, answer.content, request, elapsed=0.0, verify=False)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_no_request_breaks_the_contract(operation: str, callers: tuple[Client, ...]) -> None:
    fuzz(OPERATIONS[operation], callers, CASES)


@pytest.mark.full
@pytest.mark.parametrize("operation", OPERATIONS)
def test_none_of_many_requests_breaks_the_contract(operation: str, callers: tuple[Client, ...]) -> None:
    fuzz(OPERATIONS[operation], callers, CASES_FULL)
