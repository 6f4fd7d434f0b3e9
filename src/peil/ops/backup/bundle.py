"""The file itself: a zip whose comment is the hash of every byte before it, so that no byte changes unseen."""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Any

from peil.core.errors import UserError

FORMAT = 1
MANIFEST = "manifest.json"
_HASH = 64  # hexadecimal digits of SHA-256
_PIECE = 1 << 20
_PACKED = (".parquet", ".dump")  # pressed already

Progress = Callable[[int, int], None]  # bytes done, bytes in all


class Writing:
    """A bundle under way: files are added, then it is sealed."""

    def __init__(self, packed: zipfile.ZipFile, told: Callable[[int], None]) -> None:
        self._zip, self._told = packed, told
        self.members: dict[str, dict[str, Any]] = {}

    def add(self, path: Path, name: str) -> None:
        """One file; its hash is of the very bytes that were read."""
        info = zipfile.ZipInfo(name)
        info.external_attr = 0o600 << 16
        info.compress_type = zipfile.ZIP_STORED if path.suffix in _PACKED else zipfile.ZIP_DEFLATED
        size, digest = 0, hashlib.sha256()
        with path.open("rb") as source, self._zip.open(info, "w", force_zip64=True) as target:
            while piece := source.read(_PIECE):
                digest.update(piece)
                target.write(piece)
                size += len(piece)
                self._told(len(piece))
        self.members[name] = {"sha256": digest.hexdigest(), "bytes": size}

    def seal(self, about: dict[str, Any]) -> None:
        told = {"format": FORMAT} | about | {"members": self.members}
        self._zip.writestr(MANIFEST, json.dumps(told, ensure_ascii=False, indent=1))
        self._zip.comment = b"0" * _HASH


@contextmanager
def new_bundle(path: Path, told: Callable[[int], None]) -> Iterator[Writing]:
    """Write a bundle at `path`: whole and on the disk, or not at all."""
    passing = path.with_name(f".{path.name}.part")
    handle = os.open(passing, os.O_CREAT | os.O_TRUNC | os.O_RDWR, 0o600)
    try:
        with os.fdopen(handle, "w+b") as file:
            with zipfile.ZipFile(file, "w", allowZip64=True) as packed:
                yield Writing(packed, told)
            file.seek(0)
            size = os.fstat(file.fileno()).st_size
            digest = _digest(file, size - _HASH, lambda _: None)
            file.seek(size - _HASH)
            file.write(digest.encode())
            file.flush()
            os.fsync(file.fileno())
        os.replace(passing, path)
    finally:
        passing.unlink(missing_ok=True)


@contextmanager
def open_bundle(path: Path, told: Callable[[int], None]) -> Iterator[tuple[zipfile.ZipFile, dict[str, Any]]]:
    """A bundle and its manifest, once every byte was seen to be as it was written."""
    damaged = UserError(f"{path.name} is damaged or no backup of Peil.", "Take another backup; nothing was written.")
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        if size <= _HASH:
            raise damaged
        digest = _digest(file, size - _HASH, told)
        if file.read(_HASH) != digest.encode():
            raise damaged
        file.seek(0)
        with zipfile.ZipFile(file) as packed:
            manifest = json.loads(packed.read(MANIFEST))
            if manifest["format"] > FORMAT:
                raise UserError(
                    f"{path.name} was made by a newer Peil ({manifest['peil']}).", "Install that one first."
                )
            yield packed, manifest


def extract(packed: zipfile.ZipFile, manifest: dict[str, Any], folder: Path, told: Callable[[int], None]) -> None:
    """Write every member below `folder`, each held to its own hash as well."""
    for name, known in manifest["members"].items():
        place = PurePosixPath(name)
        if place.is_absolute() or ".." in place.parts:
            raise UserError(f"This backup would write outside its folder ({name}).", "Don't trust it.")
        target = folder / place
        target.parent.mkdir(parents=True, exist_ok=True)
        digest = hashlib.sha256()
        handle = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "wb") as file, packed.open(name) as source:
            while piece := source.read(_PIECE):
                digest.update(piece)
                file.write(piece)
                told(len(piece))
            file.flush()
            os.fsync(file.fileno())
        if digest.hexdigest() != known["sha256"]:
            raise UserError(f"{name} in this backup is not what its manifest says.", "Take another backup.")


def _digest(file: IO[bytes], size: int, told: Callable[[int], None]) -> str:
    digest, left = hashlib.sha256(), size
    while left and (piece := file.read(min(_PIECE, left))):
        digest.update(piece)
        left -= len(piece)
        told(len(piece))
    return digest.hexdigest()
