"""What one makes of the figures, by keyboard alone: tiles, views, texts, snapshots, subscriptions."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from tests.web.keyboard.conftest import At

from peil.board.models import Board, SavedView, Snapshot, Subscription

pytestmark = pytest.mark.django_db(transaction=True)


def tiles() -> list[str]:
    return [t["kpi"] for t in Board.objects.get().tiles]


def test_tiles_are_moved_removed_and_brought_back(at: At) -> None:
    """The focus stays where the hands are, though the list is swapped under them."""
    hands = at("manager", "/board/?language=nl")
    page = hands.page
    names = page.locator(".ordered .what").all_inner_texts()
    first, second = (page.locator(".ordered li").nth(i).get_attribute("id") for i in (0, 1))
    hands.press("Omlaag: ", "button")
    page.wait_for_selector(f".ordered li:first-child#{second}")
    assert hands.focus()["id"] == f"down-{str(first).removeprefix('tegel-')}"
    hands.press("Verwijderen: ", "button")
    expect(page.locator(".ordered li")).to_have_count(len(names) - 1)
    page.wait_for_selector("#undo:focus")  # what was removed can't keep the focus; what brings it back gets it
    page.keyboard.press("Enter")
    expect(page.locator(".ordered li")).to_have_count(len(names))
    assert str(first).removeprefix("tegel-") in tiles()


@pytest.mark.full
def test_a_tile_is_added(at: At) -> None:
    hands = at("manager", "/board/?language=nl")
    hands.press("Verwijderen: ", "button")  # a full board takes none
    hands.page.wait_for_selector("#undo")
    hands.choose("Cijfer", "Heropend")
    hands.follow("Toevoegen", "button")
    assert "reopened" in tiles()


@pytest.mark.full
def test_a_view_is_saved_and_subscribed_to(at: At) -> None:
    hands = at("manager", "/contact/?period=2026-10&language=nl")
    hands.follow("Weergave bewaren", "a")
    hands.write("Naam", "Contact in oktober")
    with hands.page.expect_navigation():
        hands.page.keyboard.press("Enter")
    assert SavedView.objects.get().name == "Contact in oktober"
    hands.page.goto("/board/subscriptions/")
    hands.choose("Wat je krijgt", "Contact in oktober")
    hands.choose("Hoe vaak", "elke maand")
    hands.press("alleen als er iets aantoonbaar is veranderd", key="Space")
    hands.follow("Abonneren", "button")
    made = Subscription.objects.get()
    assert (made.every, made.only_changed, made.view) == ("month", True, SavedView.objects.get())


@pytest.mark.full
def test_the_interpretation_is_written_and_figures_are_recorded(at: At) -> None:
    hands = at("manager", "/?period=2026-10&language=nl")
    hands.follow("Duiding schrijven", "a")
    hands.write("Duiding", "Meer telefoon door de storing.")
    hands.follow("Bewaren", "button")
    assert "Meer telefoon door de storing." in hands.page.inner_text("#duiding")
    hands.follow("Vastleggen", "button")
    assert "/board/reported/" in hands.page.url
    assert {s.kind for s in Snapshot.objects.all()} == {"interpretation", "recorded"}
