"""How accounts come to be: by invitation, never by signing up oneself."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """allauth's adapter with signing up closed."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  the interface gives it
        return False
