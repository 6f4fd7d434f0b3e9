"""Files without the person: what was uploaded, written to hand on, or kept as mail goes as a whole where it names them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from peil.ops.erase.ledger import Wanted

_LARGEST = 500_000_000  # bytes


def erase_files(folders: list[Path], wanted: Wanted, told: Callable[[list[Path]], None]) -> int:
    """Remove the files that name the person, of which `told` hears first; how many can't be looked into."""
    found, unread = find_files(folders, wanted)
    told(found)
    for path in found:
        path.unlink()
    return unread


def find_files(folders: list[Path], wanted: Wanted) -> tuple[list[Path], int]:
    """The files that name the person, and how many can't be looked into: too large, or not text."""
    found, unread = [], 0
    for path in sorted(p for folder in folders if folder.is_dir() for p in folder.rglob("*") if p.is_file()):
        if path.stat().st_size > _LARGEST:
            unread += 1
            continue
        content = path.read_bytes()
        if b"\x00" in content[:4096]:
            unread += 1
        elif wanted.words_in(content.decode("utf-8", "replace")):
            found.append(path)
    return found, unread
