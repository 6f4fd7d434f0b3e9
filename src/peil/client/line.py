"""The line to a server: requests with a key over verified TLS, problems back as the errors that they were."""

from __future__ import annotations

import http.client
import json
import ssl
from collections.abc import Iterable, Mapping
from typing import Any, NoReturn, Protocol
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, HTTPSHandler, OpenerDirector, ProxyHandler, Request, build_opener

from peil.core import errors
from peil.core.errors import BadInput, Bug, NotNow, UserError

BASE = "/api/v1/"
QUICK, LONG = 60.0, 3_600.0  # seconds that a question and an import may take
LONGEST = 1_000_000_000  # bytes of an answer
_LOCAL = ("localhost", "127.0.0.1", "::1")
_ERRORS = {
    "bad-query": errors.BadQuery,
    "bad-mapping": errors.BadMapping,
    "invalid-parameter": errors.BadQuery,
    "no-such-parameter": errors.BadQuery,
    "not-now": NotNow,
    "too-many-requests": NotNow,
    "under-way": NotNow,
}


class Readable(Protocol):
    """A body that is read as it is sent."""

    def read(self, size: int = -1, /) -> bytes: ...


Parameters = Iterable[tuple[str, str]]


class Line:
    """Requests to one server. No redirect is followed: a key goes to the host that was named and to no other."""

    def __init__(self, url: str, key: str | None) -> None:
        parts = urlsplit(url)
        if not parts.hostname or parts.username is not None or parts.query or parts.path.strip("/"):
            raise UserError(
                f"'{_shown(url)}' is no address of a Peil.", "Write it as https://kpi.example.nl; the key stands apart."
            )
        if parts.scheme.lower() == "http" and parts.hostname not in _LOCAL:
            raise UserError(f"'{_shown(url)}' would send your key for everyone to read.", "Write https:// instead.")
        if not key:
            raise UserError(f"{parts.hostname} wants a key.", "Make one there, and put it in PEIL_KEY.")
        if not (key.isascii() and key.isprintable()):
            raise UserError("PEIL_KEY holds something that is no key.", "Copy it once more.")
        self.host = f"{parts.scheme.lower()}://{parts.netloc}"
        self._key = key
        self._opener = _opener()

    def get(self, *path: str, parameters: Parameters = ()) -> Any:
        """What a GET answers."""
        asked = urlencode(list(parameters), errors="surrogatepass")
        return self.send("GET", path, f"?{asked}" if asked else "")

    def send(
        self, method: str, path: Iterable[str], asked: str = "", body: Readable | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Any:  # fmt: skip
        """Send a request and read its JSON."""
        url = self.host + BASE + "/".join(quote(part, safe="", errors="surrogatepass") for part in path) + asked
        told = {"Authorization": f"Bearer {self._key}", "Accept": "application/json", **(headers or {})}
        request = Request(url, data=body, headers=told, method=method)  # noqa: S310  http and https only
        try:
            with self._opener.open(request, timeout=QUICK if body is None else LONG) as response:
                return _read(response)
        except HTTPError as error:
            with error:
                _raise(error.code, error.read(LONGEST))
        except (URLError, OSError, http.client.HTTPException) as error:
            why = getattr(error, "reason", None) or str(error) or type(error).__name__
            raise NotNow(
                f"{self.host} can't be reached: {why}.", "See that the address is right and that it runs."
            ) from None


def _opener() -> OpenerDirector:
    opener = build_opener(ProxyHandler(), HTTPSHandler(context=ssl.create_default_context()), _NoRedirect())
    opener.addheaders = [("User-Agent", "peil")]
    return opener


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


def _read(response: Any) -> Any:
    try:
        return json.loads(response.read(LONGEST))
    except ValueError:
        raise NotNow("What answers at this address is no Peil.", "See that the address is right.") from None


def _raise(status: int, body: bytes) -> NoReturn:
    """The error that a problem tells of."""
    try:
        told = json.loads(body)
        kind, detail, remedy = str(told["type"]).rpartition(":")[2], str(told["detail"]), str(told.get("remedy", ""))
    except (ValueError, KeyError, TypeError):
        raise NotNow(
            f"What answers at this address is no Peil (it said {status}).", "See that the address is right."
        ) from None
    if kind == "bug":
        raise Bug(f"{detail} Request {told.get('request_id', '')}".strip()) from None
    if kind == "bad-input":
        raise BadInput(detail, remedy, file=told.get("file"), row=told.get("row"), column=told.get("column")) from None
    raise _ERRORS.get(kind, UserError)(detail, remedy) from None


def _shown(url: str) -> str:
    from peil.warehouse.open import without_password

    return without_password(url)
