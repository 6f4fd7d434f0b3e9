"""One figure on every surface: the API, the command line and the client give the same, whatever is asked."""

from __future__ import annotations

import io
import json
import random
from contextlib import redirect_stdout
from typing import Any

import pytest
from pytest_django.live_server_helper import LiveServer
from tests.pages.given.company import demo_company
from tests.web.api.conftest import BASE
from tests.web.conftest import SignIn

from peil.accounts.keys import make_key
from peil.accounts.models import Person
from peil.cli.main import run
from peil.client import open as open_client
from peil.core.errors import UserError
from peil.core.kpis import ALL
from peil.core.moments import Histogram
from peil.library import Peil

pytestmark = pytest.mark.slow

QUERIES, EACH = 100, 20
KEYS = [k.key for k in ALL if not isinstance(k.spread, Histogram)]
WHERE = ("channel=phone,chat", "channel!=phone", "team=Zwolle", "team!=Zwolle,Rotterdam", "touchpoint=", "weekday=1,2")
BY = ("channel", "team", "month", "touchpoint", "quarter")
PERIODS = ("2026-10", "2026-Q3", "2026-W35", "2026", "last-90-days", "2026-09-15")


def a_question(rng: random.Random) -> list[tuple[str, str]]:
    """A question in the words that the command line and the API share."""
    found = [("kpi", key) for key in rng.sample(KEYS, rng.randrange(1, 4))]
    found += [("by", column) for column in rng.sample(BY, rng.choice((0, 0, 1, 1, 2)))]
    found += [("where", condition) for condition in rng.sample(WHERE, rng.choice((0, 1, 1, 2)))]
    found.append(("period", rng.choice(PERIODS)))
    found += [("level", rng.choice(("0.9", "0.99")))] if rng.random() < 0.2 else []
    found += [("as_of", "2026-10-15")] if rng.random() < 0.15 else []
    return found


def by_command(url: str, asked: list[tuple[str, str]], verb: str = "kpi") -> Any:
    """What `peil kpi --json` prints; None where it refuses."""
    keys = [value for name, value in asked if name == "kpi"]
    options = [part for name, value in asked if name != "kpi" for part in (f"--{name.replace('_', '-')}", value)]
    out = io.StringIO()
    with redirect_stdout(out):
        code = run([verb, *keys, *options, "--json", "--warehouse", url])
    return json.loads(out.getvalue()) if code == 0 else None


@pytest.mark.parametrize("part", range(QUERIES // EACH))
def test_the_api_is_the_command_line(part: int, sign_in: SignIn, tmp_path_factory: pytest.TempPathFactory) -> None:
    url, client, rng = demo_company(tmp_path_factory).url, sign_in("analyst"), random.Random(part)
    told = 0
    for _ in range(EACH):
        asked = a_question(rng)
        answer = client.get(f"{BASE}/figures", _several(asked))
        said = by_command(url, asked)
        assert (answer.json()["items"] if answer.status_code == 200 else None) == said, asked
        told += bool(said)
    assert told > EACH / 2


def _several(asked: list[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in asked:
        found.setdefault(name, []).append(value)
    return found


def test_changes_and_definitions_are_those_of_the_command_line(
    sign_in: SignIn, tmp_path_factory: pytest.TempPathFactory
) -> None:
    url, client = demo_company(tmp_path_factory).url, sign_in("analyst")
    for key, compare in (("csat", "previous"), ("transferred", "last_year"), ("wait_median", "matched_weekdays")):
        asked = [("kpi", key), ("period", "2026-10"), ("by", "channel"), ("compare", compare)]
        found = client.get(f"{BASE}/comparisons", _several(asked)).json()["items"]
        assert found == by_command(url, asked, "compare")
    asked = [("kpi", "fcr"), ("period", "2026-10")]
    assert client.get(f"{BASE}/explanations/fcr?period=2026-10").json() == by_command(url, asked, "explain")


def outcome(peil: Peil, keys: list[str], asked: Any) -> object:
    """The figures, or the error that says why there are none."""
    try:
        return peil.kpi(*keys, **asked)
    except UserError as error:
        return type(error), str(error)


@pytest.mark.django_db(transaction=True)
def test_the_client_is_the_library(
    company: Peil, people: dict[str, Person], live_server: LiveServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Over HTTP: values, types and all; and by the command line with the key in the environment."""
    _, token = make_key(people["analyst"], "test", ["read_figures", "read_rows"])
    rng = random.Random(4)
    with open_client(live_server.url, key=token) as online:
        for _ in range(EACH):
            found = _several(a_question(rng))
            keys = found.pop("kpi")
            asked: Any = {n: v if n in ("by", "where") else v[0] for n, v in found.items() if n != "level"}
            assert outcome(online, keys, asked) == outcome(company, keys, asked)
        assert online.compare("csat", "fcr", period="2026-10") == company.compare("csat", "fcr", period="2026-10")
        assert online.explain("csat", period="2026-10") == company.explain("csat", period="2026-10")
        assert list(online.imports()) == list(company.imports())
        first = company.imports()[0].import_id
        assert online.rejected(first) == company.rejected(first)
        assert dict(online.rows()) == dict(company.rows())
        assert online.kpi("csat", by="channel", period="2026-10").to_pandas().shape[0] > 1
    monkeypatch.setenv("PEIL_KEY", token)
    asked_there = [("kpi", "csat"), ("by", "channel"), ("period", "2026-10")]
    assert by_command(live_server.url, asked_there) == company.kpi("csat", by="channel", period="2026-10").to_dicts()
