"""Text messages and WhatsApp by any service that takes HTTP, from `messages.toml` in Peil's folder.

    [sms]
    url = "https://api.example.nl/messages"
    method = "POST"
    secret_env = "SMS_SECRET"                 # the variable of the environment that holds it
    body = '{"to": {to}, "body": {text}}'     # in JSON the values come with their quotes

    [sms.headers]
    Content-Type = "application/json"
    Authorization = "Bearer {secret}"

One table a way, sms or whatsapp. `{to}`, `{text}`, `{id}` and `{secret}` are filled in, as JSON or as a form by the
Content-Type. Redirects are not followed, and machines inside one's own network are refused without allow_private.
"""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

from django.conf import settings

from peil.core.errors import UserError, did_you_mean
from peil.report.words.asking.letters import write
from peil.surveys.mails.envelope import Refused
from peil.surveys.mails.letter import Letter
from peil.surveys.mails.outward import Call, call

FILE_NAME = "messages.toml"
WAYS = ("sms", "whatsapp")
_ENTRIES = {"url", "method", "headers", "body", "secret_env", "allow_private"}
_LATER = (401, 403, 408, 425, 429)  # a key that does not hold, or too much at once: not the customer's doing
_GONE = (404, 410, 422)


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """How one way of sending messages is asked."""

    url: str
    method: str = "POST"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str = ""
    secret_env: str = ""
    allow_private: bool = False

    def call(self, to: str, text: str, number: str) -> Call:
        """The request for one message."""
        content = next((v for k, v in self.headers.items() if k.lower() == "content-type"), "application/json")
        form = "urlencoded" in content.lower()
        values = {"to": to, "text": text, "id": number}
        body = self.body
        for name in values:  # a value that looks like a place is not filled in again
            body = body.replace(f"{{{name}}}", f"\0{name}\0")
        for name, value in values.items():
            body = body.replace(f"\0{name}\0", quote_plus(value) if form else json.dumps(value, ensure_ascii=False))
        headers = {k: v.replace("{secret}", self._secret()) for k, v in self.headers.items()}
        return Call(
            url=self.url, method=self.method, headers=headers | {"Idempotency-Key": number}, body=body.encode(),
            allow_private=self.allow_private,
        )  # fmt: skip

    def _secret(self) -> str:
        if not self.secret_env:
            return ""
        found = os.environ.get(self.secret_env, "")
        if not found:
            raise UserError(
                f"The variable {self.secret_env} of {FILE_NAME} is not in the environment.",
                "Set it where Peil is started.",
            )
        return found


def read_services(folder: Path) -> dict[str, Service]:
    """The ways of sending messages that are set up, by name."""
    path = folder / FILE_NAME
    if not path.exists():
        return {}
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UserError(f"{FILE_NAME} is not valid TOML: {error}.", "Mend that line.") from None
    return {way: _service(way, given) for way, given in raw.items()}


def send_message(via: str, to: str, letter: Letter, number: str) -> None:
    """Send the short form of a letter; `number` is the same at every attempt. Raises Refused for good, OSError for now."""
    service = read_services(Path(settings.HOME)).get(via)
    if service is None:
        raise UserError(f"No service for {via} is set up.", f"Write a table [{via}] in {FILE_NAME}.")
    status = call(service.call(to, message_text(letter), number))
    if status in _GONE:
        raise Refused(status, gone=status != 422)
    if 400 <= status < 500 and status not in _LATER:
        raise Refused(status, gone=False)
    if not 200 <= status < 300:
        raise OSError(f"The service for messages answered {status}")


def message_text(letter: Letter) -> str:
    """One message with the link to the questions and the one to stop."""
    return write(
        "message",
        letter.language,
        organisation=letter.organisation,
        about=letter.about,
        url=letter.answer,
        stop=letter.stop,
    )


def _service(way: str, given: Any) -> Service:
    if way not in WAYS or not isinstance(given, Mapping):
        raise UserError(f"{FILE_NAME}: '{way}' is no way to send messages.", did_you_mean(way, WAYS))
    for word in given:
        if word not in _ENTRIES:
            raise UserError(f"{FILE_NAME}: [{way}] has '{word}'.", did_you_mean(word, _ENTRIES))
    headers, plain = given.get("headers", {}), {k: v for k, v in given.items() if k not in ("headers", "allow_private")}
    texts = [*plain.values(), *(headers.values() if isinstance(headers, Mapping) else [None])]
    if not plain.get("url") or not all(isinstance(t, str) and "\n" not in t.strip() for t in texts):
        raise UserError(f"{FILE_NAME}: [{way}] needs a url, and texts of one line.", 'Write url = "https://...".')
    return Service(**plain, headers=dict(headers), allow_private=given.get("allow_private") is True)
