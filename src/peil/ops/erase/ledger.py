"""Who was erased, as keyed hashes: without the archive's secret nobody can try names against them."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from peil.warehouse.loading.archive import write_json

LEDGER = "peil.erased.json"
_WORD = re.compile(r"[^\s\"'<>,;:()\[\]{}|=&?/\\]+")
_PART = re.compile(r"[^.\-_]+")
_MOST_PARTS = 8
_SHORTEST = 5  # a shorter word, such as '12', is looked for as a whole value only


class Ledger:
    """The list in its file; it only grows."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._entries = self._read()

    @property
    def hashes(self) -> frozenset[str]:
        return frozenset(self._entries)

    @property
    def unfinished(self) -> frozenset[str]:
        """Those that a process was still at when it ended."""
        return frozenset(h for h, entry in self._entries.items() if not entry["done"])

    def add(self, hashes: Iterable[str]) -> None:
        now = datetime.now(UTC).isoformat()
        with self._changing():
            self._entries |= {h: {"at": now, "done": False} for h in hashes}

    def add_all(self, other: Ledger) -> None:
        with self._changing():
            self._entries = other._entries | self._entries

    def finish(self, hashes: Iterable[str]) -> None:
        with self._changing():
            for h in hashes:
                self._entries[h]["done"] = True

    def copy_to(self, folder: Path) -> None:
        """Beside the backups: whoever is erased stays erased when one of them is restored."""
        beside = Ledger(folder / LEDGER)
        beside.add_all(self)

    def _read(self) -> dict[str, dict[str, Any]]:
        if not self.path.exists():
            return {}
        found: dict[str, dict[str, Any]] = json.loads(self.path.read_text(encoding="utf-8"))["erased"]
        return found

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """As it stands now, and nobody else's meanwhile: erasing takes minutes, in which others are asked for."""
        folder = os.open(self.path.parent, os.O_RDONLY)
        try:
            fcntl.flock(folder, fcntl.LOCK_EX)
            self._entries = self._read()
            yield
            self._write()
        finally:
            os.close(folder)

    def _write(self) -> None:
        write_json(
            self.path,
            {"about": "Keyed hashes of erased people; keep this beside the backups.", "erased": self._entries},
        )
        self.path.chmod(0o600)


class Wanted:
    """Tells the words that name an erased person from all others."""

    def __init__(self, secret: bytes, hashes: frozenset[str]) -> None:
        self._secret, self._hashes = secret, hashes
        self._known: dict[str, bool] = {}

    def __contains__(self, word: str) -> bool:
        if word not in self._known:
            self._known[word] = hash_of(word, self._secret) in self._hashes
        return self._known[word]

    def among(self, values: Iterable[str | None]) -> set[str]:
        """Those of the values that name one of them; nothing is remembered of the others."""
        return {v for v in values if v is not None and hash_of(v, self._secret) in self._hashes}

    def words_in(self, text: str) -> set[str]:
        """The words of a text that name one of them."""
        found = {text} if text in self else set()
        for match in _WORD.finditer(text):
            found |= {word for word in _spans(match[0]) if len(word) >= _SHORTEST and word in self}
        return found

    def without(self, text: str, instead: str) -> str:
        """The text without those words."""
        for word in sorted(self.words_in(text), key=len, reverse=True):
            text = text.replace(word, instead)
        return text


def _spans(word: str) -> Iterator[str]:
    """The word and what it is made of: K-10077 in K-10077.csv. Digits alone are never taken out of a longer word."""
    yield word
    yield word.rstrip(".")
    ends = [m.span() for m in _PART.finditer(word)][:_MOST_PARTS]
    for i, (start, _) in enumerate(ends):
        for _, end in ends[i:]:
            if not word[start:end].isdigit():
                yield word[start:end]


def hash_of(word: str, secret: bytes) -> str:
    return hashlib.blake2b(word.strip().lower().encode(), key=secret, person=b"peil-erase", digest_size=24).hexdigest()
