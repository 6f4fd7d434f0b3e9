"""What a website says of the visitor to whom it shows a form.

Which visit it is and which answer of the help pages was shown may be said by anyone: they lead to no customer. Which
customer or which contact it is about has to be proven, by a code made with the key of the link:

    said  = base64url(json({"interaction_id": "A-1", "customer_id": "C-7", "until": 1790000000}))
    proof = said + "." + hex(hmac_sha256(key, said))

A proof that does not hold costs nobody's answer: it is kept without what it said, and the page's console is told.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from django.conf import settings

from peil.surveys.answering.doors import Door
from peil.surveys.links import OpenLink, change_link
from peil.surveys.questionnaires.texts import UNKEEPABLE

SAYABLE = ("visit_id", "solution")
PROVABLE = ("customer_id", "interaction_id", "visit_id", "employee_id", "solution")
_LONGEST, _LONGEST_PROOF = 200, 4_000


def key_of(link: OpenLink) -> str:
    """The key by which a website proves what it says at this link; made from our secret, and kept nowhere."""
    told = f"site:{link.code}:{int(link.settings.get('key', 0))}".encode()
    own = hashlib.sha256(b"peil.surveys.proven:" + settings.SECRET_KEY.encode()).digest()
    return hmac.new(own, told, hashlib.sha256).hexdigest()


def renew_key(link: OpenLink) -> None:
    """Another key from now on: the one before proves nothing any more."""
    change_link(link.id, {**link.settings, "key": int(link.settings.get("key", 0)) + 1})


def prove(key: str, said: Mapping[str, str | int]) -> str:
    """The proof of a website: this is what it has to make."""
    told = base64.urlsafe_b64encode(json.dumps(dict(said)).encode()).decode().rstrip("=")
    return f"{told}.{hmac.new(key.encode(), told.encode(), hashlib.sha256).hexdigest()}"


def read_proof(link: OpenLink, proof: str, now: datetime) -> dict[str, str] | None:
    """What is proven; None where the proof is not ours, not whole, or over."""
    told, _, signed = proof.partition(".")
    if not told or len(proof) > _LONGEST_PROOF or not proof.isascii():
        return None
    expected = hmac.new(key_of(link).encode(), told.encode(), hashlib.sha256).hexdigest()
    if not hmac.compare_digest(expected, signed):
        return None
    try:
        said = json.loads(base64.urlsafe_b64decode(told + "=" * (-len(told) % 4)))
    except (ValueError, binascii.Error):
        return None
    until = said.get("until") if isinstance(said, dict) else None
    if not isinstance(said, dict) or (isinstance(until, int | float) and until < now.timestamp()):
        return None
    return {name: kept for name in PROVABLE if (kept := _kept(said.get(name)))}


def read_said(given: Mapping[str, str]) -> dict[str, str]:
    """What anyone may say."""
    return {name: kept for name in SAYABLE if (kept := _kept(given.get(name)))}


def with_context(door: Door, known: Mapping[str, str]) -> Door:
    """The same door, with what is known of this visit; of an anonymous survey nothing is."""
    return (
        door if door.questionnaire is None or door.asked.anonymous else replace(door, context={**door.context, **known})
    )


def _kept(value: object) -> str:
    return UNKEEPABLE.sub("", str(value)).strip()[:_LONGEST] if isinstance(value, str | int) else ""
