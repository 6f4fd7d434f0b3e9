"""What holds of a report's page without a browser: one file, sound links, headings, labels, its size."""

from __future__ import annotations

import doctest
import re
from collections import Counter
from itertools import pairwise

import pytest
from tests.pages.given import written
from tests.pages.given.company import LANGUAGES, Demo
from tests.pages.tree import Element, read_page

LARGEST = 1_500_000  # bytes, of a company of any size


@pytest.fixture(scope="module", params=LANGUAGES)
def html(request: pytest.FixtureRequest, demo: Demo) -> str:
    return demo.pages[request.param].read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def page(html: str) -> Element:
    return read_page(html)


def test_the_examples_of_how_numbers_are_read_back_hold() -> None:
    found = doctest.testmod(written, raise_on_error=False)
    assert (found.failed, found.attempted > 1) == (0, True)


def test_the_page_says_its_language(page: Element, demo: Demo) -> None:
    (root,) = page.all("html")
    assert root.attributes["lang"] == ("nl" if "Klantcijfers" in page.text else "en")


def test_every_id_is_there_once_and_every_link_leads_to_one(page: Element) -> None:
    ids = Counter(e.id for e in page.with_attribute("id"))
    assert [name for name, times in ids.items() if times > 1] == []
    links = [e.attributes["href"] for e in page.all("a")]
    assert len(links) > 50
    assert [link for link in links if not link.startswith("#") or link[1:] not in ids] == []


@pytest.mark.parametrize("attribute", ["aria-labelledby", "aria-describedby", "for", "headers"])
def test_what_refers_to_another_element_finds_it(page: Element, attribute: str) -> None:
    ids = {e.id for e in page.with_attribute("id")}
    named = {name for e in page.with_attribute(attribute) for name in e.attributes[attribute].split()}
    assert named <= ids


def test_headings_go_down_one_step_at_a_time(page: Element) -> None:
    levels = [int(e.tag[1]) for e in page.all("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert [(a, b) for a, b in pairwise(levels) if b > a + 1] == []


def test_every_picture_has_words_or_is_kept_from_those_who_listen(page: Element) -> None:
    """A picture with a role says a sentence; one without stands beside its figures and is not read out."""
    pictures = [e for e in page.all("svg") if not any(x.tag == "svg" for x in e.around)]
    assert len(pictures) > 50
    silent = [e for e in pictures if not _is_hidden(e)]
    assert [e.attributes for e in silent if e.attributes.get("role") != "img"] == []
    assert [e.attributes for e in silent if not e.attributes.get("aria-label", "").strip()] == []


def _is_hidden(e: Element) -> bool:
    return any(x.attributes.get("aria-hidden") == "true" for x in (e, *e.around))


def test_nothing_is_fetched_and_nothing_runs(html: str, page: Element) -> None:
    assert not list(page.all("script", "link", "iframe", "object", "embed", "img", "form", "base"))
    assert [e.attributes for e in page.all() if any(name.startswith("on") for name in e.attributes)] == []
    assert [e.attributes for e in page.with_attribute("src")] == []
    style = "".join(part for e in page.all("style") for part in e.parts if isinstance(part, str))
    assert not re.search(r"@import|@font-face|url\(", style)
    assert not re.search(r"https?://", html.replace("http://www.w3.org/2000/svg", ""))


def test_every_table_names_its_rows_and_columns(page: Element) -> None:
    tables = list(page.all("table"))
    assert len(tables) > 10
    for table in tables:
        for row in (r for body in table.all("tbody") for r in body.all("tr")):
            cells = list(row.all("td", "th"))
            assert cells[0].tag == "th" or cells[0].attributes.get("colspan"), row.text


def test_the_page_is_small_enough_to_mail(html: str) -> None:
    assert 100_000 < len(html.encode()) < LARGEST * 0.6


def test_what_the_contents_name_stands_on_the_page_in_that_order(page: Element) -> None:
    (nav,) = page.all("nav")
    assert nav.attributes["aria-label"]
    places = [e.id for e in page.with_attribute("id")]
    at = [places.index(e.attributes["href"][1:]) for e in nav.all("a")]
    assert len(at) > 8
    assert at == sorted(at)
