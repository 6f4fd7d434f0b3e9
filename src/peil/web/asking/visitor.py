"""What is known of whoever answers: a language, a kind of device, and where they came from, hashed for a day."""

from __future__ import annotations

import hashlib
import hmac
from datetime import date, datetime
from functools import lru_cache

from django.conf import settings

from peil.surveys.questionnaires.questionnaire import Questionnaire
from peil.web.asking.intake.asked import Asked


def language_for(asked: Asked, questionnaire: Questionnaire | None, known: str = "") -> str:
    """What was chosen on the page, else what is known of the person, else what the browser asks for, else the first."""
    there = questionnaire.languages if questionnaire else ("nl", "en")
    chosen = asked.query.get("language", "") if asked.form is None else asked.said("language")
    if chosen in there:
        return chosen
    for code in (known, known[:2], *_accepted(asked.accept_language)):
        if code in there:
            return code
    return there[0] if there else "nl"


@lru_cache(maxsize=256)
def _accepted(header: str) -> tuple[str, ...]:
    """The languages that a browser asks for, the dearest first."""
    wished = []
    for number, part in enumerate(header[:200].lower().split(",")):
        code, _, weight = part.strip().partition(";q=")
        try:
            wished.append((-float(weight or 1), number, code[:2]))
        except ValueError:
            continue
    return tuple(code for _, _, code in sorted(wished))


def device_of(user_agent: str) -> str:
    if "iPad" in user_agent or "Tablet" in user_agent or ("Android" in user_agent and "Mobile" not in user_agent):
        return "tablet"
    return "phone" if "Mobi" in user_agent or "iPhone" in user_agent else "computer"


def sender_of(address: str, now: datetime) -> str:
    """The same for the same address on the same day; it leads back to no address."""
    return _sender(address, now.date())


@lru_cache(maxsize=4_096)
def _sender(address: str, day: date) -> str:
    told = f"sender:{day.isoformat()}:{address}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), told, hashlib.sha256).hexdigest()
