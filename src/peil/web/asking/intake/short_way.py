"""The short way for those who answer: from the server straight to their page, past everything that it does without.

Sessions, sign-in, messages and the rest of the middleware cost more than keeping an answer does. What is refused
everywhere is refused here too: another host name, or a connection that is not encrypted where it has to be, goes the
usual way and is told so there. A request has its line in the log, with its route and nothing that stands in it.
"""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from http.client import responses
from typing import Any, TypeAlias

from django.conf import settings
from django.http.request import split_domain_port, validate_host

from peil.surveys.answering.keeping import Steps
from peil.surveys.answering.line import let_go
from peil.surveys.answering.writer import settle
from peil.web.asking.answering import Found, View, answer, find_page, too_large
from peil.web.asking.headers import protecting
from peil.web.asking.intake.asked import FORM, LARGEST, Asked, Page, TooLarge, address_of, read_form, read_query
from peil.web.asking.pages import LATER
from peil.web.asking.showing import show_plainly
from peil.web.serving.logs import log, request_scope

Environ: TypeAlias = dict[str, Any]
StartResponse: TypeAlias = Callable[..., Any]
Application: TypeAlias = Callable[[Environ, StartResponse], Iterable[bytes]]
_MOST_TAKEN = 20 * LARGEST
_SMALL = 1_000  # bytes: less is sent as it is
STARTS = ("/s/", "/a/", "/asking/")


class ShortWay:
    """An application before another: it answers what is asked of respondents' pages, and leaves the rest."""

    def __init__(self, application: Application) -> None:
        self._application = application

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        found = find_in(environ)
        if found is None:
            return self._application(environ, start_response)
        try:
            reply = settle(reply_to(environ, found))
        finally:
            let_go()
        start_response(f"{reply.status} {responses[reply.status]}", reply.headers)
        return [reply.body]


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes over the line."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes


def find_in(environ: Environ) -> Found | None:
    """The page that is asked, where it is one of these."""
    path: str = environ.get("PATH_INFO", "")
    return find_page(path) if path.startswith(STARTS) and _is_welcome(environ) else None


def reply_to(environ: Environ, found: Found, came: float | None = None) -> Steps[Reply]:
    """The page as it goes over the line, and a line in the log. `came`: when, by `time.perf_counter`; None: now."""
    started = time.perf_counter() if came is None else came
    route, view, told = found
    with request_scope() as name:
        page = yield from _answer(environ, view, told)
        ms = round(1000 * (time.perf_counter() - started), 1)
        log.info("request", extra={"method": environ["REQUEST_METHOD"], "path": route, "status": page.status, "ms": ms})
    return _reply(environ, page, name)


def busy(environ: Environ) -> Reply:
    """Where it takes too long: whether it is kept is not known, and sent again it is kept once."""
    page = show_plainly(Asked(method="GET", path="", query={}), "busy")
    page.headers = protecting() | page.headers | {"Retry-After": LATER}
    return _reply(environ, page, "")


def _reply(environ: Environ, page: Page, name: str) -> Reply:
    body = _packed(environ, page)
    told = [("Content-Type", page.kind), ("Content-Length", str(len(body))), ("X-Request-ID", name)]
    headers = [*page.headers.items(), *told]
    return Reply(page.status, headers, b"" if environ["REQUEST_METHOD"] == "HEAD" else body)


def _packed(environ: Environ, page: Page) -> bytes:
    """What goes over the line: text made small where the browser can read it. Nobody else's words stand on these pages
    beside their address, so its length gives nothing away."""
    if isinstance(page.body, bytes):
        return page.body
    body = page.body.encode()
    page.headers["Vary"] = "Accept-Language, Accept-Encoding"
    if len(body) < _SMALL or "gzip" not in environ.get("HTTP_ACCEPT_ENCODING", ""):
        return body
    page.headers["Content-Encoding"] = "gzip"
    return gzip.compress(body, compresslevel=5, mtime=0)


def _answer(environ: Environ, view: View, told: tuple[Any, ...]) -> Steps[Page]:
    try:
        return (yield from answer(_asked(environ), view, told))
    except TooLarge:
        return too_large(Asked(method="GET", path="", query={}))
    except Exception:  # noqa: BLE001  somebody waits for an answer, and the log tells what it was
        log.exception("page_failed")
        page = show_plainly(Asked(method="GET", path="", query={}), "failed")
        page.headers = protecting() | page.headers
        return page


def _asked(environ: Environ) -> Asked:
    method = environ["REQUEST_METHOD"]
    return Asked(
        method=method, path=environ["PATH_INFO"], query=read_query(environ.get("QUERY_STRING", "")),
        form=_form(environ) if method == "POST" else None, accept_language=environ.get("HTTP_ACCEPT_LANGUAGE", ""),
        user_agent=environ.get("HTTP_USER_AGENT", ""), address=address_of(environ),
    )  # fmt: skip


def _form(environ: Environ) -> dict[str, list[str]]:
    if not str(environ.get("CONTENT_TYPE", "")).startswith(FORM):
        return {}
    told = environ.get("CONTENT_LENGTH") or "0"
    length = int(told) if told.isdigit() else 0
    if length > LARGEST:
        _take_in(environ, length)
        raise TooLarge
    return read_form(environ["wsgi.input"].read(length))


def _take_in(environ: Environ, length: int) -> None:
    """Let the browser finish sending what is too much, else it shows a broken connection and not what is wrong."""
    for _ in range(min(length, _MOST_TAKEN) // LARGEST + 1):
        if not environ["wsgi.input"].read(LARGEST):
            return


def _is_welcome(environ: Environ) -> bool:
    """Whether it came by a name of ours, and encrypted where it has to."""
    if settings.SECURE_SSL_REDIRECT and not _is_encrypted(environ):
        return False
    return _is_ours(environ.get("HTTP_HOST", ""))


@lru_cache(maxsize=64)
def _is_ours(told: str) -> bool:
    host, _ = split_domain_port(told)
    return bool(host) and validate_host(host, settings.ALLOWED_HOSTS)


def _is_encrypted(environ: Environ) -> bool:
    if environ.get("wsgi.url_scheme") == "https":
        return True
    name, value = settings.SECURE_PROXY_SSL_HEADER or ("", "")
    return bool(name) and environ.get(name) == value
