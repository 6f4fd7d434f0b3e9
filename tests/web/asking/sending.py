"""A light sender of many forms: one thread, raw sockets that stay open, as many at once as asked."""

from __future__ import annotations

import selectors
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from urllib.parse import urlencode


@dataclass
class Sent:
    """One form: when it left, what came back ('' status: nothing, the connection broke)."""

    at: float
    took: float = 0.0
    status: int = 0
    location: str = ""


@dataclass
class Connection:
    sock: socket.socket
    number: int = -1
    heard: bytes = b""


@dataclass
class Sending:
    """Forms on their way. `rate`: so many a second; None: as fast as they are answered."""

    port: int
    forms: Sequence[bytes]
    at_once: int = 32
    rate: float | None = None
    cut: Random | None = None  # half the connections are cut before the answer is heard, and the form is sent again
    results: dict[int, Sent] = field(default_factory=dict)

    def run(self, seconds: float | None = None) -> dict[int, Sent]:
        """Send until all are answered, the time is up, or nobody listens any more."""
        self._selector = selectors.DefaultSelector()
        self._next, self._began = 0, time.perf_counter()
        self._again: list[int] = []
        self._tries: dict[int, int] = {}
        self._idle = [c for c in (self._connect() for _ in range(self.at_once)) if c is not None]
        self._busy = 0
        while (self._idle or self._busy) and (self._next < len(self.forms) or self._again or self._busy):
            late = seconds is not None and time.perf_counter() - self._began > seconds
            if late and not self._busy:
                break
            if not late:
                self._send_due()
            for key, _ in self._selector.select(timeout=0.001 if self.rate else 0.5):
                self._hear(key.data)
        for key in list(self._selector.get_map().values()):
            key.data.sock.close()
        self._selector.close()
        return self.results

    def _send_due(self) -> None:
        while self._idle and (self._again or self._next < len(self.forms)):
            due = self._began + self._next / self.rate if self.rate else 0.0
            if due > time.perf_counter():
                return
            connection = self._idle.pop()
            connection.number, connection.heard = self._take(), b""
            self.results[connection.number] = Sent(due or time.perf_counter())  # waiting for a connection counts
            self._busy += 1
            try:
                connection.sock.sendall(self.forms[connection.number])
            except OSError:
                self._lose(connection)
                continue
            self._cut_perhaps(connection)

    def _take(self) -> int:
        if self._again:
            return self._again.pop()
        self._next += 1
        return self._next - 1

    def _cut_perhaps(self, connection: Connection) -> None:
        number = connection.number
        if self.cut is None or self._tries.get(number, 0) >= 5 or self.cut.random() < 0.5:
            return
        self._tries[number] = self._tries.get(number, 0) + 1
        self._again.insert(self.cut.randrange(len(self._again) + 1), number)
        time.sleep(self.cut.uniform(0, 0.002))  # so that the server is at it
        self._lose(connection)

    def _hear(self, connection: Connection) -> None:
        try:
            more = connection.sock.recv(65536)
        except OSError:
            more = b""
        if not more:
            self._lose(connection)
            return
        connection.heard += more
        head, found, body = connection.heard.partition(b"\r\n\r\n")
        if not found:
            return
        lines = head.split(b"\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(b": ") for line in lines[1:])}
        if len(body) < int(headers.get(b"content-length", b"0")):
            return
        sent = self.results[connection.number]
        sent.took, sent.status = time.perf_counter() - sent.at, int(lines[0].split()[1])
        sent.location = headers.get(b"location", b"").decode()
        self._busy -= 1
        connection.number = -1
        self._idle.append(connection)

    def _lose(self, connection: Connection) -> None:
        self._selector.unregister(connection.sock)
        connection.sock.close()
        if connection.number >= 0:
            self._busy -= 1
        if connection in self._idle:
            self._idle.remove(connection)
        other = self._connect()
        if other is not None:
            self._idle.append(other)

    def _connect(self) -> Connection | None:
        try:
            sock = socket.create_connection(("127.0.0.1", self.port), timeout=5)
        except OSError:
            return None
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        made = Connection(sock)
        self._selector.register(sock, selectors.EVENT_READ, made)
        return made


def form_bytes(path: str, port: int, fields: dict[str, str]) -> bytes:
    """A form as a browser sends it."""
    body = urlencode(fields).encode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"User-Agent: Mozilla/5.0 (Linux; Android 14) Mobile\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body
