"""Tokens of personal links: made from a secret and the request, so that a reminder can name the same one; never kept.

A token has one purpose, and is of no use for another: who may unsubscribe can't answer with it, nor the other way round.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import uuid
from typing import Literal, TypeAlias

from django.conf import settings

Purpose: TypeAlias = Literal["answer", "stop"]
LENGTH = 24  # characters: 144 bits
_LONGEST = 64
SPENT = 16  # bytes of the mark of a request that was answered
_UID = 22  # characters of a request's number in a stop token


def token_of(uid: uuid.UUID, purpose: Purpose) -> str:
    """The token of a request for this purpose."""
    return base64.urlsafe_b64encode(_keyed(f"token:{purpose}", uid.bytes)[:18]).decode()


def digest_of(token: str) -> str:
    """Under which a token is found again; it gives nothing away of the token."""
    return _keyed("digest", token[:_LONGEST].encode("utf-8", "replace")).hex()


def matches(token: str, uid: uuid.UUID, purpose: Purpose) -> bool:
    """Whether a token is the one of this request for this purpose."""
    return hmac.compare_digest(token.encode("utf-8", "replace"), token_of(uid, purpose).encode())


def stop_token(uid: uuid.UUID) -> str:
    """The token of the link by which somebody stops being asked; it tells of which request, for nothing else is kept."""
    return base64.urlsafe_b64encode(uid.bytes).decode().rstrip("=") + token_of(uid, "stop")


def uid_of_stop(token: str) -> uuid.UUID | None:
    """The request of a stop token; None for one that Peil never made."""
    if len(token) != _UID + LENGTH or not token.isascii():
        return None
    try:
        uid = uuid.UUID(bytes=base64.urlsafe_b64decode(token[:_UID] + "=="))
    except ValueError:
        return None
    return uid if matches(token[_UID:], uid, "stop") else None


def lot_of(*parts: str) -> float:
    """A lot in [0, 1) that nobody can foresee and that always falls the same for the same parts."""
    return int.from_bytes(_keyed("lot", "\0".join(parts).encode())[:7], "big") / 2**56


def person_hash(kind: str, value: str) -> str:
    """Who somebody is, for counting how often they were asked: 'customer' with their number, or 'address'."""
    return _keyed(f"person:{kind}", value.strip().lower().encode()).hex()


def spent_mark(request: int) -> bytes:
    """What stands for a request of an anonymous survey once it was answered."""
    return _keyed("spent", str(request).encode())[:SPENT]


def hook_key(code: str, drawn: str) -> bytes:
    """The key with which the system at the webhook `code` signs, by what was drawn for it."""
    return _keyed("hook", f"{code}\0{drawn}".encode("utf-8", "replace"))


def _keyed(use: str, value: bytes) -> bytes:
    key = hashlib.sha256(b"peil.surveys:" + use.encode() + b":" + settings.SECRET_KEY.encode()).digest()
    return hmac.new(key, value, hashlib.sha256).digest()
