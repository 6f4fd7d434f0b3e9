"""Whatever goes wrong below /api/ is a problem in JSON that says what to do; never a page, never a trace."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django.fixtures import Settings
from tests.web.api.conftest import BASE
from tests.web.api.files import form
from tests.web.conftest import SignIn

from peil.core.errors import NotNow
from peil.library import Peil
from peil.web.api.problems import TITLES, problem_of, problem_response

pytestmark = pytest.mark.slow

INJECTIONS = (
    "'; DROP TABLE answers; --",
    '" OR 1=1 --',
    "1 UNION SELECT * FROM imports",
    "channel) OR 1=1 --",
    "read_csv('/etc/passwd')",
    "{{7*7}}<script>alert(1)</script>",
)
HOSTILE = (
    *INJECTIONS,
    "\x00",
    "a\x00b",
    "\ud800",
    "%ED%A0%80",
    "\u202e\u0000",
    "9" * 400,
    "-" + "9" * 5_000,
    "1e999",
    "NaN",
    "[" * 3_000,
    '{"column": ' + "[" * 3_000,
    '{"column": "team", "values": [1e400]}',
    '{"column": "team", "values": {"a": 1}}',
    '{"column": "hour", "values": [99999999999999999999999]}',
    '{"column": "team", "values": [], "negated": 3}',
    '{"column": "team", "values": ["\\ud800"]}',
    "x" * 20_000,
    "=",
    "!=",
    "team=" + "," * 3_000,
    "day=0000-00-00",
    "week=2026-W99",
    "../../etc/passwd",
    "",
)
OF_FIGURES = ("where", "by", "period", "since", "until", "as_of", "level", "assume", "weighted", "exact")


def check(answer: HttpResponse) -> None:
    """An answer that is fine, or a problem as RFC 9457 has it; nothing of it is a page."""
    assert answer.status_code < 500, answer.content
    if answer.status_code < 300:
        assert answer.headers["Content-Type"] == "application/json"
        json.loads(answer.content)
        return
    assert answer.headers["Content-Type"] == "application/problem+json", answer.content
    told = json.loads(answer.content)
    assert told["type"].startswith("urn:peil:problem:")
    assert told["status"] == answer.status_code
    assert told["title"] == TITLES[answer.status_code]
    assert told["detail"]
    assert "Traceback" not in answer.content.decode()


def escaped(text: str) -> str:
    return quote(text, safe="", errors="surrogatepass")


@pytest.mark.parametrize("parameter", OF_FIGURES)
def test_no_text_in_a_parameter_is_too_hostile(parameter: str, sign_in: SignIn, company: Peil) -> None:
    client = sign_in("manager")
    before = company.kpi("csat", period="2026-10")
    for text in HOSTILE:
        check(client.get(f"{BASE}/kpis/csat?{parameter}={escaped(text)}"))
    assert company.kpi("csat", period="2026-10") == before


@pytest.mark.parametrize(
    "path",
    [
        "/kpis/{}", "/kpis/{}/rows", "/comparisons/{}", "/explanations/{}", "/imports/{}", "/imports/{}/rejected", "/{}",
        "/figures?kpi={}", "/comparisons?kpi={}", "/comparisons/csat?compare={}", "/kpis/csat/rows?cursor={}",
        "/kpis/csat/rows?limit={}", "/kpis/csat/rows?comments={}", "/imports?cursor={}", "/me?{}=1",
    ],
)  # fmt: skip
def test_no_text_in_an_address_is_too_hostile(path: str, sign_in: SignIn) -> None:
    client = sign_in("analyst")
    for text in HOSTILE:
        check(client.get(BASE + path.format(escaped(text))))


def test_conditions_are_bound_never_pasted(sign_in: SignIn) -> None:
    """A condition that no row meets gives no row, whatever it looks like."""
    client = sign_in("manager")
    for text in INJECTIONS:
        condition = json.dumps({"column": "channel", "values": [text]})
        found = client.get(f"{BASE}/kpis/csat", {"where": condition, "period": "2026-Q3"}).json()["items"]
        assert [(f["value"], f["n"], f["status"]) for f in found] == [(None, 0, "no_data")]


def test_a_file_and_its_mapping_may_be_hostile(sign_in: SignIn, company: Peil) -> None:
    client = sign_in("analyst")
    held = len(company.imports())
    for text in (t for t in HOSTILE if "\ud800" not in t):
        check(client.post(f"{BASE}/imports", form(mapping=text)))
        check(client.post(f"{BASE}/imports", {**form(), "mapping": "", "mapping_of": text}))
        check(client.post(f"{BASE}/imports", form(text.encode())))
    assert len(company.imports()) == held


@pytest.mark.parametrize("name", ["../../x.csv", "a\x00b", "\u202egpj.csv", "x" * 300, 'a"b\r\nX: y', "=cmd()", " "])
def test_the_name_of_a_file_is_only_a_name(name: str, sign_in: SignIn) -> None:
    answer = sign_in("analyst").post(f"{BASE}/imports", form(name=name, dry_run="true"))
    check(answer)
    if answer.status_code == 200:
        told = answer.json()["file_name"]
        assert 0 < len(told) <= 200
        assert told.isprintable()
        assert "/" not in told


def test_an_address_as_long_as_one_likes(sign_in: SignIn) -> None:
    check(sign_in("manager").get(f"{BASE}/kpis/csat?" + "&".join(f"where=team%21%3Dt{i}" for i in range(5_000))))


@pytest.mark.parametrize(
    "path", ["", "/", "/kpis/", "/figures/", "/v2", "/imports/a/b/c", "/../../etc/passwd", "/docs"]
)
def test_what_is_not_there_is_told_in_json(path: str, sign_in: SignIn, anonymous: Client) -> None:
    for client in (sign_in("manager"), anonymous):
        answer = client.get(BASE + path)
        check(answer)
        assert answer.status_code == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE"])
def test_a_method_that_is_none_is_told_with_those_there_are(method: str, sign_in: SignIn) -> None:
    answer = sign_in("manager").generic(method, f"{BASE}/kpis")
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET"
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert int(answer.headers["Content-Length"]) == len(answer.content) or method == "HEAD"


def test_a_host_that_is_not_ours_gets_no_page(company: Peil, db: None) -> None:
    answer = Client(SERVER_NAME="evil.example").get(f"{BASE}/me")
    assert answer.status_code in (400, 403)
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("asked", ["nonsense=1", "perod=2026-10", "By=channel", "kpi=csat"])
def test_a_parameter_that_means_nothing_is_never_ignored(asked: str, sign_in: SignIn) -> None:
    answer = sign_in("manager").get(f"{BASE}/kpis/csat?{asked}")
    check(answer)
    assert answer.status_code == 400


def test_a_mistake_says_what_to_do(sign_in: SignIn) -> None:
    client = sign_in("manager")
    answer = client.get(f"{BASE}/kpis/csta")
    assert (answer.status_code, answer.json()["remedy"]) == (404, "Did you mean 'csat'?")
    answer = client.get(f"{BASE}/kpis/csat?perod=2026")
    assert answer.json()["remedy"] == "Did you mean 'period'?"
    answer = client.get(f"{BASE}/kpis/csat?by=chanel")
    assert (answer.status_code, answer.json()["remedy"]) == (400, "Did you mean 'channel'?")
    answer = client.get(f"{BASE}/kpis/csat?level=much")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["parameter"] == "level"


def test_what_passes_is_told_to_come_back() -> None:
    answer = problem_response(problem_of(NotNow("The disk is full.", "Free some.")))
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
    assert json.loads(answer.content)["remedy"] == "Free some."


def test_a_bug_tells_no_more_than_where_to_find_it() -> None:
    answer = problem_response(problem_of(ZeroDivisionError("secret words of a customer")))
    assert answer.status_code == 500
    assert "secret" not in answer.content.decode()
    assert set(json.loads(answer.content)) == {"type", "title", "status", "detail", "remedy", "request_id"}


def test_what_is_too_large_or_of_another_form_is_not_read(sign_in: SignIn, settings: Settings) -> None:
    client = sign_in("analyst")
    answer = client.post(f"{BASE}/imports", {"mapping": "x"}, content_type="application/json")
    assert answer.status_code == 415
    settings.API_MOST_BYTES = 100
    answer = client.post(f"{BASE}/imports", form())
    check(answer)
    assert answer.status_code == 413
