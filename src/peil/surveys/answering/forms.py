"""The mark of a form: made when the form is handed out, and sent along with it.

It says when that was, which version of the questionnaire was shown and whether a score was filled in by the link that
led there, so that nothing has to be kept when a page is only looked at. It is ours or it is not taken: a page of
somebody else can't send a form in the name of whoever has it open. What is kept is a digest of it, so that it can't be
read back to the moment of an anonymous answer.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from django.conf import settings

_HEAD, _CHANCE, _SIGNED = 10, 16, 10  # bytes: what it says, what nobody can guess, that it is ours
LENGTH = 48  # characters
_PRESELECTED = 1


@dataclass(frozen=True, slots=True)
class Form:
    """One form that was handed out at a door."""

    mark: str
    handed_out: datetime
    version: int
    preselected: bool = False


def hand_out(door: str, version: int, now: datetime, *, preselected: bool = False) -> Form:
    """A new form at `door`, which is the code of a link or the identity of a request."""
    moment = int(now.timestamp() * 1000)
    head = moment.to_bytes(6, "big") + version.to_bytes(3, "big") + bytes([_PRESELECTED if preselected else 0])
    said = head + secrets.token_bytes(_CHANCE)
    mark = base64.urlsafe_b64encode(said + _sign(door, said)).decode()
    return Form(mark, _moment(moment), version, preselected)


def read_form(door: str, mark: str) -> Form | None:
    """The form with this mark; None where it was not handed out at this door."""
    if len(mark) != LENGTH:
        return None
    try:
        raw = base64.b64decode(mark.encode("ascii"), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    said, signed = raw[: _HEAD + _CHANCE], raw[_HEAD + _CHANCE :]
    if not hmac.compare_digest(signed, _sign(door, said)):
        return None
    moment, version = int.from_bytes(said[:6], "big"), int.from_bytes(said[6:9], "big")
    return Form(mark, _moment(moment), version, bool(said[9] & _PRESELECTED))


def kept_mark(mark: str) -> str:
    """Under which a submission is found again; also of marks that others made, such as a widget that was offline."""
    return hmac.digest(_key(settings.SECRET_KEY), b"kept:" + mark.encode("utf-8", "replace"), "sha256").hex()


def _sign(door: str, said: bytes) -> bytes:
    return hmac.digest(_key(settings.SECRET_KEY), b"form:" + door.encode() + b":" + said, "sha256")[:_SIGNED]


@cache
def _key(secret: str) -> bytes:
    return hashlib.sha256(b"peil.surveys.answering:" + secret.encode()).digest()


def _moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)
