"""Files as streams of bytes: gzip opened on the way, with an end to what it may grow to."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path
from types import TracebackType
from typing import IO

from peil.sources.limits import RATIO, RATIO_FROM, UNPACKED
from peil.sources.piece import Request

GZIP = b"\x1f\x8b"


class Bytes:
    """A file being read, unpacked when it is gzip; `done` is how far it is on disk."""

    closed = False

    def __init__(self, request: Request) -> None:
        self._request = request
        self._raw: IO[bytes] = request.path.open("rb")
        packed = self._raw.read(2) == GZIP
        self._raw.seek(0)
        self._gzip = gzip.GzipFile(fileobj=self._raw) if packed else None
        self._kept = b""
        self._given = 0
        self.tail = b""  # the last bytes read

    @property
    def packed(self) -> bool:
        return self._gzip is not None

    @property
    def done(self) -> int:
        return self._raw.tell()

    def peek(self, size: int) -> bytes:
        """The first bytes, which stay to be read."""
        while len(self._kept) < size and (more := self._next(size - len(self._kept))):
            self._kept += more
        return self._kept[:size]

    def read(self, size: int = -1) -> bytes:
        if size is None or size < 0:
            return b"".join(iter(lambda: self.read(1 << 20), b""))
        if self._kept:
            head, self._kept = self._kept[:size], self._kept[size:]
            return head + self._next(size - len(head)) if len(head) < size else head
        return self._next(size)

    def skip(self, size: int) -> None:
        while size > 0 and (gone := self.read(min(size, 1 << 20))):
            size -= len(gone)

    def _next(self, size: int) -> bytes:
        chunk = self._raw.read(size) if self._gzip is None else self._unpacked(self._gzip, size)
        self.tail = (self.tail + chunk[-64:])[-64:]
        return chunk

    def _unpacked(self, packed: gzip.GzipFile, size: int) -> bytes:
        try:
            chunk = packed.read(size)
        except (OSError, EOFError, zlib.error) as error:
            raise self._request.refuse(f"The gzip is broken: {error}.", "Fetch or pack the file again.") from None
        self._given += len(chunk)
        if self._given > RATIO_FROM and self._given > RATIO * max(self.done, 1):
            raise self._request.refuse(
                f"The gzip grows to more than {RATIO} times its size, as only a bomb does.",
                "Unpack it yourself if you trust it, and import the unpacked file.",
            )
        return chunk

    def close(self) -> None:
        self.closed = True
        self._raw.close()

    def readable(self) -> bool:
        return True

    def __enter__(self) -> Bytes:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def unpack_to(request: Request, target: Path) -> Path:
    """A gzipped file that must be read at random, unpacked into `target`."""
    with Bytes(request) as packed, target.open("wb") as out:
        written = 0
        while chunk := packed.read(1 << 20):
            written += len(chunk)
            if written > UNPACKED:
                raise request.refuse("The gzip grows to more than 1 GB.", "Import the unpacked file.")
            out.write(chunk)
    return target
