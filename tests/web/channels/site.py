"""A website of somebody else, on a port of its own, as strict as one can be: no inline script or style, no markup from text."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = """<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>A site</title>
<meta name="viewport" content="width=device-width,initial-scale=1"></head>
<body><main><h1>A site</h1><p><a href="#here">A link</a> <label>Search <input id="search"></label></p>
<div id="place"{place}></div>{lines}</main><script src="{peil}/w/{code}.js" async{data}></script></body></html>"""
LINES = "<p>A line of text.</p>" * 80


class Site:
    """Pages with a widget in them, each with the rules of a strict site."""

    def __init__(self, peil: str) -> None:
        self.peil = peil
        self.pages: dict[str, str] = {}
        self.requests: list[str] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                path = self.path.partition("?")[0]
                site.requests.append(self.path)
                page = site.pages.get(path)
                self.send_response(200 if page else 404)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Security-Policy", site.policy)
                self.end_headers()
                self.wfile.write((page or "").encode())

            def log_message(self, *_: object) -> None:
                """Says nothing: a test tells what it needs."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    @property
    def policy(self) -> str:
        return (
            f"default-src 'none'; script-src {self.peil}; connect-src {self.peil}; base-uri 'none'; form-action 'none'; "
            "require-trusted-types-for 'script'; trusted-types 'none'"
        )

    def add(self, path: str, code: str, *, language: str = "nl", place: str = "", data: str = "") -> str:
        """A page with the widget of this link; its address."""
        self.pages[path] = PAGE.format(
            language=language, peil=self.peil, code=code, place=place, data=data, lines=LINES
        )  # fmt: skip
        return self.url + path


@contextmanager
def a_site(peil: str) -> Iterator[Site]:
    site = Site(peil)
    thread = threading.Thread(target=site.server.serve_forever, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.server.shutdown()
        site.server.server_close()
        thread.join(10)
