"""Signing in with an account of the organisation: only who is here already, or was invited, comes in."""

from __future__ import annotations

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.db import transaction
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse

from peil.accounts.audit import record
from peil.accounts.joining import accept_by_address
from peil.accounts.models import Person
from peil.report.words.numbers import printable


class OutsideAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """allauth's adapter for accounts that are kept elsewhere."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ARG002  the interface gives it
        return False

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> Any:
        person = super().populate_user(request, sociallogin, data)
        person.name = " ".join(printable(data.get("name") or "").split())[:200]
        return person

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Someone seen before goes on; else the address decides, where the provider vouches for it."""
        if sociallogin.is_existing:
            return
        address = _vouched_address(sociallogin)
        with transaction.atomic():
            person = _person_of(address, sociallogin) if address else None
            if person is not None:
                sociallogin.connect(request, person)
                return
            record(None, "sso_refused", address or _said_address(sociallogin), provider=sociallogin.account.provider)
        raise ImmediateHttpResponse(HttpResponseRedirect(reverse("sso_refused")))


def _person_of(address: str, sociallogin: Any) -> Person | None:
    person = Person.objects.filter(email=address, is_active=True).first()
    return person or accept_by_address(address, sociallogin.user.name)


def _vouched_address(sociallogin: Any) -> str | None:
    """The address that the provider says it checked, or whose every address is trusted here; None for any other."""
    trusted = bool(sociallogin.provider.app.settings.get("trust_addresses"))
    found = [a.email.strip().lower() for a in sociallogin.email_addresses if a.verified is True or trusted]
    return found[0] if found else None


def _said_address(sociallogin: Any) -> str:
    return next((str(a.email).lower() for a in sociallogin.email_addresses), "")
