"""The line to a server: where a key may go, and what comes back when something is wrong."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

import peil
from peil.client.line import Line
from peil.core.errors import BadInput, BadMapping, BadQuery, Bug, NotNow, UserError

pytestmark = pytest.mark.slow

KEY = "peil_abc_geheim"


@contextmanager
def a_server(status: int, body: bytes, **headers: str) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """A server that always says the same, and what it was asked."""
    asked: list[dict[str, str]] = []

    class Same(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append({"path": self.path, **dict(self.headers.items())})
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Nothing is said."""

    server = HTTPServer(("127.0.0.1", 0), Same)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def problem(kind: str, status: int, **more: Any) -> bytes:
    told = {
        "type": f"urn:peil:problem:{kind}",
        "title": "x",
        "status": status,
        "detail": "Wrong.",
        "remedy": "Mend it.",
    }
    return json.dumps(told | more).encode()


@pytest.mark.parametrize(
    ("kind", "status", "error"),
    [
        ("bad-query", 400, BadQuery), ("bad-mapping", 400, BadMapping), ("bad-input", 400, BadInput),
        ("invalid-parameter", 422, BadQuery), ("not-found", 404, UserError), ("not-yours", 403, UserError),
        ("not-known", 401, UserError), ("too-many-requests", 429, NotNow), ("not-now", 503, NotNow), ("bug", 500, Bug),
        ("undone-before", 409, UserError),
    ],
)  # fmt: skip
def test_a_problem_is_raised_as_the_error_that_it_was(kind: str, status: int, error: type[Exception]) -> None:
    with a_server(status, problem(kind, status)) as (url, _), pytest.raises(error) as raised:
        Line(url, KEY).get("me")
    assert type(raised.value) is error
    if error is not Bug:
        assert (raised.value.problem, raised.value.remedy) == ("Wrong.", "Mend it.")  # type: ignore[attr-defined]


def test_the_place_of_a_mistake_comes_along() -> None:
    body = problem("bad-input", 400, file="a.csv", row=3, column="score")
    with a_server(400, body) as (url, _), pytest.raises(BadInput) as raised:
        Line(url, KEY).get("me")
    assert (raised.value.file, raised.value.row, raised.value.column) == ("a.csv", 3, "score")


@pytest.mark.parametrize(
    ("status", "body"),
    [(200, b"<html>"), (200, b""), (404, b"<html>"), (502, b""), (400, b"[]"), (500, b"{}"), (403, b"\xff")],
)
def test_what_is_no_peil_is_told(status: int, body: bytes) -> None:
    with a_server(status, body) as (url, _), pytest.raises(NotNow, match="no Peil"):
        Line(url, KEY).get("me")


def test_a_key_is_not_carried_to_where_a_server_points() -> None:
    with (
        a_server(200, b"{}") as (other, asked),
        a_server(302, b"", Location=f"{other}/api/v1/me") as (url, first),
        pytest.raises(NotNow, match="302"),
    ):
        Line(url, KEY).get("me")
    assert first[0]["Authorization"] == f"Bearer {KEY}"
    assert asked == []


@pytest.mark.parametrize(
    "url",
    [
        "http://kpi.example.nl",
        "https://",
        "https://me:geheim@kpi.example.nl",
        "https://kpi.example.nl/api",
        "https://a.nl?key=1",
    ],
)
def test_a_key_goes_to_no_doubtful_address(url: str) -> None:
    with pytest.raises(UserError) as raised:
        peil.open(url, key=KEY)
    assert "geheim" not in str(raised.value)


@pytest.mark.parametrize("key", [None, "", "a\r\nX: y", "é"])
def test_without_a_key_nothing_is_sent(key: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PEIL_KEY", raising=False)
    with pytest.raises(UserError, match="PEIL_KEY"):
        peil.open("https://kpi.example.nl", key=key)


def test_the_key_of_the_environment_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PEIL_KEY", KEY)
    body = json.dumps({"items": [], "next": None}).encode()
    with a_server(200, body) as (url, asked):
        assert list(peil.open(url).imports()) == []
    assert asked[0]["Authorization"] == f"Bearer {KEY}"
    assert KEY not in asked[0]["path"]


def test_who_can_not_be_reached_is_told() -> None:
    with pytest.raises(NotNow, match="can't be reached"):
        Line("https://127.0.0.1:1", KEY).get("me")


def test_a_certificate_is_looked_at() -> None:
    with a_server(200, b"{}") as (url, _), pytest.raises(NotNow, match="can't be reached"):
        Line(url.replace("http", "https"), KEY).get("me")
    handler = next(h for h in Line("https://a.nl", KEY)._opener.handlers if type(h).__name__ == "HTTPSHandler")
    context: ssl.SSLContext = handler._context  # type: ignore[attr-defined]
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname


def test_what_needs_the_warehouse_is_refused() -> None:
    with a_server(200, json.dumps({"time_zone": "Europe/Amsterdam"}).encode()) as (url, _):
        online = peil.open(url, key=KEY)
        for ask in (online.rebuild, online.report, online.doctor):
            with pytest.raises(UserError, match="the server holds"):
                ask()


def test_the_client_needs_no_django() -> None:
    import subprocess
    import sys

    code = "import sys, peil; peil.open('https://a.nl', key='k'); assert not [m for m in sys.modules if 'django' in m]"
    subprocess.run([sys.executable, "-c", code], check=True)
