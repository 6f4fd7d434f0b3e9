"""What a new password must be, in Peil's words."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from peil.accounts.models import Person
from peil.report.words import Language, say

LEAST = 12  # characters, as in the settings
_WORDS = {
    "password_too_short": "password_too_short",
    "password_too_similar": "password_too_similar",
    "password_too_common": "password_too_common",
}


def wrong_with(password: str, person: Person | None, language: Language) -> list[str]:
    """What is wrong with it, as sentences that say what to do; none when it is good."""
    try:
        validate_password(password, person)
    except ValidationError as error:
        codes = [e.code or "" for e in error.error_list]
        return [say(_WORDS.get(code, "password_too_common"), language) for code in codes]
    return []
