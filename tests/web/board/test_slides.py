"""The slides page: each block goes to the clipboard as text with its figures, and as a picture."""

from __future__ import annotations

import html
import re

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer
from tests.pages.browser import watch
from tests.web.conftest import SignIn

from peil.library import Peil

TEXT = re.compile(r'<p class="copy noprint" hidden data-text="([^"]*)"')


def test_the_text_of_a_block_has_its_figure_interval_and_number(company: Peil, sign_in: SignIn) -> None:
    page = sign_in("manager").get("/board/slides/?language=nl&period=2026-10").content.decode()
    texts = [html.unescape(text).split("\n") for text in TEXT.findall(page)]
    assert len(texts) > 6
    csat = next(lines for lines in texts if lines[0].startswith("Klanttevredenheid"))
    assert re.fullmatch(r"Klanttevredenheid, CSAT: \d+% \([\d,]+ tot [\d,]+%, 95%-interval\)", csat[0])
    assert any(line.startswith("n = ") for line in csat)
    assert csat[-1] == "1 okt t/m 31 okt 2026"


@pytest.mark.django_db(transaction=True)
def test_a_block_goes_to_the_clipboard(
    chromium: Browser, live_server: LiveServer, company: Peil, sign_in: SignIn
) -> None:
    context = chromium.new_context(color_scheme="dark")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    session = sign_in("manager").cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    context.set_default_timeout(60_000)
    try:
        page = context.new_page()
        seen = watch(page)
        page.goto(f"{live_server.url}/board/slides/?language=nl&period=2026-10")
        block = page.locator(".slide").nth(1)
        block.locator("[data-copy=text]").click()
        expect(block.locator("[role=status]")).to_have_text("Gekopieerd")
        said = page.evaluate("navigator.clipboard.readText()")
        assert said == block.locator(".copy").get_attribute("data-text")
        block.locator("[data-copy=picture]").click()
        expect(block.locator("[role=status]")).to_have_text("Gekopieerd", timeout=20_000)
        start, corner = page.evaluate("""async () => {
            const items = await navigator.clipboard.read()
            const blob = await items[0].getType('image/png')
            const image = await createImageBitmap(blob)
            const pen = new OffscreenCanvas(image.width, image.height).getContext('2d')
            pen.drawImage(image, 0, 0)
            return [[image.width, image.height], [...pen.getImageData(40, 40, 1, 1).data]]
        }""")
        assert start[0] > 600
        assert start[1] > 200
        assert min(corner) > 200, "light, whatever the page is"
        assert seen.complaints == []
    finally:
        context.close()
