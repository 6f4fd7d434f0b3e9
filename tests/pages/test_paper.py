"""The report on paper: A4, all of it, in colour."""

from __future__ import annotations

import io
import re
import unicodedata

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader
from tests.pages.conftest import Look
from tests.pages.given.company import Demo
from tests.pages.tree import read_page

A4 = (595, 842)  # points
BETTER, WORSE, DARK_GROUND = (0x00, 0x72, 0xB2), (0xD5, 0x5E, 0x00), (0x0F, 0x13, 0x16)
BETWEEN_MARGINS = 687  # pixels of 182 mm


@pytest.fixture(scope="module")
def printed(chromium: Browser, demo: Demo) -> PdfReader:
    """The Dutch page, printed by someone whose screen is dark."""
    page = chromium.new_page(color_scheme="dark")
    page.goto(demo.pages["nl"].as_uri())
    found = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    page.close()
    return found


def test_the_printed_page_is_a4_and_begins_with_what_changed(printed: PdfReader, demo: Demo) -> None:
    assert {(round(p.mediabox.width), round(p.mediabox.height)) for p in printed.pages} == {A4}
    assert 5 < len(printed.pages) < 60
    text = unicodedata.normalize("NFKC", printed.pages[0].extract_text())  # fi and ff are one sign
    (lead,) = (e for e in read_page(demo.pages["nl"].read_text("utf-8")).all("p") if "lead" in e.classes)
    assert "".join(lead.text.split()) in "".join(text.split())


def test_what_is_printed_keeps_its_colours_on_white(printed: PdfReader) -> None:
    painted = b"".join(p.get_contents().get_data() for p in printed.pages)
    found = re.findall(rb"([\d.]+) ([\d.]+) ([\d.]+) rg", painted)
    colours = {tuple(round(255 * float(x)) for x in c) for c in set(found)}
    assert {BETTER, WORSE} <= colours
    assert DARK_GROUND not in colours


def test_nothing_hangs_over_the_edge_of_the_paper(look: Look, demo: Demo) -> None:
    page = look(demo.pages["nl"], width=BETWEEN_MARGINS).page
    page.emulate_media(media="print")
    over = page.evaluate(
        """() => [...document.querySelectorAll('main *')].filter(e => !e.closest('svg')
            && e.getClientRects().length && e.getBoundingClientRect().right > innerWidth + 1)
            .slice(0, 8).map(e => e.outerHTML.slice(0, 140))"""
    )
    assert over == []
    hidden = page.evaluate(
        """() => [...document.querySelectorAll('.scroll')].filter(e => e.scrollWidth > e.clientWidth + 1)
            .map(e => e.getAttribute('aria-label'))"""
    )
    assert hidden == []
