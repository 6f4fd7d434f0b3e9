"""Addresses of static files that change with what is in them, so that browsers may keep them for ever."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from django.contrib.staticfiles.finders import find
from django.templatetags.static import static

from peil.core.errors import Bug

_YEAR = "public, max-age=31536000, immutable"


@cache
def static_url(path: str) -> str:
    """Where `path` is, with a hash of its content."""
    found = find(path)
    if not isinstance(found, str):
        raise Bug(f"there is no static file {path}")
    return f"{static(path)}?v={hashlib.sha256(Path(found).read_bytes()).hexdigest()[:12]}"


def keep_for_ever(headers: dict[str, str], path: str, url: str) -> None:  # noqa: ARG001  whitenoise gives them
    """Every address in a page is one of `static_url`."""
    headers["Cache-Control"] = _YEAR
