"""The page of benchmarks."""

from __future__ import annotations

import re

import pytest
from tests.web.conftest import SignIn

from peil.board.benchmarks import own_benchmarks
from peil.library import Peil

GIVEN = {
    "kpi": "csat", "name": "Noord", "source": "Jaarverslag", "year": "2025", "value": "83,5", "low": "", "high": "",
    "n": "1200", "scale": "1-5", "same": "yes",
}  # fmt: skip


@pytest.mark.slow
def test_a_benchmark_is_added_compared_removed_and_put_back(company: Peil, sign_in: SignIn) -> None:
    client = sign_in("manager")
    assert client.post("/benchmarks/new/", GIVEN).status_code == 302
    (kept,) = own_benchmarks()
    page = client.get("/benchmarks/?period=2026-10").content.decode()
    compared = page[page.index('id="anderen"') : page.index('id="apart"')]
    assert "Noord" in compared
    assert "Jaarverslag" in compared
    own = company.kpi("csat", period="2026-10")[0]
    assert f'<data value="{own.value!r}" data-part="value" data-kpi="csat">' in compared
    gone = client.post(f"/benchmarks/{kept.id}/remove/")
    page = client.get(gone.headers["Location"]).content.decode()
    assert "Noord is verwijderd." in page
    assert client.post(f"/benchmarks/{kept.id}/restore/").status_code == 302
    assert [o.id for o in own_benchmarks()] == [kept.id]


def test_another_scale_is_shown_apart_with_the_reason(sign_in: SignIn) -> None:
    client = sign_in("manager")
    client.post("/benchmarks/new/", GIVEN | {"scale": "1-10"})
    page = client.get("/benchmarks/?period=2026-10").content.decode()
    apart = page[page.index('id="apart"') :]
    assert "Noord" in apart
    assert "andere schaal (1-10 tegenover 1-5)" in apart


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kpi", "nonsense"), ("name", ""), ("name", "x" * 201), ("source", ""), ("year", "25"), ("year", "٢٠٢٥"),
        ("value", "veel"), ("value", "120"), ("low", "90"), ("high", "70"), ("n", "-1"), ("scale", "vijf"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_at_its_field(field: str, value: str, sign_in: SignIn) -> None:
    answer = sign_in("manager").post("/benchmarks/new/", GIVEN | {field: value})
    shown_at = "low" if field == "high" else field
    assert answer.status_code == 400
    assert re.search(rf'id="{shown_at}"[^>]*aria-invalid="true"', answer.content.decode())
    assert own_benchmarks() == []


@pytest.mark.parametrize("role", ["team_lead", "agent", "analyst", "digital_owner"])
def test_who_may_not_set_targets_adds_no_benchmark(role: str, sign_in: SignIn) -> None:
    client = sign_in(role)
    assert client.get("/benchmarks/").status_code == 200
    assert "/benchmarks/new/" not in client.get("/benchmarks/").content.decode()
    assert client.get("/benchmarks/new/").status_code == 403
    assert client.post("/benchmarks/new/", GIVEN).status_code == 403
    assert client.post("/benchmarks/1/remove/").status_code == 403
    assert client.post("/benchmarks/1/restore/").status_code == 403


def test_hostile_text_does_nothing(sign_in: SignIn) -> None:
    client = sign_in("manager")
    client.post("/benchmarks/new/", GIVEN | {"name": '"><script>alert(1)</script>', "source": "=cmd()"})
    assert "<script>alert(1)" not in client.get("/benchmarks/").content.decode()


def test_no_rank_and_both_languages(sign_in: SignIn) -> None:
    page = sign_in("manager").get("/benchmarks/?language=en&period=2026-10").content.decode()
    assert "For orientation, not comparable" in page
    assert "84%" not in page  # an index is no percentage
