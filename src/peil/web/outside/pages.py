"""The mailbox, where the mail of the demo is read, and two pages of a website with Peil's forms in them.

The website is at another address than Peil, and as strict as one can be, so that it shows what a website has to allow.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from peil.report.words import Language, say
from peil.report.words.numbers import without_direction
from peil.web.outside.post import find_mail, mails_in, path_of

_WEB = Path(__file__).parent.parent
_STYLE = _WEB.parent / "report" / "style" / "look.css"
_FILES: Mapping[str, tuple[Path, str]] = {
    "/look.css": (_STYLE, "text/css; charset=utf-8"),
    "/outside.css": (_WEB / "static" / "outside" / "outside.css", "text/css; charset=utf-8"),
    "/chat.js": (_WEB / "static" / "outside" / "chat.js", "text/javascript; charset=utf-8"),
}
_HTML, _PLAIN = "text/html; charset=utf-8", "text/plain; charset=utf-8"
_NO_SCRIPT = (
    "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What there is to read."""

    folder: Path
    peil: str
    language: Language
    widgets: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Page:
    """What a browser gets; `policy` is its Content-Security-Policy."""

    body: bytes
    kind: str = _HTML
    policy: str = _NO_SCRIPT
    status: int = 200


def page_at(path: str, reading: Reading) -> Page:
    """The page of an address."""
    if path in _FILES:
        file, kind = _FILES[path]
        return Page(file.read_bytes(), kind)
    match path.strip("/").split("/"):
        case [""]:
            return _drawn("mailbox", reading, mails=mails_in(reading.folder))
        case ["mail", name, *how] if path_of(reading.folder, name) is not None:
            return _mail(reading, name, how)
        case ["website"]:
            return _website("help", reading)
        case ["website", "chat"]:
            return _website("chat", reading)
    return _drawn("nothing", reading, status=404)


def _mail(reading: Reading, name: str, how: list[str]) -> Page:
    """A mail as a mail program shows it: its own styles, no script, pictures of Peil alone."""
    mail, path = find_mail(reading.folder, name), path_of(reading.folder, name)
    assert mail is not None
    assert path is not None
    if how == ["source"]:
        return Page(path.read_bytes(), _PLAIN)
    if how == ["text"] or mail.html is None:
        return Page(mail.text.encode(), _PLAIN)
    policy = (
        f"default-src 'none'; style-src 'unsafe-inline'; img-src {reading.peil}; base-uri 'none'; form-action 'none'"
    )
    return Page(mail.html, policy=policy)


def _website(name: str, reading: Reading) -> Page:
    """A page with a form of Peil in it. What it allows is what a website has to allow."""
    policy = (
        f"default-src 'none'; script-src 'self' {reading.peil}; connect-src {reading.peil}; style-src 'self'; img-src data:; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )
    return _drawn(name, reading, policy=policy)


def _drawn(name: str, reading: Reading, *, policy: str = _NO_SCRIPT, status: int = 200, **more: object) -> Page:
    def words(key: str, *values: object) -> str:
        return say(key, reading.language, *values)

    about = {"say": words, "language": reading.language, "peil": reading.peil, "widgets": reading.widgets}
    body = _templates().get_template(f"outside/{name}.html").render({**about, **more}).encode()
    return Page(body, policy=policy, status=status)


@lru_cache(maxsize=1)
def _templates() -> Environment:
    made = Environment(loader=FileSystemLoader(_WEB / "templates"), autoescape=True, undefined=StrictUndefined)
    made.finalize = without_direction
    made.trim_blocks = made.lstrip_blocks = True
    return made


def handler_of(reading: Reading) -> type[BaseHTTPRequestHandler]:
    """What answers browsers; only those that ask for this machine by its own name, so that no website can read along."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name = urlsplit(f"//{self.headers.get('Host', '')}").hostname
            here = name in ("127.0.0.1", "localhost")
            page = page_at(urlsplit(self.path).path, reading) if here else Page(b"", _PLAIN, status=421)
            self.send_response(page.status)
            headers = {
                "Content-Type": page.kind, "Content-Length": str(len(page.body)), "Content-Security-Policy": page.policy,
                "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cache-Control": "no-store",
            }  # fmt: skip
            for header, value in headers.items():
                self.send_header(header, value)
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(page.body)

        do_HEAD = do_GET  # noqa: N815  http.server's name

        def log_message(self, *_: object) -> None:
            """Nothing: the terminal tells what one has to know."""

    return Handler
