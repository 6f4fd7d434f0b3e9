"""A mail server that takes whatever comes and keeps it as files: nothing of the demo goes any further."""

from __future__ import annotations

import asyncio
import os
import time
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

HOST = "127.0.0.1"
_MOST = 200  # mails that are shown, the newest first


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail that came."""

    name: str
    sender: str
    to: str
    subject: str
    came_at: datetime
    html: bytes | None  # in UTF-8
    text: str


class Keeper:
    """What the mail server does with a mail."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def handle_DATA(self, _: SMTP, __: Session, envelope: Envelope) -> str:  # noqa: N802  aiosmtpd's name
        content = envelope.original_content or b""
        name, half = f"{time.time_ns()}.eml", self._folder / ".coming"
        half.write_bytes(content)
        os.replace(half, self._folder / name)
        return "250 OK"


def start_post(folder: Path, loop: asyncio.AbstractEventLoop) -> int:
    """Take mail into `folder` as long as the loop runs; the port that was found for it."""
    folder.mkdir(parents=True, exist_ok=True)
    keeper = Keeper(folder)
    server = loop.run_until_complete(loop.create_server(lambda: SMTP(keeper, loop=loop), HOST, 0))
    return int(server.sockets[0].getsockname()[1])


def mails_in(folder: Path) -> list[Mail]:
    """What came, the newest first."""
    names = sorted((p.name for p in folder.glob("*.eml")), reverse=True)
    return [_mail(folder / name) for name in names[:_MOST]]


def find_mail(folder: Path, name: str) -> Mail | None:
    path = path_of(folder, name)
    return _mail(path) if path else None


def path_of(folder: Path, name: str) -> Path | None:
    """The file of a mail; None where there is none of this name."""
    path = folder / f"{name}.eml"
    return path if name.isascii() and name.isdigit() and path.is_file() else None


def _mail(path: Path) -> Mail:
    message = message_from_bytes(path.read_bytes(), EmailMessage, policy=policy.default)
    html, text = message.get_body(("html",)), message.get_body(("plain",))
    return Mail(
        name=path.stem,
        sender=str(message["From"] or ""),
        to=str(message["To"] or ""),
        subject=str(message["Subject"] or ""),
        came_at=datetime.fromtimestamp(int(path.stem) / 1e9).astimezone(),
        html=str(html.get_content()).encode() if html else None,
        text=str(text.get_content()) if text else "",
    )
