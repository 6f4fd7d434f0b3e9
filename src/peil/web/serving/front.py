"""The front of the server: what is asked goes one of three ways.

A form that somebody answered is taken in by the one thread for those. Pages of respondents and all the rest have
threads apart, so that a report that takes its time keeps nobody from answering.
"""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any, TypeAlias, cast

from a2wsgi import WSGIMiddleware
from a2wsgi.asgi_typing import HTTPScope, Receive, Send
from a2wsgi.wsgi import build_environ

from peil.web.asking.intake.asked import LARGEST
from peil.web.asking.intake.short_way import (
    STARTS,
    Application,
    Environ,
    Reply,
    StartResponse,
    busy,
    find_in,
    reply_to,
)
from peil.web.asking.intake.taking import Taker
from peil.web.asking.pages import one_page
from peil.web.serving.running import THREADS

log = logging.getLogger("peil.web")

PATIENCE = 30.0  # seconds that somebody waits for the reply to a form
BLOCK = 65_536  # bytes
_BEYOND = re.compile(rb"[\x80-\xff]")
Scope: TypeAlias = dict[str, Any]


class Front:
    """An ASGI application before those of WSGI."""

    def __init__(self, short: Application, everything: Application) -> None:
        self._pages = WSGIMiddleware(cast("Any", short), workers=THREADS)
        self._rest = WSGIMiddleware(cast("Any", InBlocks(everything)), workers=THREADS)
        self.taker = Taker()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope = _plain(scope)
        if not scope["path"].startswith(STARTS):
            await self._rest(cast("HTTPScope", scope), _unbroken(receive), send)
        elif not await self._is_taken(scope, receive, send):
            await self._pages(cast("HTTPScope", scope), _unbroken(receive), send)

    async def _is_taken(self, scope: Scope, receive: Receive, send: Send) -> bool:
        """Take in what is sent of a page; False where it is anything else, and nothing of it was read."""
        if scope["method"] != "POST":
            return False
        environ = cast("Environ", build_environ(cast("HTTPScope", scope), cast("Any", None)))
        found = find_in(environ)
        length = environ.get("CONTENT_LENGTH", "")
        if found is None or found[1] is not one_page or not length.isdigit() or int(length) > LARGEST:
            return False
        came = time.perf_counter()
        body = await _whole(receive, int(length))
        if body is None:
            return True
        environ["wsgi.input"] = BytesIO(body)
        try:
            async with asyncio.timeout(PATIENCE):
                reply = await self.taker.take(reply_to(environ, found, came))
        except Exception as error:  # noqa: BLE001  whatever it was, who sent it can send it again
            log.error("form_not_taken", extra={"error": type(error).__name__})
            reply = busy(environ)
        await _send(reply, send)
        return True


async def _whole(receive: Receive, length: int) -> bytes | None:
    """The body; None where it is not as long as it was said to be: whoever sent it left, or says one thing twice."""
    body = b""
    while True:
        message = cast("dict[str, Any]", await receive())
        if message["type"] != "http.request":
            return None
        body += message.get("body", b"")
        if len(body) > length or not message.get("more_body"):
            return body if len(body) == length else None


async def _send(reply: Reply, send: Send) -> None:
    headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in reply.headers]
    await send({"type": "http.response.start", "status": reply.status, "headers": headers})
    await send({"type": "http.response.body", "body": reply.body})


def _unbroken(receive: Receive) -> Receive:
    """A body that breaks off is told as such: by itself the bridge takes what came of it for the whole."""

    async def received() -> Any:
        message = await receive()
        if cast("dict[str, Any]", message)["type"] == "http.disconnect":
            raise ConnectionResetError("the sender left")
        return message

    return received


def _plain(scope: Scope) -> Scope:
    """Without headers whose name has an underscore: written the way of WSGI they would pass for those of a proxy. And
    with a query in ASCII, as the bridge expects it."""
    headers, query = scope["headers"], scope["query_string"]
    if any(b"_" in name for name, _ in headers):
        scope = {**scope, "headers": [one for one in headers if b"_" not in one[0]]}
    if not query.isascii():
        scope = {**scope, "query_string": _BEYOND.sub(lambda m: b"%%%02X" % m[0][0], query)}
    return scope


class InBlocks:
    """A WSGI application whose pieces go out in blocks: each takes a turn of the loop, and a sheet has a piece a row."""

    def __init__(self, application: Application) -> None:
        self._application = application

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        return _Blocks(self._application(environ, start_response))


class _Blocks:
    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = pieces

    def __iter__(self) -> Iterator[bytes]:
        block = bytearray()
        for piece in self._pieces:
            block += piece
            if len(block) >= BLOCK:
                yield bytes(block)
                block.clear()
        if block:
            yield bytes(block)

    def close(self) -> None:
        getattr(self._pieces, "close", lambda: None)()
