"""What a sheet with a QR code says to whoever passes by: in Dutch with u."""

from __future__ import annotations

from collections.abc import Mapping

SHEET: Mapping[str, Mapping[str, str]] = {
    "nl": {
        "how": "Hoe deden we het?",
        "scan": "Scan de code met de camera van uw telefoon.",
        "type": "Of typ dit adres in uw browser:",
    },
    "en": {
        "how": "How did we do?",
        "scan": "Scan the code with the camera of your phone.",
        "type": "Or type this address in your browser:",
    },
}


def in_language(language: str) -> Mapping[str, str]:
    """The words in a language; none where Peil has none."""
    return SHEET.get(language, {})
