"""What allauth and Django tell of signing in, written in the audit log."""

from __future__ import annotations

from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa

from peil.accounts.audit import Event, record
from peil.accounts.models import Person

_FACTORS = {"totp": "totp", "webauthn": "passkey", "recovery_codes": "recovery_codes"}


def connect() -> None:
    """Listen from now on."""
    account.user_logged_in.connect(_signed_in, dispatch_uid="peil")
    account.user_logged_out.connect(_signed_out, dispatch_uid="peil")
    account.password_changed.connect(_password_changed, dispatch_uid="peil")
    account.password_set.connect(_password_changed, dispatch_uid="peil")
    account.password_reset.connect(_password_reset, dispatch_uid="peil")
    mfa.authenticator_added.connect(_factor_added, dispatch_uid="peil")
    mfa.authenticator_removed.connect(_factor_removed, dispatch_uid="peil")
    mfa.authenticator_reset.connect(_codes_made, dispatch_uid="peil")
    mfa.authentication_failed.connect(_factor_failed, dispatch_uid="peil")


def _signed_in(user: Person, **more: Any) -> None:
    event: Event = "signed_in_by_sso" if more.get("sociallogin") is not None else "signed_in"
    record(user, event, user.email)


def _signed_out(user: Person | None, **_: Any) -> None:
    if user is not None:
        record(user, "signed_out", user.email)


def _password_changed(user: Person, **_: Any) -> None:
    record(user, "password_changed", user.email)


def _password_reset(user: Person, **_: Any) -> None:
    record(user, "password_reset", user.email)


def _factor_added(user: Person, authenticator: Any, **_: Any) -> None:
    record(user, "second_factor_added", user.email, kind=_FACTORS[authenticator.type])


def _factor_removed(user: Person, authenticator: Any, **_: Any) -> None:
    record(user, "second_factor_removed", user.email, kind=_FACTORS[authenticator.type])


def _codes_made(user: Person, **_: Any) -> None:
    record(user, "recovery_codes_made", user.email)


def _factor_failed(user: Person, authenticator: Any, **_: Any) -> None:
    record(None, "sign_in_failed", user.email, kind=_FACTORS[authenticator.type])
