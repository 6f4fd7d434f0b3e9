"""One question, one answer: on a tile, on the page of a KPI, in the API, in a file and from the command line."""

from __future__ import annotations

import csv
import io
import json
import random
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from tests.pages.given.company import demo_company
from tests.web.api.test_equal import by_command
from tests.web.conftest import SignIn

from peil.accounts.models import Person
from peil.board.models import Board
from peil.core.kpi import Estimate
from peil.core.kpis import BY_KEY
from peil.facts.schema import FACTS
from peil.library import Peil
from peil.report.contents.subjects import SINGLE, has_figure
from peil.report.words.changes import Speech

KPIS = tuple(k for k in SINGLE if not (BY_KEY[k].people or BY_KEY[k].assumes or BY_KEY[k].second))
PERIODS = ("2026-10", "2026-Q3", "2026-W41", "2025", "2026-W30", "2026-05", "last-90-days", "2026-09-15")
VALUES: Mapping[str, tuple[str, ...]] = {
    "channel": ("phone", "email", "chat", "web_form", "whatsapp", ""),
    "team": ("Zwolle", "Rotterdam", "Eindhoven"),
    "touchpoint": ("contact", "betalen", "storing", ""),
    "tier": ("basic", "plus", ""),
    "weekday": ("1", "2", "6", "7"),
}
_DATA = re.compile(r'<data value="([^"]*)" data-part="(value|n)" data-kpi="(\w+)">')
_LIMITS = re.compile(r'data-part="limits" data-low="([^"]*)" data-high="([^"]*)" data-kpi="(\w+)">')


@dataclass(frozen=True, slots=True)
class State:
    """A KPI and the rows asked about, in the words of each surface."""

    kpi: str
    period: str
    where: tuple[tuple[str, bool, tuple[str, ...]], ...]  # column, negated, values

    @property
    def conditions(self) -> list[str]:
        return [f"{column}{'!' if negated else ''}={','.join(values)}" for column, negated, values in self.where]

    @property
    def page(self) -> list[tuple[str, str]]:
        named = [(f"{'not' if negated else 'only'}-{c}", v) for c, negated, values in self.where for v in values]
        return [("period", self.period), *named]

    @property
    def query(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for name, value in self.page:
            found.setdefault(name, []).append(value)
        return found


def a_state(seed: int) -> State:
    """Any figure, any period, up to three filters on columns that the figure's rows have."""
    rng = random.Random(seed)
    key = rng.choice(KPIS)
    columns = [c for c in VALUES if c in FACTS[BY_KEY[key].fact].dimensions]
    chosen = rng.sample(columns, min(len(columns), rng.choice((0, 1, 1, 2, 3))))
    where = tuple(
        (c, rng.random() < 0.3, tuple(rng.sample(VALUES[c], rng.randint(1, min(3, len(VALUES[c])))))) for c in chosen
    )
    return State(key, rng.choice(PERIODS), where)


def told(e: Estimate) -> dict[str, Any]:
    return {"value": e.value, "low": e.low, "high": e.high, "n": e.n, "status": e.status}


def shown(page: str, key: str) -> dict[str, Any]:
    """What a page or a mail says of the whole: as full numbers, the first of each."""
    found: dict[str, Any] = {}
    for number, part, kpi in _DATA.findall(page):
        if kpi == key:
            found.setdefault(part, float(number))
    for low, high, kpi in _LIMITS.findall(page):
        if kpi == key:
            found.setdefault("low", float(low) if low else None)
            found.setdefault("high", float(high) if high else None)
    return found


def check_shown(page: str, e: Estimate, where: str) -> None:
    """Value, limits and n as they were given; a status that is not 'ok' in its words; nothing where there is no figure."""
    given, found = told(e), shown(page, e.kpi)
    if not has_figure(e):
        assert "value" not in found, (where, given)
        return
    assert (found["value"], found["n"]) == (given["value"], given["n"]), (where, given)
    assert (found.get("low"), found.get("high")) == (given["low"], given["high"]), (where, given)
    words = Speech("nl", 10, 10).status(e)
    assert words.lower() in page.lower(), (where, given, words)


def check_tile(e: Estimate, state: State, client: Client, person: Person) -> None:
    Board.objects.update_or_create(person=person, defaults={"tiles": [{"kpi": state.kpi, "where": [], "by": ""}]})
    answer = client.get("/board/slides/", {**state.query, "language": "nl"})
    check_shown(answer.content.decode(), e, f"slide of {state}")
    page = client.get("/", {**state.query, "language": "nl"}).content.decode()
    start = page.index('class="tile"')
    check_shown(page[start : page.index("</article>", start)], e, f"tile of {state}")


def check_page(e: Estimate, state: State, client: Client) -> None:
    page = client.get(f"/kpi/{state.kpi}/", {**state.query, "language": "nl"}).content.decode()
    start = page.index('class="panel kpi"')
    check_shown(page[start : page.index("<details", start) if "<details" in page[start:] else None], e, f"page {state}")


def check_files(e: Estimate, state: State, client: Client) -> None:
    """The API and the file: every part, and the status by its name."""
    given = told(e)
    asked = {"period": state.period, "where": state.conditions}
    api = json.loads(client.get(f"/api/v1/kpis/{state.kpi}", asked).content)["items"][0]
    assert {name: api[name] for name in given} == given, ("api", state)
    file = b"".join(client.get(f"/kpi/{state.kpi}/figures.csv", state.query).streaming_content)  # type: ignore[attr-defined]
    row = next(csv.DictReader(io.StringIO(file.decode("utf-8-sig"))))
    found = {name: float(row[name]) if row[name] else None for name in ("value", "low", "high", "n")}
    assert found | {"status": row["status"]} == given, ("csv", state)


def check_command(e: Estimate, state: State, url: str) -> None:
    asked = [("kpi", state.kpi), ("period", state.period), *(("where", c) for c in state.conditions)]
    said = by_command(url, asked)[0]
    assert {name: said[name] for name in told(e)} == told(e), ("peil kpi", state)


@dataclass(frozen=True, slots=True)
class Surfaces:
    """Everywhere that a figure can be asked for."""

    company: Peil
    client: Client
    person: Person
    url: str

    def check(self, state: State, *, page: bool) -> None:
        (e,) = self.company.kpi(state.kpi, period=state.period, where=state.conditions)
        check_files(e, state, self.client)
        check_command(e, state, self.url)
        check_tile(e, state, self.client, self.person)
        if page:
            check_page(e, state, self.client)


@pytest.fixture
def surfaces(
    company: Peil, sign_in: SignIn, people: Mapping[str, Person], tmp_path_factory: pytest.TempPathFactory
) -> Surfaces:
    return Surfaces(company, sign_in("manager"), people["manager"], demo_company(tmp_path_factory).url)


@pytest.mark.parametrize("seed", range(20))
def test_a_question_has_one_answer_everywhere(seed: int, surfaces: Surfaces) -> None:
    surfaces.check(a_state(seed), page=seed % 5 == 0)


@pytest.mark.full
@pytest.mark.parametrize("first", range(0, 500, 50))
def test_five_hundred_questions_have_one_answer_everywhere(first: int, surfaces: Surfaces) -> None:
    for seed in range(first, first + 50):
        surfaces.check(a_state(1_000 + seed), page=True)
