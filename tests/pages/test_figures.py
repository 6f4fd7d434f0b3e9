"""Every number of a report is the figure that `peil kpi` or `peil compare` gives for the same rows, to the last digit."""

from __future__ import annotations

import json
import math
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from tests.pages.given.asked import CHANGES, Rows, ask_again, numbers_of
from tests.pages.given.company import LANGUAGES, Demo
from tests.pages.given.shown import Shown, bare_numbers, days_of, shown_figures
from tests.pages.given.warehouses import CASES, Case
from tests.pages.given.written import numbers_in
from tests.pages.tree import Element, read_page
from tests.real.expected import DATA

import peil.library
from peil.cli.main import run
from peil.core.kpi import Comparison, Estimate
from peil.core.kpis import BY_KEY
from peil.library import Peil
from peil.report.contents import gather
from peil.report.page import render
from peil.report.question import ReportQuestion
from peil.report.words import say

ABOVE = ("gestegen", "langer", "hoger", "up ", "longer", "above")
BELOW = ("gedaald", "korter", "lager", "down ", "shorter", "below")
NOT_SHOWN = ("geen aantoonbaar verschil", "no demonstrable difference")


@dataclass(frozen=True, slots=True)
class Reported:
    """A report in both languages, and what the library says of each of its figures."""

    case: Case
    url: str
    pages: dict[str, Element]
    figures: dict[str, list[Shown]]
    rows: Rows
    answers: dict[Shown, Estimate | Comparison | None]


@pytest.fixture(scope="module", params=CASES)
def reported(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, demo: Demo
) -> Iterator[Reported]:
    case = CASES[request.param]
    if case.real and not DATA.is_dir():
        pytest.skip(f"the real files are not here: no folder {DATA} (PEIL_SHARED names another place)")
    url = case.make(tmp_path_factory.mktemp("reported"), demo)
    with peil.library.open(url, read_only=True) as opened:
        html = {at: path.read_text("utf-8") for at, path in demo.pages.items()} if case.is_demo else write(opened, case)
        pages = {at: read_page(text) for at, text in html.items()}
        figures = {at: shown_figures(page) for at, page in pages.items()}
        since, until = days_of(pages["nl"])
        rows = Rows(since=since, until=until, where=case.where, weighted=case.weighted, compare=case.compare)
        yield Reported(case, url, pages, figures, rows, ask_again(opened, rows, [*figures["nl"], *figures["en"]]))


def write(opened: Peil, case: Case) -> dict[str, str]:
    """The report of this case in both languages."""
    period = opened.query(period=case.period) if case.period else None
    asked = ReportQuestion(
        since=period and period.since, until=period and period.until, compare=case.compare,
        where=case.filters, weighted=case.weighted,
    )  # fmt: skip
    contents = gather(opened.warehouse, asked)
    return {language: render(contents, language) for language in LANGUAGES}


@pytest.mark.slow
def test_every_figure_is_the_one_that_the_library_gives(reported: Reported) -> None:
    figures = reported.figures["nl"]
    assert len(figures) >= reported.case.least
    wrong = [
        f"{s.kpi} {dict(s.group)} {s.period} {s.part}: page {s.numbers}, library {numbers_of(reported.answers[s], s.part)}"
        for s in figures
        if s.numbers != numbers_of(reported.answers[s], s.part)
    ]
    assert not wrong, f"{len(wrong)} of {len(figures)}:\n" + "\n".join(wrong[:20])


def test_both_languages_show_the_same_figures_in_the_same_order(reported: Reported) -> None:
    dutch, english = ([(s.kpi, s.group, s.period, s.part, s.numbers) for s in reported.figures[at]] for at in LANGUAGES)
    assert dutch == english


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_read_is_the_figure_rounded(reported: Reported, language: str) -> None:
    wrong = [
        f"'{s.text}' for {s.numbers} ({s.kpi} {dict(s.group)} {s.period} {s.part})"
        for s in reported.figures[language]
        if not _reads_as_told(s, reported.answers[s], language)
    ]
    assert not wrong, f"{len(wrong)}:\n" + "\n".join(wrong[:20])


def _reads_as_told(s: Shown, answer: Estimate | Comparison | None, language: str) -> bool:
    if s.part in CHANGES and not _verdict_holds(s, answer):
        return False
    if s.part == "difference" and isinstance(answer, Comparison) and answer.changed is None:
        return True  # the words say why nothing can be told, and claim nothing
    unit = "count" if s.part == "n" else BY_KEY[s.kpi].unit
    read = numbers_in(s.text, unit, language)
    if s.part == "difference" and s.period == "rest":
        return not read
    told = [x for x in s.numbers if x is not None and math.isfinite(x)]
    if len(read) != len(told):
        return False
    unsigned = s.part == "difference" and any(word in s.text for word in ABOVE + BELOW)
    return all(
        abs(r.number - (abs(x) if unsigned else x)) <= r.slack * (1 + 1e-9) for r, x in zip(read, told, strict=True)
    ) and (_unit_is_right(s, read[0].signed if read else False))


def _unit_is_right(s: Shown, signed: bool) -> bool:
    """An NPS has a sign and never a per cent; a percentage always has one, its change in percentage points."""
    if s.part == "n":
        return "%" not in s.text
    if s.part in CHANGES:
        return "%" not in s.text
    if BY_KEY[s.kpi].unit == "points":
        return "%" not in s.text and (signed or s.text.startswith("0") or s.numbers[0] is None)
    return ("%" in s.text) == (BY_KEY[s.kpi].unit == "percent")


def _verdict_holds(s: Shown, answer: Estimate | Comparison | None) -> bool:
    """Words of a change claim a direction only where the library's interval lies on that side of nothing."""
    assert isinstance(answer, Comparison), s
    if any(word in s.text for word in NOT_SHOWN):
        return answer.p is not None
    if any(word in s.text for word in ABOVE):
        return answer.low is not None and answer.low > 0
    if any(word in s.text for word in BELOW):
        return answer.high is not None and answer.high < 0
    return True


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_cell_of_a_table_holds_a_number_that_is_no_figure(reported: Reported, language: str) -> None:
    assert list(bare_numbers(reported.pages[language])) == []


def test_groups_that_are_hidden_give_nothing_away(reported: Reported) -> None:
    told = [s for s, answer in reported.answers.items() if isinstance(answer, Estimate) and answer.status == "hidden"]
    assert [s for s in told if s.part != "n" or s.numbers != (0.0,)] == []


def test_no_group_is_smaller_than_a_note_says(reported: Reported) -> None:
    note = say("smallest_shown", "nl", 10)
    for panel in (e for e in reported.pages["nl"].all("section") if "kpi" in e.classes and note in e.text):
        small = [
            s for s in shown_figures(panel) if s.part == "n" and s.group and s.period == "now" and s.numbers < (10.0,)
        ]
        assert [s for s in small if "box" not in s.columns] == []


def test_a_command_of_the_page_gives_the_figure_of_the_page(
    reported: Reported, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Five of its definitions; a line that can't be read back as a command would fail."""
    monkeypatch.setenv("PEIL_WAREHOUSE", reported.url)
    shown = {s.kpi: s.numbers for s in reported.figures["nl"] if (s.group, s.period, s.part) == ((), "now", "value")}
    commands = [shlex.split(e.text) for e in reported.pages["nl"].all("code") if e.text.startswith("peil kpi")]
    asked = [words for words in commands if words[2] in shown]
    for words in asked[:: -(-len(asked) // 5)]:
        assert run([*words[1:], "--json"]) == 0
        (said,) = json.loads(capsys.readouterr().out)
        assert (said["value"],) == shown[said["kpi"]]


def test_the_days_of_the_page_are_those_asked_for(reported: Reported) -> None:
    if reported.case.period == "2026-Q2":
        assert (reported.rows.since, reported.rows.until) == (date(2026, 4, 1), date(2026, 7, 1))
