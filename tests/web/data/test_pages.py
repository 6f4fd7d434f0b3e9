"""The data page, its list under one count of queries, and every definition."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.web.conftest import SignIn
from tests.web.data.files import MAPPING, SURVEY

from peil.core.kpis import ALL
from peil.library import Peil


def imported(office: Peil, folder: Path, name: str) -> str:
    path, mapping = folder / f"{name}.csv", folder / "mapping.toml"
    path.write_text(SURVEY.replace("\nR", f"\n{name}"), encoding="utf-8")
    mapping.write_text(MAPPING, encoding="utf-8")
    return office.import_file(path, mapping).import_id


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as found:
        assert client.get(path).status_code == 200
    return len(found)


def test_without_data_the_page_says_how_to_start(enter: SignIn) -> None:
    page = enter("analyst").get("/data/").content.decode()
    assert "Nog geen gegevens" in page
    assert 'href="/data/import/"' in page
    other = enter("manager").get("/data/").content.decode()
    assert 'href="/data/import/"' not in other
    assert "Vraag een analist of beheerder" in other


def test_a_list_takes_no_more_queries_when_it_grows(enter: SignIn, office: Peil, tmp_path: Path) -> None:
    client = enter("analyst")
    imported(office, tmp_path, "een")
    client.get("/data/")
    first = queries(client, "/data/")
    imported(office, tmp_path, "twee")
    imported(office, tmp_path, "drie")
    assert queries(client, "/data/") == first


def test_what_is_told_of_an_import(enter: SignIn, office: Peil, tmp_path: Path) -> None:
    import_id = imported(office, tmp_path, "een")
    client = enter("manager")
    page = client.get("/data/").content.decode()
    for said in (
        "een.csv",
        import_id,
        "60 antwoorden op enquêtevragen",
        "telt mee",
        "Over welke dagen er gegevens zijn",
    ):
        assert said in page
    english = client.get("/data/?language=en").content.decode()
    for said in ("Files taken in", "60 answers to survey questions", "Which days the data covers"):
        assert said in english
    assert "Ingelezen bestanden" not in english


def test_undoing_what_is_not_there_is_told(enter: SignIn) -> None:
    assert enter("analyst").post("/data/imports/nothing/undo/").status_code == 400
    assert enter("analyst").get("/data/imports/nothing/rejected.csv").status_code == 404


def test_every_kpi_has_its_definition(enter: SignIn) -> None:
    page = enter("analyst").get("/definitions/")
    text = page.content.decode()
    assert all(f'id="def-{kpi.key}"' in text for kpi in ALL)


@pytest.mark.parametrize(
    ("asked", "found"), [("q=aanbevelingsscore", "nps"), ("q=promoter+score", "nps"), ("subject=loyalty", "retention")]
)
def test_definitions_are_found_by_words_of_either_language(asked: str, found: str, enter: SignIn) -> None:
    page = enter("analyst").get(f"/definitions/?{asked}").content.decode()
    assert f'id="def-{found}"' in page
    assert 'id="def-fcr"' not in page


def test_a_search_without_a_hit_helps(enter: SignIn) -> None:
    page = enter("analyst").get("/definitions/?q=<script>").content.decode()
    assert "Geen KPI gevonden met ‘&lt;script&gt;’" in page
