"""Who may import and see imports; two people at once; work that is stopped, or whose process is gone."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.web.conftest import SignIn
from tests.web.data.files import MAPPING, SURVEY, form_of, settle, take_in, upload

from peil.library import Peil
from peil.web.pages.data.upload.folder import Upload

pytestmark = pytest.mark.slow

ROLES = ("manager", "team_lead", "agent", "analyst", "digital_owner", "administrator")
SEES = ("manager", "analyst", "administrator")
IMPORTS = ("analyst", "administrator")


def test_what_a_role_may(enter: SignIn, office: Peil, tmp_path: Path) -> None:
    (tmp_path / "enquete.csv").write_text(SURVEY, encoding="utf-8")
    (tmp_path / "enquete.toml").write_text(MAPPING, encoding="utf-8")
    for role in ROLES:
        entry = office.import_file(tmp_path / "enquete.csv", tmp_path / "enquete.toml")
        client = enter(role)
        listed = client.get("/data/")
        assert (listed.status_code == 200) is (role in SEES), role
        assert ("/undo/" in listed.content.decode()) is (role in IMPORTS), role
        rejected = client.get(f"/data/imports/{entry.import_id}/rejected.csv")
        assert (rejected.status_code == 200) is (role in SEES), role
        assert (client.get("/data/import/").status_code == 200) is (role in IMPORTS), role
        assert client.get("/definitions/").status_code == 200, role
        answer = client.post(f"/data/imports/{entry.import_id}/undo/")
        assert (answer.status_code == 302) is (role in IMPORTS), role
        assert (office.imports()[-1].status == "undone") is (role in IMPORTS), role


def test_a_draft_is_its_owners(enter: SignIn) -> None:
    mine, other = enter("analyst"), enter("administrator")
    address = upload(mine, SURVEY)
    assert mine.get(address).status_code == 200
    for path in ("", "progress/", "text/", "mapping.toml"):
        assert other.get(f"{address}{path}").status_code == 404
    for path in ("columns/", "text/", "act/"):
        assert other.post(f"{address}{path}", {"do": "discard"}).status_code == 404
    assert address not in other.get("/data/").content.decode()
    assert address in mine.get("/data/").content.decode()


@pytest.mark.parametrize("token", ["x" * 22, "..", "a", "x" * 5_000])
def test_there_is_no_other_folder(token: str, enter: SignIn) -> None:
    assert enter("analyst").get(f"/data/import/{token}/").status_code == 404


def test_two_people_import_at_once(enter: SignIn, office: Peil) -> None:
    clients = {role: enter(role) for role in IMPORTS}
    addresses = {
        role: upload(client, SURVEY.replace("\nR", f"\n{role[:2]}"), f"{role}.csv") for role, client in clients.items()
    }
    for role, client in clients.items():
        form = form_of(settle(client, addresses[role]))
        client.post(f"{addresses[role]}columns/", form | {"do": "check"})
    for role, client in clients.items():
        settle(client, addresses[role])
        client.post(f"{addresses[role]}act/", {"do": "import"})
    for role, client in clients.items():
        assert f"{role}.csv is ingelezen" in settle(client, addresses[role])
    assert {e.file_name for e in office.imports()} == {"analyst.csv", "administrator.csv"}
    assert office.rows()["answers"] == 120


def test_the_same_file_again_changes_nothing(enter: SignIn, office: Peil) -> None:
    client = enter("analyst")
    take_in(client, SURVEY)
    address = upload(client, SURVEY)
    page = settle(client, address)
    assert "is eerder ingelezen (enquete.csv)" in page
    client.post(f"{address}columns/", form_of(page) | {"do": "check"})
    assert "opnieuw inlezen verandert niets" in settle(client, address)
    assert len(office.imports()) == 1


def test_work_whose_process_is_gone_is_told(enter: SignIn, office: Peil) -> None:
    client = enter("analyst")
    address = upload(client, SURVEY)
    stopped = _upload_of(office, address)
    stopped.change(stage="importing", part="load")  # as a killed process leaves it: nobody holds the lock
    page = settle(client, address)
    assert "De server stopte terwijl hij bezig was" in page
    assert not office.imports()
    assert stopped.state.stage == "checked"


def test_an_import_that_was_made_before_the_process_went_is_found(enter: SignIn, office: Peil) -> None:
    client = enter("analyst")
    address = upload(client, SURVEY)
    client.post(f"{address}columns/", form_of(settle(client, address)) | {"do": "check"})
    settle(client, address)
    made = _upload_of(office, address)
    office.import_file(made.file, made.parsed(), name="enquete.csv")
    made.change(stage="importing", part="load")
    assert "enquete.csv is ingelezen" in settle(client, address)
    assert len(office.imports()) == 1


def test_stopping_leaves_nothing(enter: SignIn, office: Peil) -> None:
    client = enter("analyst")
    address = upload(client, SURVEY)
    form = form_of(settle(client, address))
    upload_here = _upload_of(office, address)
    held = upload_here.lock()  # a worker, so that the check does not begin before the wish to stop is there
    assert held is not None
    client.post(f"{address}columns/", form | {"do": "save"})
    upload_here.change(stage="checking", part="read")
    client.post(f"{address}act/", {"do": "stop"})
    assert upload_here.cancelled
    held.close()
    assert "<progress" not in settle(client, address)
    assert not office.imports()


def test_a_mapping_changed_in_another_tab_is_not_overwritten(enter: SignIn) -> None:
    client = enter("analyst")
    address = upload(client, SURVEY)
    form = form_of(settle(client, address))
    client.post(f"{address}columns/", form | {"source": "eerste", "do": "save"})
    answer = client.post(f"{address}columns/", form | {"source": "tweede", "do": "save"})
    assert answer.status_code == 409
    assert 'value="eerste"' in answer.content.decode()


def _upload_of(office: Peil, address: str) -> Upload:
    return Upload(office.warehouse.folder.parent / "home" / "uploads" / address.strip("/").split("/")[-1])
