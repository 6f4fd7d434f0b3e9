"""peil report, as a person runs it: what it writes, what it refuses, and what it makes of hostile text."""

import json
from pathlib import Path

import pytest
from tests.cli.conftest import MAPPING, Peil, answers
from tests.pages.tree import Element, read_page

from peil.report.file import MARK
from peil.report.words import say


def page_at(path: Path) -> Element:
    return read_page(path.read_text(encoding="utf-8"))


def lead_of(page: Element) -> str:
    (lead,) = (e for e in page.all("p") if "lead" in e.classes)
    return lead.text


@pytest.fixture
def two_months(shop: Peil, tmp_path: Path) -> Peil:
    """January's answers, 80 % satisfied, and February's, 50 %."""
    (tmp_path / "february.csv").write_text(answers(satisfied=100, month=2))
    assert shop("import", "february.csv", "-m", "shop.toml").code == 0
    return shop


def test_a_report_is_one_page_with_what_changed(two_months: Peil, tmp_path: Path) -> None:
    said = two_months("report", "report.html", "--period", "2026-02", "--compare", "previous")
    size = (tmp_path / "report.html").stat().st_size
    assert (said.code, said.err) == (0, "")
    assert said.out == f"Wrote report.html ({size / 1000:,.0f} kB). Open it in a browser; it needs no other file.\n"
    page = page_at(tmp_path / "report.html")
    assert lead_of(page) == "The only figure compared has demonstrably changed: for the worse (customer satisfaction)."
    value = next(e for e in page.all("data") if e.attributes["data-kpi"] == "csat" and "tile" in _classes_around(e))
    assert (value.attributes["value"], value.text) == ("50.0", "50%")


def _classes_around(e: Element) -> set[str]:
    return {name for x in e.around for name in x.classes}


def test_the_same_in_dutch_with_a_title_and_a_part_of_the_rows(two_months: Peil, tmp_path: Path) -> None:
    words = ("--language", "nl", "--title", "Februari", "--period", "2026-02", "--where", "channel=phone")
    assert two_months("report", "rapport.html", *words).code == 0
    page = page_at(tmp_path / "rapport.html")
    (heading,) = page.all("h1")
    (title,) = page.all("title")
    assert (heading.text, title.parts) == ("Februari", ["Februari"])
    (about,) = (e for e in page.all("p") if "about" in e.classes)
    assert about.text == "1 feb t/m 28 feb 2026 · vergeleken met 1 jan t/m 31 jan 2026 · alleen kanaal Telefoon"


def test_as_json_it_says_where_the_page_is(shop: Peil, tmp_path: Path) -> None:
    said = shop("report", "report.html", "--json")
    assert json.loads(said.out) == {
        "report": "report.html",
        "bytes": (tmp_path / "report.html").stat().st_size,
        "language": "en",
    }


def test_rows_of_less_than_sixty_days_are_one_measurement(shop: Peil, tmp_path: Path) -> None:
    assert shop("report", "report.html", "--language", "nl").code == 0
    page = page_at(tmp_path / "report.html")
    assert lead_of(page).startswith(say("lead_no_dates", "nl"))
    assert say("whole_file", "nl") in page.text
    assert not any("aantoonbaar" in e.text for e in page.all("p") if "chg" in e.classes)


def test_an_empty_warehouse_gives_a_page_that_helps(shop: Peil, tmp_path: Path) -> None:
    assert shop("undo").code == 0
    assert shop("report", "report.html").code == 0
    page = page_at(tmp_path / "report.html")
    assert lead_of(page).startswith(say("lead_empty", "en"))
    assert "peil import" in lead_of(page)
    (needed,) = (e for e in page.all("section") if e.id == "ontbreekt")
    assert "answers to survey questions" in needed.text.lower()
    assert not list(page.with_attribute("data-kpi"))


def test_an_earlier_report_is_replaced_and_another_file_is_not(shop: Peil, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text("<p>minutes of the meeting</p>")
    said = shop("report", "report.html")
    assert (said.code, said.out) == (1, "")
    assert said.err == "report.html is there already and is no report of Peil.\nName another file, or say --force.\n"
    assert path.read_text() == "<p>minutes of the meeting</p>"
    assert shop("report", "report.html", "--force").code == 0
    assert MARK in path.read_text(encoding="utf-8")
    assert shop("report", "report.html", "--language", "nl").code == 0
    assert '<html lang="nl">' in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nowhere/report.html", "--warehouse", "duckdb:///none.duckdb"], "There is no folder nowhere.\nMake it first"),
        (["."], "is a folder.\nName a file in it"),
        (["r.html", "--language", "de"], "does not speak 'de'.\nAllowed: en, nl"),
        (["r.html", "--period", "2026-13"], "2026-13"),
        (["r.html", "--period", "lente"], "'lente' is not a period.\nWrite last-30-days"),
        (["r.html", "--since", "1-2-2026"], "'1-2-2026' is not a day for since.\nWrite it as 2026-01-31."),
        (["r.html", "--since", "2026-02-01", "--until", "2026-01-01"], "ends (2026-01-01) before it starts"),
        (["r.html", "--compare", "previus"], "no comparison 'previus'.\nDid you mean 'previous'?"),
        (["r.html", "--where", "chanel=phone"], "Did you mean 'channel'?"),
        (["r.html", "--where", "channel"], "'channel' is not a condition.\nWrite column=value"),
        (["r.html", "--period", "2026-01", "--since", "2026-01-01"], "say the same thing twice"),
    ],
)
def test_what_can_not_be_asked_is_said_and_nothing_is_written(
    shop: Peil, tmp_path: Path, arguments: list[str], says: str
) -> None:
    said = shop("report", *arguments)
    assert said.code == 1
    assert says in said.err
    assert not list(tmp_path.glob("*.html"))
    assert not list(tmp_path.glob(".peil-*"))


def test_without_a_warehouse_it_says_what_to_do(peil: Peil, tmp_path: Path) -> None:
    said = peil("report", "report.html")
    assert said.code == 1
    assert "peil.duckdb" in said.err
    assert "Import a file first" in said.err
    assert not list(tmp_path.iterdir())


def test_without_a_file_it_says_how_it_is_used(shop: Peil) -> None:
    said = shop("report")
    assert said.code == 2
    assert "Missing argument 'FILE'" in said.err


HOSTILE = "</script><script>alert(1)</script>"
FILE = "<img src=x onerror=alert(1)>.csv"


@pytest.fixture
def hostile(peil: Peil, tmp_path: Path) -> Element:
    """A page about a shop whose names, values and headings would all like to run."""
    (tmp_path / "shop.toml").write_text(
        MAPPING.replace(
            'channel = "channel"', 'touchpoint = "where"\nextra = [{ column = "<u>Plan</u>", name = "plan" }]'
        )
        .replace('question = "satisfied"', 'question = "<b>satisfied</b>"')
        .replace('column = "satisfied"', 'column = "<i>sat</i>"')
    )
    lines = ["id,customer,day,where,<u>Plan</u>,<i>sat</i>"]
    for i in range(400):
        where = HOSTILE if i % 3 else '" onmouseover="alert(2)'
        score = "<svg onload=alert(3)>" if i == 7 else 1 + (i * 7 + i // 3) % 5
        quoted = where.replace('"', '""')
        lines.append(f'{i},c{i},2026-{1 + i // 130:02d}-{1 + i % 28:02d},"{quoted}",&amp;<{i % 2}>,{score}')
    (tmp_path / FILE).write_text("\n".join(lines) + "\n")
    (tmp_path / "peil.toml").write_text(f'organisation = "{HOSTILE}"\n')
    assert peil("import", FILE, "-m", "shop.toml").code == 0
    assert peil("report", "report.html", "--title", HOSTILE, "--period", "2026-02").code == 0
    return page_at(tmp_path / "report.html")


def test_hostile_text_is_shown_as_text_and_comes_back_whole(hostile: Element) -> None:
    assert not list(hostile.all("script", "img", "i", "u")) or all("<" not in e.text for e in hostile.all("i", "u"))
    assert not list(hostile.all("script", "img"))
    assert [e.tag for e in hostile.all() if any(name.startswith("on") for name in e.attributes)] == []
    (heading,) = hostile.all("h1")
    assert heading.text == HOSTILE
    for text in (FILE, HOSTILE, '" onmouseover="alert(2)', "&amp;<1>", "<i>sat</i>", "is not a number"):
        assert text in hostile.text, text
    told = {json.dumps(json.loads(e.attributes["data-group"])) for e in hostile.with_attribute("data-group")}
    assert json.dumps({"touchpoint": HOSTILE}) in told
    assert json.dumps({"touchpoint": '" onmouseover="alert(2)'}) in told
