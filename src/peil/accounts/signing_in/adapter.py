"""How allauth meets Peil: nobody signs up, mails and words are Peil's own, and what happens is kept in the log."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.functional import lazy
from django.utils.translation import get_language

from peil.accounts.audit import record
from peil.accounts.messages import Letter, notice_letter, reset_letter, send
from peil.accounts.models import Person
from peil.accounts.signing_in.passwords import wrong_with
from peil.report.words import TEXTS, Language, say

_RESET = "account/email/password_reset_key"


def _page_language() -> Language:
    return "en" if get_language() == "en" else "nl"


def _words(key: str) -> str:
    return say(key, _page_language())


_later = lazy(_words, str)  # in the language of the page that shows it
_WRONG = {
    "email_password_mismatch": _later("sign_in_wrong"),
    "too_many_login_attempts": _later("sign_in_too_often"),
    "rate_limited": _later("too_many_tries"),
    "incorrect_code": _later("code_wrong"),
    "incorrect_password": _later("password_wrong"),
    "enter_current_password": _later("password_wrong"),
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """allauth's adapter with signing up closed."""

    error_messages: ClassVar = {**DefaultAccountAdapter.error_messages, **_WRONG}

    def clean_password(self, password: str, user: Person | None = None) -> str:
        wrong = wrong_with(password, user, _page_language())
        if wrong:
            raise ValidationError(wrong)
        return password

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  the interface gives it
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A mail of allauth's in Peil's words and the person's own language."""
        person = Person.objects.filter(email=email.lower()).first()
        language = cast("Language", person.language) if person else _page_language()
        letter = _letter(template_prefix, context, language)
        if template_prefix == _RESET:
            record(None, "password_reset_asked", email)
        if letter is not None:
            send(email, letter, language)

    def send_notification_mail(
        self, template_prefix: str, user: Person, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """To the address that someone signs in with: nobody has another one here."""
        super().send_notification_mail(template_prefix, user, context, email or user.email)

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


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """allauth's adapter for the second step, with Peil's words."""

    error_messages: ClassVar = {**DefaultMFAAdapter.error_messages, "incorrect_code": _later("code_wrong")}

    def generate_authenticator_name(self, user: Person, type: Any) -> str:
        """What a passkey is called when nobody gave it a name."""
        return f"{_words('passkey_plain')} {Authenticator.objects.filter(user=user, type=type).count() + 1}"
