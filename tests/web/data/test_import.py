"""The whole way of a file, from upload to undo."""

from __future__ import annotations

import pytest
from tests.web.conftest import SignIn
from tests.web.data.files import SURVEY, form_of, settle, take_in, upload

from peil.library import Peil


def test_a_file_comes_in_step_by_step(office: Peil, enter: SignIn) -> None:
    client = enter("analyst")
    address = upload(client, SURVEY)
    columns = settle(client, address)
    assert "Antwoord op een vraag" in columns
    form = form_of(columns)
    assert form["source"] == "enquete"
    answer = client.post(f"{address}columns/", form | {"do": "check"})
    assert answer.status_code == 302
    checked = settle(client, address)
    assert "Zo wordt het ingelezen" in checked
    assert 'data-kpi="nps"' in checked
    assert not office.imports()
    client.post(f"{address}act/", {"do": "import"})
    done = settle(client, address)
    assert "enquete.csv is ingelezen" in done
    (entry,) = office.imports()
    assert entry.file_name == "enquete.csv"
    assert entry.rows["answers"] >= 60
    listed = client.get("/data/").content.decode()
    assert "enquete.csv" in listed
    assert "door Analyst" in listed
    undone = client.post(f"/data/imports/{entry.import_id}/undo/", follow=True).content.decode()
    assert "enquete.csv is ongedaan gemaakt" in undone
    assert office.imports()[0].status == "undone"


def test_figures_are_those_of_the_library(office: Peil, enter: SignIn) -> None:
    done = take_in(enter("analyst"), SURVEY)
    (nps,) = office.kpi("nps")
    assert nps.value == pytest.approx(100 * (30 - 15) / 60)
    assert "/kpi/nps/" in done
