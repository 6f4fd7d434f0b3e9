"""Figures and rows as files: the numbers of the page, in formats that other programs read, and nothing that runs."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import pyarrow.parquet as pq
import pyreadstat
import pytest
from django.http import HttpResponseBase
from python_calamine import CalamineWorkbook
from tests.web.conftest import SignIn

from peil.accounts.audit import entries
from peil.library import Peil
from peil.web.pages.exports.formats import FORMATS

ASKED = "period=2026-Q3&by=touchpoint"


def content(answer: HttpResponseBase) -> bytes:
    assert answer.status_code == 200
    return b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]


def read(kind: str, data: bytes, folder: Path) -> list[dict[str, object]]:
    """The file as its own program would read it."""
    if kind == "csv":
        return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    path = folder / f"data.{kind}"
    path.write_bytes(data)
    if kind == "xlsx":
        names, *rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("data").to_python()
        return [dict(zip(map(str, names), row, strict=True)) for row in rows]
    if kind == "parquet":
        return pq.read_table(path).to_pylist()  # type: ignore[no-any-return]
    frame, _ = pyreadstat.read_sav(str(path))
    return frame.to_dict("records")  # type: ignore[no-any-return]


@pytest.mark.parametrize("kind", FORMATS)
def test_a_file_holds_what_kpi_gives(kind: str, company: Peil, sign_in: SignIn, tmp_path: Path) -> None:
    data = content(sign_in("analyst").get(f"/kpi/csat/figures.{kind}?{ASKED}"))
    rows = read(kind, data, tmp_path)
    given = company.kpi("csat", by="touchpoint", period="2026-Q3")
    assert len(rows) == len(given) > 5
    for row, e in zip(rows, given, strict=True):
        assert row["touchpoint"] in (e.group["touchpoint"], "" if e.group["touchpoint"] is None else None)
        assert int(float(str(row["n"]))) == e.n
        for name in ("value", "low", "high"):
            expected = getattr(e, name)
            if expected is not None:
                exact = 1e-15 if kind == "xlsx" else 0  # a sheet keeps sixteen digits
                assert float(str(row[name])) == pytest.approx(expected, rel=exact, abs=0)


def test_the_meaning_of_every_column_goes_along(sign_in: SignIn, tmp_path: Path) -> None:
    client = sign_in("analyst")
    path = tmp_path / "a.sav"
    path.write_bytes(content(client.get(f"/kpi/csat/figures.sav?{ASKED}")))
    _, about = pyreadstat.read_sav(str(path))
    assert about.column_names_to_labels["low"] == "ondergrens van het interval"
    book = CalamineWorkbook.from_filelike(
        io.BytesIO(content(client.get(f"/kpi/csat/figures.xlsx?{ASKED}&language=en")))
    )
    assert ["low", "lower limit of the interval"] in book.get_sheet_by_name("codebook").to_python()
    table = pq.read_table(io.BytesIO(content(client.get(f"/kpi/csat/figures.parquet?{ASKED}"))))
    assert table.schema.field("high").metadata[b"meaning"]


def test_there_are_as_many_rows_as_n(company: Peil, sign_in: SignIn) -> None:
    rows = read("csv", content(sign_in("manager").get("/kpi/csat/rows.csv?period=2026-10&only-channel=phone")), Path())
    figure = company.kpi("csat", period="2026-10", where={"channel": "phone"})[0]
    assert len(rows) == figure.n > 20
    assert {row["channel"] for row in rows} == {"phone"}
    assert "customer_id" not in rows[0]


@pytest.mark.parametrize(
    ("role", "path", "status"),
    [
        ("agent", "/kpi/csat/figures.csv", 403),
        ("administrator", "/kpi/csat/rows/", 403),
        ("digital_owner", "/kpi/csat/rows/", 403),
        ("digital_owner", "/kpi/helpful/rows/", 200),
        ("agent", "/kpi/csat/rows.csv", 403),
        ("team_lead", "/kpi/csat/rows.csv?only-team=Rotterdam", 403),
        ("analyst", "/kpi/csat/figures.exe", 400),
        ("analyst", "/kpi/nonsense/rows/", 404),
        ("analyst", "/kpi/engagement/rows/", 400),
    ],
)
def test_who_may_take_what_along(role: str, path: str, status: int, sign_in: SignIn) -> None:
    assert sign_in(role).get(path).status_code == status


def test_a_team_lead_takes_rows_of_the_own_team_along(sign_in: SignIn) -> None:
    rows = read("csv", content(sign_in("team_lead").get("/kpi/csat/rows.csv?period=2026-Q3")), Path())
    assert rows
    assert {row["team"] for row in rows} == {"Zwolle"}


def test_nothing_in_a_workbook_is_a_formula(sign_in: SignIn) -> None:
    data = content(sign_in("analyst").get("/kpi/csat/rows.xlsx?period=2026-10"))
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        assert not [n for n in book.namelist() if n.startswith("xl/worksheets") and b"<f>" in book.read(n)]


def test_what_is_taken_along_stands_in_the_audit_log(sign_in: SignIn) -> None:
    content(sign_in("analyst").get("/kpi/csat/rows.csv?period=2026-10"))
    line = entries(action="exported")[0]
    assert (line.about, line.detail["what"], line.detail["kind"]) == ("csat", "rows", "csv")
    assert line.detail["state"] == "?period=2026-10"
