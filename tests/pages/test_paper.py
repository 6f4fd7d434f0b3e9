"""The report on paper: A4, all of it, in colour."""

from __future__ import annotations

import io
import re
import unicodedata

import pytest
from tests.pages.company import LANGUAGES, Demo
from tests.pages.conftest import Look
from tests.pages.tree import read_page

A4 = (595, 842)  # points
BETTER, WORSE = (0x00, 0x72, 0xB2), (0xD5, 0x5E, 0x00)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_printed_page_is_a4_and_says_what_the_page_says(look: Look, demo: Demo, language: str) -> None:
    pypdf = pytest.importorskip("pypdf", reason="pypdf is not installed, which reads what was printed")
    printed = pypdf.PdfReader(io.BytesIO(look(demo.pages[language]).page.pdf(prefer_css_page_size=True, format="A4")))
    assert {(round(p.mediabox.width), round(p.mediabox.height)) for p in printed.pages} == {A4}
    assert 5 < len(printed.pages) < 60
    text = unicodedata.normalize("NFKC", " ".join(p.extract_text() for p in printed.pages))  # fi and ff are one sign
    words = "".join(text.split())
    (lead,) = (e for e in read_page(demo.pages[language].read_text("utf-8")).all("p") if "lead" in e.classes)
    assert "".join(lead.text.split()) in words


def test_what_is_printed_keeps_its_colours(look: Look, demo: Demo) -> None:
    pypdf = pytest.importorskip("pypdf", reason="pypdf is not installed, which reads what was printed")
    printed = pypdf.PdfReader(io.BytesIO(look(demo.pages["nl"], dark=True).page.pdf(format="A4")))
    painted = b"".join(p.get_contents().get_data() for p in printed.pages)
    colours = {
        tuple(round(255 * float(x)) for x in found) for found in re.findall(rb"([\d.]+) ([\d.]+) ([\d.]+) rg", painted)
    }
    assert {BETTER, WORSE} <= colours
    assert (0x0F, 0x13, 0x16) not in colours  # the ground of a dark screen


def test_nothing_hangs_over_the_edge_of_the_paper(look: Look, demo: Demo) -> None:
    """At the width that A4 leaves between margins of one centimetre."""
    page = look(demo.pages["nl"], width=718).page
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
