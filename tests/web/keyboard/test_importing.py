"""A file by keyboard alone: uploaded, its columns named, tried, taken in, and taken out again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import FileChooser
from tests.web.keyboard.conftest import At
from tests.web.keyboard.hands import Hands

from peil.library import Peil
from peil.web.pages.data.upload.jobs import _AT_ONCE

pytestmark = [pytest.mark.full, pytest.mark.django_db(transaction=True)]

NAME = "verhuizing.csv"
ROWS = "Respons;Ingevuld op;Klant nr;Tevreden over de monteur;Streek;Gebeld\n" + "".join(
    f"V{i};{1 + i % 9:02d}-{1 + i % 9:02d}-2026;V{i};{1 + i % 5};{('Noord', 'Zuid')[i % 2]};{('ja', 'nee')[i % 2]}\n"
    for i in range(40)
)


def give_file(hands: Hands, path: Path) -> None:
    """Enter opens the system's own dialog, in which a browser's tests can only name the file."""
    asked: list[FileChooser] = []
    hands.page.once(
        "filechooser", lambda chooser: asked.append(chooser)
    )  # before the walk there: it takes the browser a moment
    hands.to("Bestand", "input")
    hands.page.keyboard.press("Enter")
    for _ in range(100):
        if asked:
            return asked[0].set_files(path)
        hands.page.wait_for_timeout(50)
    raise AssertionError("Enter opens no dialog")


def choice(hands: Hands, column: str) -> str:
    """The list that says what this column becomes."""
    place = hands.page.locator(f".cols li:has(h3 bdi:text-is('{column}')) select[name^=to-]").first
    return f"#{place.get_attribute('id')}"


def take_in(hands: Hands, path: Path) -> None:
    hands.follow("Bestand importeren", "a")
    give_file(hands, path)
    hands.press("Uploaden en lezen", "button")
    hands.page.wait_for_selector("#kolommen")


def test_columns_are_named_tried_and_taken_in_and_all_of_it_is_undone(at: At, company: Peil, tmp_path: Path) -> None:
    path = tmp_path / NAME
    path.write_text(ROWS, encoding="utf-8")
    before = company.kpi("csat")[0].n
    hands = at("analyst", "/data/?language=nl")
    page = hands.page
    take_in(hands, path)

    # what Peil did not see in it, or saw otherwise
    hands.choose(choice(hands, "Respons"), "Nummer van de inzending")
    hands.choose(choice(hands, "Streek"), "Team")
    hands.choose(choice(hands, "Gebeld"), "Is uw vraag opgelost?")
    hands.follow("Bijwerken", "button")
    assert page.locator(choice(hands, "Streek")).input_value() == "answers.team"
    hands.press("Controleren", "button")
    page.wait_for_selector("h1:has-text('Zo wordt het ingelezen')")
    assert page.locator("#kpis tr:has-text('(CSAT)') .n").last.inner_text() == "40"
    assert company.kpi("csat")[0].n == before  # a trial alone

    hands.press("Importeren", "button")
    page.wait_for_selector(f"h1:has-text('{NAME} is ingelezen')")
    assert company.kpi("csat")[0].n == before + 40
    hands.follow("Naar de gegevens", "a")
    hands.press(f"{NAME} weer weghalen", "summary")
    hands.follow(f"{NAME} weer weghalen", "button")
    assert f"{NAME} is ongedaan gemaakt" in page.inner_text(".said")
    assert company.kpi("csat")[0].n == before


@contextmanager
def others_at_work() -> Iterator[None]:
    """Two files of others are being taken in: the next one waits."""
    with _AT_ONCE, _AT_ONCE:
        yield


def test_what_is_at_work_is_stopped(at: At, company: Peil, tmp_path: Path) -> None:
    """The progress is told anew every second; the focus stays on the button all the same."""
    path = tmp_path / NAME
    path.write_text(ROWS, encoding="utf-8")
    hands = at("analyst", "/data/?language=nl")
    page = hands.page
    take_in(hands, path)
    with others_at_work():
        hands.follow("Controleren", "button")
        hands.to("Stoppen", "button")
        page.wait_for_timeout(2500)
        assert hands.focus()["name"] == "Stoppen"
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert "Wordt gestopt" in page.inner_text("main")
    page.wait_for_selector("#kolommen")
    assert "Gestopt" in page.inner_text("[role=alert]")
