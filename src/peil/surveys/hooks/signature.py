"""Signatures as Standard Webhooks has them (standardwebhooks.com, version 1): HMAC-SHA256 over id, moment and body.

    webhook-id: msg_2KWPBgLlAfxdpx2AI54pPJ85f4W
    webhook-timestamp: 1674087231
    webhook-signature: v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=

The secret is `whsec_` with the key in base64. Several signatures stand beside each other while a secret is replaced.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

BEGINS = "whsec_"
WINDOW = 300  # seconds that a moment may differ from our clock, to either side
_ID = re.compile(r"[\x21-\x7e]{1,255}")
_MOMENT = re.compile(r"[0-9]{1,12}")
_MOST = 10  # signatures beside each other


@dataclass(frozen=True, slots=True)
class Signed:
    """One message as it came in."""

    id: str
    moment: str
    signatures: str
    body: bytes


def shown(key: bytes) -> str:
    """A key as its system is given it."""
    return BEGINS + base64.b64encode(key).decode()


def sign(key: bytes, number: str, moment: str, body: bytes) -> str:
    made = hmac.digest(key, f"{number}.{moment}.".encode() + body, "sha256")
    return "v1," + base64.b64encode(made).decode()


def holds(signed: Signed, keys: Iterable[bytes], now: datetime) -> bool:
    """Whether one of its signatures was made with one of these keys, and not long ago."""
    if not _ID.fullmatch(signed.id) or not _MOMENT.fullmatch(signed.moment):
        return False
    wanted = [_raw(sign(key, signed.id, signed.moment, signed.body)) for key in keys]
    given = [_raw(one) for one in signed.signatures[:2_000].split(" ")[:_MOST]]
    same = [hmac.compare_digest(one, other) for one in wanted for other in given if one and other]
    return any(same) and abs(now.timestamp() - int(signed.moment)) <= WINDOW


def _raw(signature: str) -> bytes:
    """The bytes of a signature of version 1; none of any other."""
    version, _, told = signature.partition(",")
    try:
        return base64.b64decode(told.encode("ascii", "replace"), validate=True) if version == "v1" else b""
    except binascii.Error:
        return b""
