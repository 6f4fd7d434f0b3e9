"""One question, one answer: on the page of a KPI, in the API, in a file and from the command line's library."""

from __future__ import annotations

import csv
import io
import json
import random
import re
from collections.abc import Mapping
from typing import Any

import pytest
from tests.web.conftest import SignIn

from peil.core.kpi import Estimate
from peil.library import Peil

KPIS = ("nps_relationship", "csat", "ces_agree", "first_response_in_target", "fcr", "repeat_contact", "transferred",
        "handle_time", "csat_mean", "reachability", "helpful", "journey_completed", "dsat", "abandoned")  # fmt: skip
PERIODS = ("2026-10", "2026-Q3", "2026-W41", "2025", "2026-W30", "2026-05")
CHANNELS = ("phone", "email", "chat", "web_form", "whatsapp")
TEAMS = ("Zwolle", "Rotterdam", "Eindhoven")
_DATA = re.compile(r'<data value="([^"]*)" data-part="(value|n)" data-kpi="(\w+)">')
_LIMITS = re.compile(r'data-part="limits" data-low="([^"]*)" data-high="([^"]*)" data-kpi="(\w+)">')


def asked(seed: int) -> tuple[str, Mapping[str, Any], str]:
    """A KPI, what the library is asked, and the same as parameters of a page."""
    rng = random.Random(seed)
    key, period = rng.choice(KPIS), rng.choice(PERIODS)
    where: dict[str, list[str]] = {}
    if rng.random() < 0.5 and key not in ("helpful", "journey_completed"):
        where["channel"] = rng.sample(CHANNELS, rng.randint(1, 3))
    if rng.random() < 0.3 and key not in ("helpful", "journey_completed", "nps_relationship"):
        where["team"] = rng.sample(TEAMS, rng.randint(1, 2))
    parameters = [f"period={period}", *(f"only-{c}={v}" for c, values in where.items() for v in values)]
    return key, {"period": period, "where": where}, "&".join(parameters)


def told(e: Estimate) -> dict[str, Any]:
    return {"value": e.value, "low": e.low, "high": e.high, "n": e.n, "status": e.status}


def on_page(page: str, key: str) -> dict[str, Any]:
    """What the page of a KPI says of the whole: as full numbers, the first of each."""
    found: dict[str, Any] = {}
    for number, part, kpi in _DATA.findall(page):
        if kpi == key:
            found.setdefault(part, float(number))
    for low, high, kpi in _LIMITS.findall(page):
        if kpi == key:
            found.setdefault("low", float(low))
            found.setdefault("high", float(high))
    return found


def compared(seed: int, company: Peil, sign_in: SignIn) -> None:
    key, question, parameters = asked(seed)
    client = sign_in("analyst")
    given = told(company.kpi(key, **question)[0])
    found = on_page(client.get(f"/kpi/{key}/?{parameters}").content.decode(), key)
    shown = {name: given[name] for name in ("value", "low", "high") if given[name] is not None}
    assert {name: found.get(name) for name in shown} == shown, (key, parameters)
    if given["value"] is not None:
        assert found["n"] == given["n"]
    where = "".join(f"&where={c}={','.join(values)}" for c, values in question["where"].items())
    api = json.loads(client.get(f"/api/v1/kpis/{key}?period={question['period']}{where}").content)
    api = api["items"]
    assert {name: api[0][name] for name in given} == given, (key, parameters)
    file = b"".join(client.get(f"/kpi/{key}/figures.csv?{parameters}").streaming_content)  # type: ignore[attr-defined]
    row = next(csv.DictReader(io.StringIO(file.decode("utf-8-sig"))))
    assert row["status"] == given["status"]
    for name in ("value", "low", "high", "n"):
        assert (float(row[name]) if row[name] else None) == given[name], (key, parameters)


@pytest.mark.parametrize("seed", range(25))
def test_a_question_has_one_answer_everywhere(seed: int, company: Peil, sign_in: SignIn) -> None:
    compared(seed, company, sign_in)


@pytest.mark.full
@pytest.mark.parametrize("first", range(0, 500, 50))
def test_five_hundred_questions_have_one_answer_everywhere(first: int, company: Peil, sign_in: SignIn) -> None:
    for seed in range(first, first + 50):
        compared(1_000 + seed, company, sign_in)
