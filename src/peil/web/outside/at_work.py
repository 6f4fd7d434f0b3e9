"""The mail server, the mailbox and the website at work: started by `peil demo --serve`, ended with the process that started it."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import threading
from dataclasses import asdict, dataclass, field
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

from peil.core.errors import NotNow
from peil.report.words import Language
from peil.web.outside.pages import Reading, handler_of
from peil.web.outside.post import HOST, start_post

BESIDE = 25  # the mailbox of a Peil at port 8000 is at 8025, where people expect one


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is to be there: mails in this folder, and pages about this Peil with these widgets in them."""

    folder: str
    peil: str  # the address of its pages
    port: int  # of the pages; another one where this is taken
    language: Language
    widgets: dict[str, str] = field(default_factory=dict)  # place -> code of the link


@dataclass(frozen=True, slots=True)
class Outside:
    """Where it is."""

    mail_port: int
    address: str


def start_outside(wish: Wish) -> Outside:
    """Start it in a process of its own, that ends when this one does, whatever this one has become by then."""
    command = [sys.executable, "-m", "peil.web.outside", json.dumps(asdict(wish))]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603  our own command
    assert process.stdin is not None
    assert process.stdout is not None
    with process.stdout as told:
        said = told.readline()
    if not said:
        process.communicate()
        raise NotNow("The mailbox of the demo did not start.", "See what stands above, and start the demo again.")
    os.set_inheritable(process.stdin.fileno(), True)  # held open by what takes the place of this process
    _held.append(process)
    return Outside(**json.loads(said))


_held: list[subprocess.Popen[bytes]] = []


def work(wish: Wish) -> None:
    """Be outside until whoever started this is gone: then nothing holds the other end of what is read here."""
    os.umask(0o077)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one that started this
    loop = asyncio.new_event_loop()
    mail_port = start_post(Path(wish.folder), loop)
    threading.Thread(target=loop.run_forever, name="post", daemon=True).start()
    server = _pages(wish)
    threading.Thread(target=server.serve_forever, name="pages", daemon=True).start()
    told: dict[str, Any] = {"mail_port": mail_port, "address": f"http://{HOST}:{server.server_port}"}
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()
    sys.stdin.buffer.read()


def _pages(wish: Wish) -> ThreadingHTTPServer:
    reading = Reading(Path(wish.folder), wish.peil, wish.language, wish.widgets)
    for port in (wish.port, 0):
        try:
            return ThreadingHTTPServer((HOST, port), handler_of(reading))
        except (OSError, OverflowError):  # taken, or no port at all
            if port == 0:
                raise
    raise AssertionError("a port is found or an error raised")
