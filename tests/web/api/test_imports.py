"""Files in and out by the API: all or nothing, done once however often they are sent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.web.api.conftest import BASE, ByKey
from tests.web.api.files import MAPPING, answers_csv, form
from tests.web.conftest import SignIn

from peil.library import Peil
from peil.web.api.models import Repeatable

IMPORTS = f"{BASE}/imports"


@pytest.fixture
def held(company: Peil) -> Iterator[Peil]:
    """The company; what a test takes in is taken out again."""
    before = {e.import_id for e in company.imports()}
    yield company
    for entry in reversed(company.imports()):
        if entry.import_id not in before and entry.status == "loaded":
            company.undo(entry.import_id)


def standing(peil: Peil) -> int:
    return sum(e.status == "loaded" for e in peil.imports())


def test_a_file_goes_in_and_out(held: Peil, sign_in: SignIn) -> None:
    client, before = sign_in("analyst"), held.rows()["answers"]
    answer = client.post(IMPORTS, form(answers_csv(bad=3)))
    told = answer.json()
    assert (answer.status_code, told["rows"], told["rejected"], told["already"]) == (201, {"answers": 12}, 3, False)
    assert held.rows()["answers"] == before + 12
    one = client.get(answer.headers["Location"]).json()
    assert (one["import_id"], one["file_name"], one["status"]) == (told["import_id"], "answers.csv", "loaded")
    pages = client.get(f"{IMPORTS}/{told['import_id']}/rejected?limit=2").json()
    rest = client.get(f"{IMPORTS}/{told['import_id']}/rejected?limit=2&cursor={pages['next']}").json()
    assert [r["row"] for r in pages["items"] + rest["items"]] == [14, 15, 16]
    assert rest["next"] is None
    assert client.post(IMPORTS, form(answers_csv(bad=3))).json()["already"] is True
    gone = client.delete(f"{IMPORTS}/{told['import_id']}")
    assert (gone.status_code, gone.json()["status"]) == (200, "undone")
    assert held.rows()["answers"] == before
    assert client.delete(f"{IMPORTS}/{told['import_id']}").status_code == 409


def test_a_dry_run_changes_nothing(held: Peil, sign_in: SignIn) -> None:
    before = len(held.imports()), held.rows()
    answer = sign_in("analyst").post(IMPORTS, form(answers_csv(100, bad=1), dry_run="true"))
    told = answer.json()
    assert (answer.status_code, told["import_id"], told["rows"], told["rejected"]) == (200, None, {"answers": 12}, 1)
    assert told["dry_run"] is True
    assert (len(held.imports()), held.rows()) == before


def test_the_mapping_of_an_earlier_import_will_do(held: Peil, sign_in: SignIn) -> None:
    client = sign_in("analyst")
    first = client.post(IMPORTS, form(answers_csv(200))).json()
    again = client.post(
        IMPORTS, {**form(answers_csv(300), name="more.csv"), "mapping": "", "mapping_of": first["import_id"]}
    )
    assert again.status_code == 201
    assert again.json()["source"] == "api"
    unknown = client.post(IMPORTS, {**form(), "mapping": "", "mapping_of": "nothing"})
    both = client.post(IMPORTS, form(mapping_of=first["import_id"]))
    neither = client.post(IMPORTS, {**form(), "mapping": ""})
    assert [a.status_code for a in (unknown, both, neither)] == [422, 422, 422]


def test_what_is_wrong_with_a_file_is_told_with_its_place(held: Peil, sign_in: SignIn) -> None:
    client, before = sign_in("analyst"), len(held.imports())
    answer = client.post(IMPORTS, form(mapping=MAPPING.replace("dates", "daets")))
    assert (answer.status_code, answer.json()["type"]) == (400, "urn:peil:problem:bad-mapping")
    assert "dates" in answer.json()["remedy"]
    answer = client.post(IMPORTS, form(mapping=MAPPING.replace('"score"', '"scroe"')))
    assert answer.status_code == 400
    assert len(held.imports()) == before


def test_the_list_is_paged_the_newest_first(company: Peil, sign_in: SignIn) -> None:
    client, found, cursor = sign_in("manager"), [], ""
    while cursor is not None:
        told = client.get(f"{IMPORTS}?limit=4&cursor={cursor}").json()
        found += [e["import_id"] for e in told["items"]]
        cursor = told["next"]
    assert found == [e.import_id for e in reversed(company.imports())]


def send(client: Client, key: str, content: bytes, **more: object) -> tuple[int, dict[str, object]]:
    answer = client.post(IMPORTS, form(content, **more), headers={"Idempotency-Key": key})  # type: ignore[arg-type]
    return answer.status_code, answer.json()


def test_a_key_has_a_request_done_once_and_answered_twice(held: Peil, by_key: ByKey) -> None:
    client, before = by_key("analyst", "import"), standing(held)
    first = send(client, "once", answers_csv(400))
    held.undo(str(first[1]["import_id"]))
    assert send(client, "once", answers_csv(400)) == first  # done anew it would stand again
    assert standing(held) == before
    status, told = send(client, "once", answers_csv(401))
    assert (status, told["type"]) == (422, "urn:peil:problem:key-used-before")
    assert send(by_key("administrator", "import"), "once", answers_csv(401))[0] == 201  # keys are each caller's own


def test_a_mistake_is_told_the_same_way_twice(held: Peil, by_key: ByKey) -> None:
    client = by_key("analyst", "import")
    first = send(client, "wrong", b"no table at all", mapping="x =")
    assert first[0] == 400
    assert send(client, "wrong", b"no table at all", mapping="x =") == first


def test_a_request_under_way_is_not_begun_again(held: Peil, by_key: ByKey) -> None:
    client = by_key("analyst", "import")
    assert send(client, "busy", answers_csv(500))[0] == 201
    mine = Repeatable.objects.filter(key="busy")
    mine.update(status=None)
    assert send(client, "busy", answers_csv(500))[1]["type"] == "urn:peil:problem:under-way"
    mine.update(begun_at=timezone.now() - timedelta(hours=2))  # its process ended long ago
    assert send(client, "busy", answers_csv(500))[1]["already"] is True
    mine.update(begun_at=timezone.now() - timedelta(hours=25))
    assert send(client, "busy", answers_csv(501))[0] == 201  # a day later the key is free


@pytest.mark.parametrize("key", ["x" * 256, "a\tb"])
def test_a_key_is_a_short_text(key: str, held: Peil, by_key: ByKey) -> None:
    assert send(by_key("analyst", "import"), key, answers_csv())[0] == 422
