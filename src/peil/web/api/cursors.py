"""Places in a list, for whoever turns the page: opaque, signed, and good for the same question only."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from django.core import signing

from peil.web.api.problems import Problem

_SALT = "peil.api.cursor"


def make_cursor(place: str | None, *question: object) -> str | None:
    """The cursor to a place; None where nothing follows."""
    return None if place is None else signing.dumps([place, _hash(question)], salt=_SALT, compress=True)


def read_cursor(cursor: str, *question: object) -> str | None:
    """The place; None without a cursor. One of another question, or that nobody here made, is refused."""
    if not cursor:
        return None
    try:
        place, of = signing.loads(cursor, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        raise _wrong() from None
    if of != _hash(question):
        raise _wrong()
    return str(place)


def _hash(question: Sequence[object]) -> str:
    return hashlib.sha256(repr(question).encode()).hexdigest()[:16]


def _wrong() -> Problem:
    return Problem(
        400, "bad-cursor", "This cursor is not one of this question.",
        "Take `next` of the page before as it is, and ask the same question.",
    )  # fmt: skip
