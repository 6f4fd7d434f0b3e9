"""How often something may be tried from one address: for pages that someone could guess at."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest


def may_try(request: HttpRequest, what: str, most: int, seconds: int) -> bool:
    """Whether this is at most the `most`-th try from this address since the first, within these seconds."""
    key = f"peil-tries:{what}:{get_adapter(request).get_client_ip(request)}"
    if cache.add(key, 1, seconds):
        return True
    try:
        return int(cache.incr(key)) <= most
    except ValueError:  # it was over between the two
        return bool(cache.add(key, 1, seconds))
