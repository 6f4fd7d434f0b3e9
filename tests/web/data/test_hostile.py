"""Files made to do harm: their names, columns and values are shown and kept as texts, and nothing else."""

from __future__ import annotations

import csv
import html
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import StreamingHttpResponse
from python_calamine import CalamineWorkbook
from tests.traps import bad
from tests.web.conftest import SignIn
from tests.web.data.files import form_of, settle, take_in, upload

from peil.library import Peil
from peil.web.pages.data.upload.folder import plain_name

SCRIPT = "<script>alert(1)</script>"
HOSTILE = (SCRIPT, "=1+1", "+1", "-2+3", "@SUM(A1)", "\u202egnp.exe", "x" * 10_000, "a'b\"c<d>&e", "{{7*7}}")


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", [f"{SCRIPT}.csv", "../../etc/passwd", "..\\..\\win.ini", "\u202egnp.csv", "a\x00b.csv", "x" * 5_000, "CON", "a\r\nX: 1.csv"]
)  # fmt: skip
def test_a_name_is_never_a_path_or_an_element(name: str, enter: SignIn, office: Peil) -> None:
    client = enter("analyst")
    page = settle(client, upload(client, "NPS;Team\n9;Noord\n3;Zuid\n", name))
    assert SCRIPT not in page
    assert "\u202e" not in page
    folders = list((office.warehouse.folder.parent / "home" / "uploads").iterdir())
    assert [p.name for p in folders[0].iterdir() if p.name == "file"] == ["file"]
    assert len(plain_name(name)) <= 200


def test_columns_and_values_do_nothing_anywhere(enter: SignIn, office: Peil) -> None:
    client = enter("analyst")
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL)
    writer.writerow(["NPS", "Ingevuld op", "Klantnummer", *HOSTILE])
    for i in range(60):
        nps = HOSTILE[i] if i < len(HOSTILE) - 7 else str(i % 11)
        writer.writerow([nps, f"{13 + i % 9}-03-2026", f"K{i}", *(HOSTILE[(i + n) % 3] for n in range(len(HOSTILE)))])
    address = upload(client, out.getvalue())
    page = settle(client, address)
    assert SCRIPT not in page
    assert html.escape(SCRIPT) in page
    answer = client.post(f"{address}columns/", form_of(page) | {"do": "check"})
    assert answer.status_code == 302
    checked = settle(client, address)
    assert SCRIPT not in checked
    client.post(f"{address}act/", {"do": "import"})
    assert "is ingelezen" in settle(client, address)
    (entry,) = office.imports()
    assert SCRIPT not in client.get("/data/").content.decode()
    for form_name in ("csv", "xlsx"):
        found = client.get(f"/data/imports/{entry.import_id}/rejected.{form_name}")
        assert found.headers["X-Content-Type-Options"] == "nosniff"
        assert found.headers["Content-Disposition"].startswith("attachment; ")
        assert found.headers["Cache-Control"] == "no-store"


def test_rejected_rows_hold_no_formula(enter: SignIn, office: Peil) -> None:
    client = enter("analyst")
    rows = "".join(f"K{i};{i % 11};{13 + i % 9}-03-2026\n" for i in range(30))
    take_in(client, 'Klantnummer;NPS;Ingevuld op\n"=cmd|1";"=1+1";01-03-2026\n' + rows)
    (entry,) = office.imports()
    answer = client.get(f"/data/imports/{entry.import_id}/rejected.csv")
    assert isinstance(answer, StreamingHttpResponse)
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[arg-type]
    heading, *lines = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert heading == ["rij", "gegevens", "kolom", "waarde", "Reden", "Wat te doen"]
    assert lines == [
        ["2", "Antwoorden op enquêtevragen", "NPS", "'=1+1", "is geen getal",
         "Herstel de cel, of zet de waarde onder missing in de mapping als ze ‘geen antwoord’ betekent."]
    ]  # fmt: skip
    book = client.get(f"/data/imports/{entry.import_id}/rejected.xlsx").content
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()
    assert sheet[1][:4] == [2.0, "Antwoorden op enquêtevragen", "NPS", "=1+1"]
    assert b"<f>" not in book


@pytest.mark.slow
@pytest.mark.parametrize("what", bad.NO_TABLES)
def test_what_is_no_table_is_told_in_dutch(what: str, enter: SignIn, office: Peil) -> None:
    client = enter("analyst")
    page = settle(client, upload(client, bad.NO_TABLES[what], "export.csv"))
    assert "Dit bestand is zo niet in te lezen" in page
    assert "export.csv" in page
    assert "It is" not in page
    assert not office.imports()


def test_a_bomb_is_refused_with_a_remedy(enter: SignIn) -> None:
    client = enter("analyst")
    page = settle(client, upload(client, bad.gzip_bomb(), "bom.csv.gz"))
    assert "zo ziet een zipbom eruit" in page


def test_no_file_and_an_empty_file_are_told_at_the_field(enter: SignIn) -> None:
    client = enter("analyst")
    for given in ({}, {"file": SimpleUploadedFile("leeg.csv", b"")}):
        answer = client.post("/data/import/", given)
        assert answer.status_code == 400
        assert 'aria-invalid="true"' in answer.content.decode()


def test_a_delimiter_that_could_be_two_is_chosen_on_the_page(enter: SignIn, office: Peil) -> None:
    client = enter("analyst")
    address = upload(client, "NPS,team|klant\n" + "9,x|K1\n3,z|K2\n" * 5)
    assert "De kolommen kunnen gescheiden zijn door" in settle(client, address)
    client.post(f"{address}act/", {"do": "read", "delimiter": ",", "encoding": "", "skip_rows": "x"})
    assert "team|klant" in settle(client, address)
