"""Asking another server something over HTTP, without being led inside: the name is looked up once, and that address used."""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from peil.core.errors import UserError

_TIMEOUT = 15.0
_MOST_ANSWER = 10_000  # bytes that are read of an answer
# what `is_global` calls public and is not: ways to write an inner address as another one, and groups of machines
_INSIDE = tuple(
    ipaddress.ip_network(n)
    for n in (
        "::/96", "::ffff:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/32", "2002::/16", "fec0::/10", "fe80::/10",
        "fc00::/7", "ff00::/8", "100.64.0.0/10", "192.0.0.0/24", "198.18.0.0/15", "224.0.0.0/4", "240.0.0.0/4",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One request to be made. Its headers may hold a secret, so they are not shown when this is printed."""

    url: str
    method: str
    headers: Mapping[str, str]
    body: bytes
    allow_private: bool = False

    def __repr__(self) -> str:
        return f"Call({self.method} {urlsplit(self.url).hostname})"


def is_public(address: str) -> bool:
    """Whether an IP address is of the internet at large.

    >>> is_public("93.184.215.14"), is_public("127.0.0.1"), is_public("64:ff9b::7f00:1"), is_public("2002:7f00:1::")
    (True, False, False, False)
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    return ip.is_global and not ip.is_multicast and not any(ip in net for net in _INSIDE if net.version == ip.version)


def call(wanted: Call) -> int:
    """Make the request and give its status. Redirects are not followed; what comes back is not kept."""
    parts = urlsplit(wanted.url)
    if (
        parts.scheme not in ("https", "http")
        or not parts.hostname
        or (parts.scheme == "http" and not wanted.allow_private)
    ):
        raise UserError("The address for messages is no https address.", "Write https:// and the name of the server.")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    connection = _Pinned(
        parts.hostname, port, _pinned_address(parts.hostname, port, wanted.allow_private), parts.scheme
    )
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request(wanted.method, path, wanted.body, dict(wanted.headers))
        answer = connection.getresponse()
        answer.read(_MOST_ANSWER)
        return answer.status
    except http.client.HTTPException as error:
        raise OSError(f"The server of messages did not answer in HTTP: {type(error).__name__}") from None
    finally:
        connection.close()


def _pinned_address(host: str, port: int, allow_private: bool) -> str:
    found = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not allow_private and not all(is_public(address) for address in found):
        raise UserError(
            "The address for messages leads to a machine inside your own network.",
            "Set allow_private = true if that is meant.",
        )
    return found[0]


class _Pinned(http.client.HTTPConnection):
    """Connects to the address that was looked at, and to no other; the certificate is held against the name."""

    def __init__(self, host: str, port: int, address: str, scheme: str) -> None:
        super().__init__(host, port, timeout=_TIMEOUT)
        self._address, self._scheme = address, scheme

    def connect(self) -> None:
        plain = socket.create_connection((self._address, self.port), self.timeout)
        if self._scheme == "https":
            self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=self.host)
        else:
            self.sock = plain
