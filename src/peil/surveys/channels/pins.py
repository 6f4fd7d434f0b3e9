"""The PIN of a kiosk: whoever works there starts it and leaves it. Of the PIN a slow hash is kept alone.

A device that was started holds a proof, which is worth nothing once the PIN is another. What comes with it comes from
that device, where many people answer one after the other; what comes without it is taken too, and looked at like any
answer by an open link.
"""

from __future__ import annotations

import hashlib
import hmac
import re

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password

from peil.core.errors import BadQuery
from peil.surveys.links import OpenLink, change_link

PIN = re.compile(r"[0-9]{4,8}", re.ASCII)


def set_pin(link: OpenLink, pin: str) -> None:
    """Keep another PIN; devices that are on show have to be started anew, and what waits on them stays."""
    if not PIN.fullmatch(pin) or len(set(pin)) == 1:
        raise BadQuery("This can't be a PIN.", "Take 4 to 8 figures that are not all the same.")
    change_link(link.id, {**link.settings, "pin": make_password(pin)})


def has_pin(link: OpenLink) -> bool:
    return bool(link.settings.get("pin"))


def is_pin(link: OpenLink, pin: str) -> bool:
    return has_pin(link) and PIN.fullmatch(pin) is not None and check_password(pin, str(link.settings["pin"]))


def proof_of(code: str, kept_pin: str) -> str:
    """What a device that was started by this PIN shows of it."""
    key = hashlib.sha256(b"peil.surveys.kiosk:" + settings.SECRET_KEY.encode()).digest()
    return hmac.new(key, f"{code}\0{kept_pin}".encode(), hashlib.sha256).hexdigest()


def is_started(link: OpenLink, proof: str) -> bool:
    """Whether this came from a device that somebody with the PIN started."""
    expected = proof_of(link.code, str(link.settings.get("pin", "")))
    return has_pin(link) and proof.isascii() and hmac.compare_digest(expected, proof)
