"""A file on its way out, as a form in parts, read as it is sent."""

from __future__ import annotations

import io
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

from peil.client.line import Line
from peil.library import Progress


def send_file(line: Line, path: Path, name: str, parts: Mapping[str, str], progress: Progress | None) -> Any:
    """Have the file taken in; sent again by a proxy, it is done once."""
    boundary = secrets.token_hex(16)
    with path.open("rb") as file:
        size = path.stat().st_size
        body = _Form(_head(boundary, name, parts), file, f"\r\n--{boundary}--\r\n".encode(), size, progress)
        headers = {
            "Content-Type": f"multipart/form-data; boundary={boundary}",
            "Content-Length": str(body.length),
            "Idempotency-Key": secrets.token_hex(16),
        }
        return line.send("POST", ("imports",), body=body, headers=headers)


class _Form(io.RawIOBase):
    """Head, file and tail as one stream; of a file that grows meanwhile no more is sent than was said."""

    def __init__(self, head: bytes, file: IO[bytes], tail: bytes, size: int, progress: Progress | None) -> None:
        self._parts = [io.BytesIO(head), file, io.BytesIO(tail)]
        self._left = [len(head), size, len(tail)]
        self._size, self._progress = size, progress
        self.length = sum(self._left)

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        for i, part in enumerate(self._parts):
            wanted = self._left[i] if size < 0 else min(size, self._left[i])
            if wanted and (chunk := part.read(wanted)):
                self._left[i] -= len(chunk)
                if i == 1 and self._progress is not None:
                    self._progress(0, self._size - self._left[1], self._size)
                return chunk
        return b""


def _head(boundary: str, name: str, parts: Mapping[str, str]) -> bytes:
    lines = []
    for field, text in parts.items():
        lines += [f"--{boundary}", f'Content-Disposition: form-data; name="{field}"', "", text]
    plain = "".join(c if c.isprintable() and c not in '"\\' else "_" for c in name).encode("ascii", "replace").decode()
    encoded = quote(name, safe="", errors="replace")
    lines += [
        f"--{boundary}",
        f'Content-Disposition: form-data; name="file"; filename="{plain}"; filename*=UTF-8\'\'{encoded}',
        "Content-Type: application/octet-stream",
        "",
        "",
    ]
    return "\r\n".join(lines).encode("utf-8", "surrogateescape")
