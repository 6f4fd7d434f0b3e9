"""Where the door of a warehouse is, however long its path."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

_LONGEST = 100  # bytes of a socket's path that every system takes


def door_of(url: str) -> Path | None:
    """The socket beside the file; None for a warehouse on a server, which needs no door."""
    parts = urlsplit(url)
    if parts.scheme not in ("duckdb", "chdb"):
        return None
    path = Path(os.path.realpath(parts.path[1:] or "peil"))
    return path.with_name(f"{path.name}.socket")


@contextmanager
def short(path: Path) -> Iterator[str]:
    """A path to the same socket that is short enough, as long as the block lasts."""
    if len(os.fsencode(path)) <= _LONGEST or not Path("/proc/self/fd").exists():
        yield str(path)
        return
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)


def new_socket() -> socket.socket:
    return socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
