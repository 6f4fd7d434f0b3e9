"""What every answer to a respondent says to the browser: keep it to yourself, run nothing, fetch nothing from others."""

from __future__ import annotations

from functools import cache

from django.conf import settings
from django.http import HttpResponse

_CSP = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors {0}"


@cache
def protecting(*, framed: bool = False) -> dict[str, str]:
    """The headers of a respondent's page. `framed`: a preview, which our own editor shows in a frame."""
    always = {
        "Content-Security-Policy": _CSP.format("'self'" if framed else "'none'"),
        "X-Frame-Options": "SAMEORIGIN" if framed else "DENY",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Opener-Policy": "same-origin",
        "X-Robots-Tag": "noindex, nofollow",
        "Cache-Control": "no-store",
    }
    seconds = settings.SECURE_HSTS_SECONDS
    return always | ({"Strict-Transport-Security": f"max-age={seconds}"} if seconds else {})


def protect(response: HttpResponse, *, framed: bool = False) -> HttpResponse:
    """The same for a response of Django's."""
    for name, value in protecting(framed=framed).items():
        response.headers[name] = value
    return response
