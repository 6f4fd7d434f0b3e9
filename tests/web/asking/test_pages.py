"""The pages as a browser gets them: what they say to it, what they keep from others, and what they do with the odd request."""

from __future__ import annotations

import gzip
import http.client
import re
import time

import pytest
from tests.web.asking.conftest import Counter

UNKNOWN = "A" * 24
METHODS = {"GET": 200, "HEAD": 200, "OPTIONS": 204, "PUT": 405, "DELETE": 405, "POST": 405}


def ask(
    counter: Counter, path: str, method: str = "GET", body: bytes | None = None, **headers: str
) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", counter.server.port, timeout=20)
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, body=body, headers=given)
    response = connection.getresponse()
    told = response.status, {name.lower(): value for name, value in response.getheaders()}, response.read()
    connection.close()
    return told


def path_of(address: str) -> str:
    return "/" + address.split("/", 3)[3]


@pytest.mark.parametrize("way", ["open", "personal", "unknown"])
def test_every_page_keeps_to_itself(way: str, counter: Counter) -> None:
    path = {"open": counter.made.link, "personal": path_of(counter.personal()), "unknown": f"/a/{UNKNOWN}/"}[way]
    status, headers, body = ask(counter, path)
    assert status == (404 if way == "unknown" else 200)
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["content-security-policy"] == (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    assert headers["x-frame-options"] == "DENY"
    assert "set-cookie" not in headers
    assert not re.search(rb"<script|\sstyle=|\son\w+=|https?://", body)


@pytest.mark.parametrize(("method", "status"), METHODS.items())
def test_a_look_writes_nothing_whatever_the_method(method: str, status: int, counter: Counter) -> None:
    before, path = counter.kept(), path_of(counter.personal())
    for _ in range(3):
        found, headers, body = ask(counter, path + "?score=9", method)
        assert found == status
        assert method == "GET" or not body
        assert method in ("GET", "HEAD") or headers["allow"] == "GET, HEAD, OPTIONS"
    assert counter.kept() == before


def test_an_expired_token_gets_what_one_that_never_was_gets(counter: Counter) -> None:
    told = [ask(counter, f"/a/{token}/") for token in (counter.made.expired, UNKNOWN, "x", "x" * 64)]
    assert len({(status, body) for status, _, body in told}) == 1
    assert {frozenset(headers) for _, headers, _ in told} == {frozenset(told[0][1])}


def test_a_form_of_another_door_is_not_taken(counter: Counter) -> None:
    before = counter.kept()
    one, other = counter.made.personal[-1][0], counter.made.personal[-2][0]
    mixed = f"/a/{one.split('/')[2]}/{other.split('/')[3]}/1/"
    assert ask(counter, mixed)[0] == 404
    assert ask(counter, mixed, "POST", b"figures=9", Content_Type="application/x-www-form-urlencoded")[0] == 404
    assert counter.kept() == before


def test_more_than_a_form_can_be_is_refused(counter: Counter) -> None:
    path = counter.made.personal[-1][0]
    urlencoded = {"Content_Type": "application/x-www-form-urlencoded"}
    assert ask(counter, path, "POST", b"a=" + b"x" * 1_100_000, **urlencoded)[0] == 413
    assert ask(counter, path, "POST", b"&".join(b"a=1" for _ in range(3_000)), **urlencoded)[0] == 413
    odd = b"figures=9&story=%ff%fe%00&=&&&language=%00"
    assert ask(counter, path, "POST", odd, **urlencoded)[0] == 303


def test_another_name_of_the_server_goes_the_usual_way_and_is_refused(counter: Counter) -> None:
    assert ask(counter, counter.made.link, Host="evil.example")[0] == 400


def test_text_is_sent_small_to_who_can_read_it(counter: Counter) -> None:
    _, headers, body = ask(counter, counter.made.link, Accept_Encoding="gzip, br")
    assert headers["content-encoding"] == "gzip"
    assert gzip.decompress(body).startswith(b"<!doctype html>")


def test_no_line_of_the_log_tells_a_code_a_token_or_a_mark(counter: Counter) -> None:
    link = path_of(counter.personal())
    token, mark = link.split("/")[2], counter.taken[-1].split("/")[3]
    for path in (
        link,
        counter.made.link,
        f"/a/{token}/{mark}/1/",
        f"/a/{token}/{mark}/done/",
        f"/a/{token}",
        f"/s/{token}/?score=9",
    ):
        ask(counter, path)
        ask(counter, path, "POST", b"figures=9", Content_Type="application/x-www-form-urlencoded")
    until = time.monotonic() + 5
    while time.monotonic() < until and "/a/<slug:key>/<slug:mark>/done/" not in counter.server.log.read_text():
        time.sleep(0.05)
    said = counter.server.log.read_text()
    assert "/a/<slug:key>/<slug:mark>/done/" in said
    assert [secret for secret in (token, mark, counter.made.link.split("/")[2]) if secret in said] == []
