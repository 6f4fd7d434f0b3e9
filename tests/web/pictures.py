"""The pictures of docs/app.md and the README, taken of the app on the demo; `python -m tests.web.pictures` takes them anew.

`docs/pictures/app.txt` holds a fingerprint of what the pages show, so that a test can tell when it has changed since.
"""

from __future__ import annotations

import hashlib
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

from playwright.sync_api import Browser, StorageState, sync_playwright
from tests.pages.browser import CHROMIUM, OPTIONS
from tests.pages.pictures import FOLDER

FINGERPRINT = FOLDER / "app.txt"
CUSTOMERS, SEED = "20000", "1"
PATIENCE = 300_000  # milliseconds; pages are worked out for the first time, perhaps beside other work
STARTS_WITHIN = 600.0  # seconds, on a machine that has other work


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """Which page, and how it is looked at."""

    path: str
    width: int = 1366
    height: int = 900
    dark: bool = False
    sharp: float = 1.0
    part: str = ""


PICTURES: Mapping[str, Picture] = {
    "app-overview.png": Picture(path="/?period=2026-10&compare=last_year&language=en"),
    "app-kpi.png": Picture(path="/kpi/ces_agree/?period=2026-10&language=en", dark=True),
    "app-comparison.png": Picture(path="/comparison/?period=2026-Q3&language=en"),
    "app-digital.png": Picture(path="/digital/?period=2026-10&language=en"),
    "app-phone.png": Picture(path="/?period=2026-10&compare=last_year&language=en", width=390, height=1180, sharp=1.5),
}


@dataclass(frozen=True, slots=True)
class Running:
    """A demo that runs: its address and that of its mailbox, and what each role types to sign in."""

    address: str
    mailbox: str
    sign_ins: Mapping[str, tuple[str, str]]


@contextmanager
def running_demo(folder: Path, customers: str = CUSTOMERS) -> Iterator[Running]:
    """`peil demo --serve` in a process of its own, until the block ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "peil", "demo", str(folder), "--customers", customers, "--seed", SEED]
    said = folder.with_suffix(".said")
    with said.open("w") as out:
        process = subprocess.Popen(
            [*command, "--language", "en", "--serve", "--port", str(port)], stdout=out, stderr=subprocess.STDOUT
        )
    try:
        _wait(process, said)
        told = said.read_text()
        found = re.findall(r"^  (([\w-]+)@kadewijk\.example) +(\S+)", told, re.MULTILINE)
        *_, mailbox = re.findall(r"^  (http://127\.0\.0\.1:\d+)/$", told, re.MULTILINE)
        yield Running(f"http://127.0.0.1:{port}", mailbox, {role: (email, password) for email, role, password in found})
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)


def _wait(process: subprocess.Popen[bytes], said: Path) -> None:
    until = monotonic() + STARTS_WITHIN
    while "Peil is running" not in said.read_text():
        if process.poll() is not None or monotonic() > until:
            raise RuntimeError(said.read_text())
        sleep(0.2)


def sign_in(browser: Browser, running: Running, role: str) -> StorageState:
    """What the browser keeps of someone of this role who signed in."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{running.address}/account/login/", timeout=PATIENCE)
    email, password = running.sign_ins[role]
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", password)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(f"{running.address}/", timeout=PATIENCE)
    kept = context.storage_state()
    context.close()
    return kept


def take(running: Running, browser: Browser) -> Iterator[tuple[str, bytes, str]]:
    """Each picture by its name, as PNG, and the words that its page shows."""
    manager = sign_in(browser, running, "manager")
    for name, picture in PICTURES.items():
        context = browser.new_context(
            viewport={"width": picture.width, "height": picture.height},
            color_scheme="dark" if picture.dark else "light",
            device_scale_factor=picture.sharp,
            storage_state=manager,
        )
        page = context.new_page()
        page.goto(running.address + picture.path, timeout=PATIENCE)
        words = page.inner_text("main")
        taken = page.locator(picture.part).first.screenshot() if picture.part else page.screenshot()
        context.close()
        yield name, taken, words


def fingerprint(words: Mapping[str, str]) -> str:
    """What the pages show, in words."""
    return hashlib.sha256("\n".join(words[name] for name in sorted(words)).encode()).hexdigest()


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    words = {}
    with (
        tempfile.TemporaryDirectory() as folder,
        running_demo(Path(folder) / "kadewijk") as running,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        for name, taken, shown in take(running, browser):
            (FOLDER / name).write_bytes(taken)
            words[name] = shown
            print(f"{name}: {len(taken) / 1000:.0f} kB")
    FINGERPRINT.write_text(f"{fingerprint(words)}\n", encoding="utf-8")


if __name__ == "__main__":
    os.environ.setdefault("PYTHONWARNINGS", "ignore")
    main()
