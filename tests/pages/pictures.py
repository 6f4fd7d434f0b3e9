"""The pictures of docs/report.md, taken of the demo company's report; `python -m tests.pages.pictures` takes them anew.

`docs/pictures/page.txt` holds a fingerprint of the page that they were taken of, so that a test can tell when it
has changed since.
"""

from __future__ import annotations

import hashlib
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.sync_api import Browser, sync_playwright
from tests.pages.browser import CHROMIUM, OPTIONS

from peil.cli.main import run
from peil.report.words.terms import one_day

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "pictures"
FINGERPRINT = FOLDER / "page.txt"
LARGEST = 250_000  # bytes of one picture
CUSTOMERS, SEED = "20000", "1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """What to look at, and how: the part of the page (its beginning when none is named), on what screen."""

    part: str = ""
    width: int = 1280
    height: int = 900
    dark: bool = False
    sharp: float = 1.0  # pixels of the picture for each of the page


PICTURES: Mapping[str, Picture] = {
    "report-light.png": Picture(width=1120, height=1200),
    "report-changed.png": Picture(part="#veranderd", width=1120),
    "report-dark.png": Picture(part="section[id^=kpi-ces]", width=1120, dark=True),
    "report-response.png": Picture(part="#eerste-reactie", width=1120),
    "report-phone.png": Picture(width=390, height=1180, sharp=1.5),
}


def make_page(folder: Path) -> Path:
    """The English report of the company that `peil demo` makes."""
    code = run(["demo", str(folder), "--customers", CUSTOMERS, "--seed", SEED, "--language", "en"])
    if code:
        sys.exit(code)
    return folder / "report.html"


def fingerprint(page: Path) -> str:
    """What the page shows, without the day it was made on and the last digits of sums, which differ per machine."""
    today = datetime.now(ZoneInfo("Europe/Amsterdam")).date()
    html = page.read_text(encoding="utf-8").replace(one_day(today, "en"), "")
    shown = re.sub(r' (?:value|data-low|data-high)="[^"]*"', "", html)
    return hashlib.sha256(shown.encode()).hexdigest()


def take(page: Path, browser: Browser) -> Iterator[tuple[str, bytes]]:
    """Each picture by its name, as PNG."""
    for name, picture in PICTURES.items():
        yield name, _one(browser, page, picture)


def _one(browser: Browser, page: Path, picture: Picture) -> bytes:
    window = browser.new_page(
        viewport={"width": picture.width, "height": picture.height},
        color_scheme="dark" if picture.dark else "light",
        device_scale_factor=picture.sharp,
    )
    window.goto(page.as_uri())
    taken = window.locator(picture.part).first.screenshot() if picture.part else window.screenshot()
    window.close()
    return taken


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page = make_page(Path(folder) / "kadewijk")
        for name, taken in take(page, playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)):
            (FOLDER / name).write_bytes(taken)
            print(f"{name}: {len(taken) / 1000:.0f} kB")
        FINGERPRINT.write_text(f"{fingerprint(page)}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
