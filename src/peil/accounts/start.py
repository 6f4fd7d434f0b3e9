"""The very first person: an administrator, made once, by whoever has the code that the server printed."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from django.db import IntegrityError, transaction

from peil.accounts.audit import record
from peil.accounts.joining import make_person
from peil.accounts.models import Beginning, Person
from peil.accounts.rules import Role
from peil.core.errors import UserError

FILE_NAME = "peil.start"
_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that look alike
_GROUPS, _LENGTH = 4, 4  # 16 letters of 5 bits: 80 bits


class AlreadyStarted(UserError):
    """There is someone already."""


def is_empty() -> bool:
    """Whether nobody works here yet."""
    return not Person.objects.exists()


def new_start_code(folder: Path) -> str | None:
    """A code to become the first administrator with, for the terminal; None once there is somebody.

    Only its hash is kept. A code printed before no longer counts.
    """
    path = folder / FILE_NAME
    if not is_empty():
        path.unlink(missing_ok=True)
        return None
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(_LENGTH)) for _ in range(_GROUPS))
    code = "-".join(groups)
    with os.fdopen(os.open(path, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w", encoding="ascii") as file:
        file.write(_digest(code))
    return code


def is_start_code(folder: Path, said: str) -> bool:
    """Whether this is the code that was printed; case, spaces and dashes don't matter."""
    try:
        kept = (folder / FILE_NAME).read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return False
    return hmac.compare_digest(_digest(said[:100]), kept)


def make_first(folder: Path, email: str, name: str, password: str, language: str) -> Person:
    """The first administrator; of two who try at the same moment one is refused."""
    try:
        with transaction.atomic():
            Beginning.objects.create(pk=1)
            if not is_empty():
                raise AlreadyStarted("There is an administrator already.", "Sign in, or ask to be invited.")
            person = make_person(email, password, name=name, role=Role.ADMINISTRATOR.value, language=language)
            record(person, "started", person.email)
    except IntegrityError:
        raise AlreadyStarted("There is an administrator already.", "Sign in, or ask to be invited.") from None
    (folder / FILE_NAME).unlink(missing_ok=True)
    return person


def _digest(code: str) -> str:
    plain = "".join(c for c in code.upper() if c.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()
