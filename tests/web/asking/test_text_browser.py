"""Every kind of question answered in w3m, which shows text alone, by its own keys."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import shutil
import signal
import struct
import termios
import time
from html.parser import HTMLParser
from pathlib import Path
from urllib.request import urlopen

import pytest
from tests.web.asking.conftest import Counter
from tests.web.asking.every_kind import FILLED, KEPT, as_kept

WITHOUT = "w3m is not installed (on Debian and Ubuntu: apt-get install w3m)"


class Stops(HTMLParser):
    """Where Tab stops on a page: links, fields and the button, each by name and value."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if (tag == "a" and "href" in told) or (tag == "input" and told.get("type") != "hidden"):
            self.found.append((told.get("name", "a"), told.get("value", "") if told.get("type") != "text" else ""))
        elif tag in ("textarea", "button"):
            self.found.append((told.get("name", tag), ""))


class TextBrowser:
    """w3m at a terminal of its own. It moves on by Tab, and chooses or asks for text by Enter."""

    def __init__(self, address: str, folder: Path) -> None:
        self.written, editor = folder / "written", folder / "editor"
        editor.write_text(f'#!/bin/sh\ncat "{self.written}" > "$1"\n')
        editor.chmod(0o755)
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 100, 0, 0))
            os.environ.update(TERM="xterm", EDITOR=str(editor), HOME=str(folder), LC_ALL="C.UTF-8")
            os.execvp("w3m", ["w3m", "-no-cookie", "-o", "auto_image=0", "-o", "accept_language=nl", address])
        self.screen = ""

    def press(self, keys: str, seconds: float = 0.05) -> None:
        os.write(self.terminal, keys.encode())
        self.look(seconds)

    def look(self, seconds: float) -> None:
        """Take in what it writes, until it is silent for so long."""
        told = b""
        while select.select([self.terminal], [], [], seconds)[0]:
            more = os.read(self.terminal, 65536)
            told += more
        self.screen += re.sub(
            r"\x1b[()][AB012]|\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>]|\0", "", told.decode("utf-8", "replace")
        )

    def wait_for(self, words: str) -> None:
        until = time.monotonic() + 60
        while words not in self.screen and time.monotonic() < until:
            self.look(0.3)
        assert words in self.screen
        self.screen = ""

    def close(self) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.terminal)


@pytest.mark.slow
def test_every_kind_is_answered_in_a_text_browser(counter: Counter, tmp_path: Path) -> None:
    if shutil.which("w3m") is None:
        pytest.skip(WITHOUT)
    link = counter.personal()
    own = counter.start + counter.taken[-1].removesuffix("1/")
    browser = TextBrowser(f"{own}1/?language=nl", tmp_path)
    try:
        for number, fields in enumerate(FILLED, start=1):
            browser.wait_for(f"Stap {number} van 4")
            browser.look(0.3)
            _answer(browser, f"{own}{number}/?language=nl", fields)
        browser.wait_for("Uw antwoord is ontvangen")
    finally:
        browser.close()
    assert link.startswith(counter.start)
    assert as_kept(counter.kept()[-1]["answers"]) == KEPT


def _answer(browser: TextBrowser, address: str, fields: dict[str, str | tuple[str, ...]]) -> None:
    stops = Stops()
    stops.feed(urlopen(address).read().decode())
    wanted = {(n, v) for n, told in fields.items() for v in ((told,) if isinstance(told, str) else told)}
    for name, value in stops.found:
        browser.press("\t")
        typed = next((v for n, v in wanted if n == name), None) if not value else None
        if name == "button":
            browser.press("\r", 0.5)
            return
        if (name, value) in wanted:
            browser.press("\r", 0.1)
        elif typed is not None:
            browser.written.write_text(typed)
            browser.press("\r", 0.3)
            if name != "story":
                browser.press(typed + "\r", 0.1)
