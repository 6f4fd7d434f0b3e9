"""A tile looked at otherwise: the same alone as on the whole page, in the URL, and held to one family of tests."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer
from tests.pages.browser import watch
from tests.web.conftest import SignIn

from peil.board.slots import Slot, slot_figures
from peil.board.tiles import BoardTile
from peil.core.compare import benjamini_hochberg
from peil.library import Peil
from peil.report.question import ReportQuestion

HTMX = {"HX-Request": "true"}
STATE = "period=2026-10&language=nl"
OTHERWISE = f"{STATE}&tile.csat.period=2026-Q3&tile.csat.compare=last_year"
TILE = re.compile(r'<article class="tile[^"]*" id="tegel-csat".*?</article>', re.DOTALL)
VALUE = re.compile(r'<data value="([^"]+)" data-part="value" data-kpi="(\w+)">')


def tile_of(page: str) -> str:
    found = TILE.search(page)
    assert found, page[:500]
    return re.sub(r"\s+", " ", found[0])


def values(text: str) -> dict[str, float]:
    return {kpi: float(value) for value, kpi in VALUE.findall(text)}


@pytest.fixture
def client(company: Peil, sign_in: SignIn) -> Client:
    return sign_in("manager")


def test_the_tile_alone_is_the_tile_of_the_whole_page(client: Client) -> None:
    for asked in (STATE, OTHERWISE, f"{OTHERWISE}&change=csat", f"{STATE}&tile.csat.by=channel",
                  f"{STATE}&tile.csat.kpi=fcr&change=csat"):  # fmt: skip
        whole = tile_of(client.get(f"/?{asked}").content.decode())
        part = tile_of(client.get(f"/board/tile/csat/?{asked}", headers=HTMX).content.decode())
        assert part == whole


def test_it_shows_what_kpi_gives_and_nothing_else_changes(company: Peil, client: Client) -> None:
    plain = client.get(f"/?{STATE}").content.decode()
    page = client.get(f"/?{OTHERWISE}").content.decode()
    (given,) = company.kpi("csat", period="2026-Q3")
    assert values(tile_of(page)) == {"csat": given.value}
    assert "1 jul t/m 30 sep 2026" in tile_of(page)
    others = {k: v for k, v in values(plain).items() if k != "csat"}
    assert {k: v for k, v in values(page).items() if k != "csat"} == others


def test_the_address_is_that_of_the_page(client: Client) -> None:
    answer = client.get(f"/board/tile/csat/?{OTHERWISE}&tile.csat.kpi=csat&tile.csat.by=&change=csat", headers=HTMX)
    pushed = "/?period=2026-10&tile.csat.compare=last_year&tile.csat.period=2026-Q3&language=nl"
    assert answer.headers["HX-Push-Url"] == pushed
    page = client.get(pushed).content.decode()
    assert tile_of(page)
    assert '<input type="hidden" name="tile.csat.period" value="2026-Q3">' in page  # the filters keep it
    assert client.get(f"/board/tile/csat/?{OTHERWISE}").headers["Location"] == f"{pushed}#tegel-csat"


def test_what_cannot_be_is_told_at_its_field(client: Client) -> None:
    page = client.get(f"/?{STATE}&tile.csat.kpi=volume&tile.csat.by=channel&change=csat").content.decode()
    assert 'id="by-csat" aria-invalid="true" aria-describedby="by-csat-err"' in page
    assert "niet uitgesplitst" in tile_of(page)


@pytest.mark.parametrize("asked", ["kpi=nonsense", "kpi=engagement", "period=geheim", "compare=ever"])
def test_nonsense_is_refused(asked: str, company: Peil, sign_in: SignIn) -> None:
    client = sign_in("team_lead")
    first = re.search(r'id="anders-([\w-]+)"', client.get("/?period=2026-10").content.decode())
    assert first
    assert client.get(f"/?period=2026-10&tile.{first[1]}.{asked}").status_code == 400


def test_hostile_parameters_do_nothing(client: Client) -> None:
    nasty = '"><script>alert(1)</script>'
    page = client.get("/", {"period": "2026-10", f"tile.{nasty}.kpi": nasty, "change": nasty}).content.decode()
    assert "<script>alert" not in page
    assert client.get("/board/tile/nonsense/", headers=HTMX).status_code == 404


@pytest.mark.django_db
def test_changes_are_corrected_together_whatever_each_tile_asks(company: Peil) -> None:
    asked = ReportQuestion(since=date(2026, 10, 1), until=date(2026, 11, 1))
    other = ReportQuestion(since=date(2026, 7, 1), until=date(2026, 10, 1), compare="last_year")
    tiles = [BoardTile(k) for k in ("csat", "fcr", "first_response_in_target", "transferred")]
    slots = [Slot(t, t, other if t.kpi in ("csat", "fcr") else None) for t in tiles]
    found = slot_figures(company.warehouse, asked, slots)
    changes = [t.comparison for t in found.tiles]
    raw = [c.p for c in changes if c is not None and c.p is not None]
    assert [t.tile.kpi for t in found.tiles] == [t.kpi for t in tiles]
    assert found.tested == len(raw) == 4
    assert [c.p_adjusted for c in changes if c is not None] == pytest.approx(benjamini_hochberg(raw))
    spans = {t.tile.kpi: t.contents.span.since for t in found.tiles if t.contents.span}
    assert spans == {"csat": date(2026, 7, 1), "fcr": date(2026, 7, 1), "first_response_in_target": date(2026, 10, 1),
                     "transferred": date(2026, 10, 1)}  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_only_that_tile_is_swapped_and_the_focus_stays(
    chromium: Browser, live_server: LiveServer, company: Peil, sign_in: SignIn
) -> None:
    context = chromium.new_context(viewport={"width": 1366, "height": 900})
    session = sign_in("manager").cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    context.set_default_timeout(60_000)
    try:
        page = context.new_page()
        page.goto(f"{live_server.url}/?{STATE}")
        seen = watch(page)
        page.focus("#anders-csat")
        page.keyboard.press("Enter")
        page.wait_for_selector("#period-csat")
        assert page.evaluate("document.activeElement.id") == "anders-csat"
        page.focus("#period-csat")
        page.select_option("#period-csat", "last-90-days")
        page.wait_for_selector("#bord-csat")
        assert page.evaluate("document.activeElement.id") == "period-csat"
        assert "tile.csat.period=last-90-days" in page.url
        expect(page.locator("#tegel-gezegd")).to_contain_text("Klanttevredenheid")
        parts = [url for url in seen.requests if "/board/tile/csat/" in url]
        assert len(parts) == 2
        assert [url for url in seen.requests if url.partition("?")[0].rstrip("/") == live_server.url] == []
        assert seen.complaints == []
        page.go_back()
        page.wait_for_selector("#bord-csat", state="detached")
        assert "tile.csat" not in page.url
    finally:
        context.close()
