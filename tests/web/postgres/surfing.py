"""A browser without a script, over HTTP: it keeps its cookies, and sends the token of the form that it saw."""

from __future__ import annotations

import http.client
import re
import time
import uuid
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlencode

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Page(NamedTuple):
    """What came back."""

    status: int
    to: str  # where it leads, without its host
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


class Surfer:
    """One person at one port; each request is a connection of its own, so that any process may answer it."""

    def __init__(self, port: int) -> None:
        self.port, self.cookies, self.token = port, dict[str, str](), ""

    def get(self, path: str, **headers: str) -> Page:
        page = self._ask("GET", path, None, headers)
        if found := _TOKEN.search(page.body.decode(errors="replace")):
            self.token = found[1]
        return page

    def post(self, path: str, said: Mapping[str, str] | None = None, *, seen: str = "") -> Page:
        """Send a form as the page `seen` has it, which is the same page when none is named."""
        self.get(seen or path)
        body = urlencode({"csrfmiddlewaretoken": self.token, **(said or {})})
        return self._ask("POST", path, body.encode(), {"Content-Type": "application/x-www-form-urlencoded"})

    def send_file(self, path: str, name: str, content: bytes) -> Page:
        self.get(path)
        mark = uuid.uuid4().hex
        parts = [f'--{mark}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{self.token}\r\n',
                 f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: text/csv\r\n\r\n']  # fmt: skip
        body = "".join(parts).encode() + content + f"\r\n--{mark}--\r\n".encode()
        return self._ask("POST", path, body, {"Content-Type": f"multipart/form-data; boundary={mark}"})

    def settle(self, path: str, seconds: float = 60) -> Page:
        """The page once no work is going on."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            page = self.get(path)
            if "<progress" not in page.text:
                return page
            time.sleep(0.2)
        raise AssertionError(f"{path} is still at work")

    def _ask(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> Page:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        kept = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        told = {"Cookie": kept, "Referer": f"http://127.0.0.1:{self.port}{path}"} | dict(headers)
        try:
            connection.request(method, path, body, told)
            answer = connection.getresponse()
            data = answer.read()
        finally:
            connection.close()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                cookie, _, given = value.partition(";")[0].partition("=")
                self.cookies[cookie] = given
        found = {name.lower(): value for name, value in answer.getheaders()}
        return Page(answer.status, found.get("location", ""), found, data)
