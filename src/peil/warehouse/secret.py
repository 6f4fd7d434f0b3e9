"""The key by which e-mail addresses and phone numbers are hashed: made once, kept beside the archive.

Without it nobody can try addresses against the hashes; another warehouse gives other hashes.
Whoever moves the archive moves it along, or customers get other ids from then on.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

FILE_NAME = "secret"
LENGTH = 32


def read_secret(folder: Path) -> bytes:
    """The key of the warehouse whose archive is `folder`, made when there is none yet (readable by its owner only)."""
    path = folder / FILE_NAME
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return path.read_bytes()
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_bytes(LENGTH))
        file.flush()
        os.fsync(file.fileno())
    return path.read_bytes()
