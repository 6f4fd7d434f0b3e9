"""The script of a widget: one file with its rules, its words and its look, at /w/<code>.js."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import find
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from peil.core.errors import Bug
from peil.surveys.answering.doors import door_of_link
from peil.surveys.channels.rules import Theme, read_rules
from peil.surveys.links import find_link
from peil.web.access import anyone
from peil.web.asking.brand import style, the_manner

MOST = 15_000  # bytes
KINDS = ("widget", "chat_end")
_FIVE_MINUTES = "public, max-age=300, stale-while-revalidate=86400"
_NOT_IN_A_WIDGET = re.compile(
    r"^(?:html|body|header|\.in|main|nav|footer|h2|\.who|\.done)\b|^\.(?:in|who)::|^@media(?: print|\(prefers-reduced-motion)|^/\*"
)
# names that stand often, the longer before those they begin with
_SHORT = {
    "--on-own": "--o2", "--own": "--o", "--badline": "--b3", "--badbg": "--b2", "--bad": "--b", "--paper": "--p",
    "--sunk": "--s", "--line": "--l", "--ctrl": "--c", "--ink2": "--i2", "--ink": "--i",
}  # fmt: skip
_FONT = '600 1.0625rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",Arial,sans-serif'
_TEXT = re.compile(r'("(?:[^"\\\n]|\\.)*")')
_AROUND = re.compile(r"[ \t]*([=<>?:;,{}()|&!+*])[ \t]*")


@anyone
@require_safe
def script(request: HttpRequest, code: str) -> HttpResponse:
    """Kept by browsers for five minutes, and asked for again by what is in it."""
    made = _script(code)
    etag = f'"{hashlib.sha256(made.encode()).hexdigest()[:24]}"'
    headers = {
        "ETag": etag, "Cache-Control": _FIVE_MINUTES, "Cross-Origin-Resource-Policy": "cross-origin",
        "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
    }  # fmt: skip
    if etag in request.headers.get("If-None-Match", ""):
        return HttpResponse(status=304, headers=headers)
    return HttpResponse(made, content_type="text/javascript; charset=utf-8", headers=headers)


def _script(code: str) -> str:
    """The script of this link; of one that is closed or never was, nothing that does anything."""
    link, door = find_link(code), door_of_link(code)
    if link is None or link.kind not in KINDS or door.state != "open":
        return "/* Peil */\n"
    asked, rules = door.asked, read_rules(link.settings)
    config = {
        "code": code, "base": settings.PEIL_ADDRESS, "kind": link.kind, "languages": list(asked.languages),
        "help": asked.moment == "help_page", "rules": asdict(rules), "css": _css(the_manner().colour, rules.theme),
    }  # fmt: skip
    # what a closing tag or a line end of old browsers would break is written otherwise
    told = json.dumps(config, ensure_ascii=False, separators=(",", ":"))
    told = told.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return _code().replace("__CONFIG__", told, 1)


@lru_cache(maxsize=8)
def _css(colour: str, theme: Theme) -> str:
    """The stylesheet of the survey pages as it fits in a shadow: sizes by its own width, and not by those of the page."""
    lines = [line for line in style(colour).splitlines() if not _NOT_IN_A_WIDGET.match(line)]
    css = "".join(_without_plain_values(line) for line in lines)
    css = css.replace(_FONT, "inherit").replace(":root", ":host").replace("@media(min-width:", "@container(min-width:")
    css = re.sub(r"(\d*\.?\d+)rem", lambda m: f"{round(float(m[1]) * 16, 2):g}px", css)
    if theme != "auto":
        dark = r"@media\(prefers-color-scheme:dark\)\{(:host\{[^}]*\})\}"
        css = re.sub(dark, r"\1" if theme == "dark" else "", css).replace(
            "color-scheme:light dark", f"color-scheme:{theme}"
        )
    css += "".join(_source("channels/widget.css").splitlines())
    return re.sub("|".join(_SHORT), lambda m: _SHORT[m[0]], css)


def _without_plain_values(line: str) -> str:
    """A browser that has shadows has variables too: of a colour that is written twice the plain one can go."""
    line = re.sub(r"(?<=[{;])([a-z-]*color|background|stroke|fill):#[0-9a-f]{3,6};(?=\1:var)", "", line)
    return re.sub(r"(?<=[{;])((border|outline)[a-z-]*:\S+ \w+) #[0-9a-f]{6};\2-color:(var\(--\w+\))", r"\1 \3", line)


@lru_cache(maxsize=1)
def _code() -> str:
    """As it is written, without what is there for whoever reads it: comments, and spaces around signs outside of texts."""
    lines = (line.strip() for line in _source("channels/widget.js").splitlines())
    told = "\n".join(line for line in lines if line and not line.startswith("//")) + "\n"
    parts = _TEXT.split(told)
    return "".join(part if n % 2 else _AROUND.sub(r"\1", part) for n, part in enumerate(parts))


def _source(path: str) -> str:
    found = find(path)
    if not isinstance(found, str):
        raise Bug(f"there is no {path}")
    return Path(found).read_text(encoding="utf-8")
