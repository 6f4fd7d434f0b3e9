"""How allauth meets Peil: nobody signs up, mails and words are Peil's own, and what happens is kept in the log."""

from __future__ import annotations

from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import get_language

from peil.accounts.audit import record
from peil.accounts.messages import Letter, notice_letter, reset_letter, send
from peil.accounts.models import Person
from peil.report.words import TEXTS, Language

_RESET = "account/email/password_reset_key"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """allauth's adapter with signing up closed."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  the interface gives it
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A mail of allauth's in Peil's words and the person's own language."""
        person = Person.objects.filter(email=email.lower()).first()
        language = cast("Language", person.language if person else _page_language())
        letter = _letter(template_prefix, context, language)
        if template_prefix == _RESET:
            record(None, "password_reset_asked", email)
        if letter is not None:
            send(email, letter, language)

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        """Peil's pages say themselves what was done; only what went wrong is passed on."""
        if kwargs.get("message"):
            super().add_message(request, level, *args, **kwargs)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:  # noqa: ARG002
        record(None, "sign_in_failed", str(credentials.get("email", "")))

    def get_client_ip(self, request: HttpRequest) -> str:
        """Of a request that names none (a socket, a test) all count as one."""
        return super().get_client_ip(request) if request.META.get("REMOTE_ADDR") else "0.0.0.0"  # noqa: S104  no socket


def _letter(prefix: str, context: dict[str, Any], language: Language) -> Letter | None:
    if prefix == _RESET:
        return reset_letter(context["password_reset_url"], language)
    what = prefix.rpartition("/")[2]
    if f"mail_{what}_subject" not in TEXTS:
        return None
    return notice_letter(what, (), language)


def _page_language() -> str:
    return "en" if get_language() == "en" else "nl"
