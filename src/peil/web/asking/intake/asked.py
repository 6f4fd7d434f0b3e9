"""What a respondent's browser asks and what it gets back, with no more around it than that takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from django.conf import settings
from django.http import HttpRequest

FORM = "application/x-www-form-urlencoded"
LARGEST = 1_000_000  # bytes of a form
_MOST_FIELDS = 2_000


class TooLarge(Exception):
    """More than any form of ours sends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request. `form` is None unless it is a POST."""

    method: str
    path: str
    query: Mapping[str, str]
    form: Mapping[str, list[str]] | None = None
    accept_language: str = ""
    user_agent: str = ""
    address: str = ""  # where it came from

    def said(self, name: str) -> str:
        """The last value of a field of the form, or ''."""
        return (self.form or {}).get(name, [""])[-1]


@dataclass(slots=True)
class Page:
    """What goes back."""

    body: str | bytes = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    kind: str = "text/html; charset=utf-8"


def read_query(query: str) -> dict[str, str]:
    return dict(parse_qsl(query[:2_000], keep_blank_values=True))


def read_form(body: bytes) -> dict[str, list[str]]:
    """The fields of a form; bytes that are no text become signs that say so."""
    found: dict[str, list[str]] = {}
    try:
        pairs = parse_qsl(
            body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=_MOST_FIELDS, errors="replace"
        )
    except ValueError:
        raise TooLarge from None
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found


def asked_of(request: HttpRequest) -> Asked:
    """The same of a request of Django's, for whoever comes by its list of addresses."""
    sends = request.method == "POST"
    body = request.body if sends and request.content_type == FORM else b""
    if len(body) > LARGEST:
        raise TooLarge
    return Asked(
        method=request.method or "GET", path=request.path_info, query=read_query(request.META.get("QUERY_STRING", "")),
        form=read_form(body) if sends else None, accept_language=request.META.get("HTTP_ACCEPT_LANGUAGE", ""),
        user_agent=request.META.get("HTTP_USER_AGENT", ""), address=address_of(request.META),
    )  # fmt: skip


def address_of(told: Mapping[str, object]) -> str:
    """Where a request came from: whoever ends the encryption writes last who asked it."""
    trusted = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    if trusted:
        passed = [part.strip() for part in str(told.get("HTTP_X_FORWARDED_FOR", "")).split(",") if part.strip()]
        if len(passed) >= trusted:
            return passed[-trusted]
    return str(told.get("REMOTE_ADDR", ""))
