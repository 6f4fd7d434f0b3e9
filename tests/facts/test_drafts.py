"""What a draft of a mapping finds by the headings and cells of a file."""

from __future__ import annotations

import pyarrow as pa
import pytest

from peil.facts.drafting.draft import draft
from peil.facts.drafting.profile import Sample
from peil.facts.mapping import parse_mapping

SCORES = [str(i % 11) for i in range(60)]
DAYS = [f"{1 + i % 28:02}-03-2026" for i in range(60)]


def drafted(columns: dict[str, list[str]]) -> str:
    return draft(Sample(file="export.csv", format="parquet", rows=pa.table(columns))).text


@pytest.mark.parametrize(
    "heading",
    ["Datum ingevuld", "Ingevuld op", "Afgerond", "Antwoord datum", "datum enquete", "Wanneer?"],
)
def test_the_date_of_a_survey(heading: str) -> None:
    assert f'answered_at = {{ column = "{heading}"' in drafted({heading: DAYS, "NPS": SCORES})


@pytest.mark.parametrize("heading", ["Geboortedatum", "Geboorte datum", "Date of birth"])
def test_a_day_of_birth_is_not_the_date_of_a_survey(heading: str) -> None:
    assert "answered_at" not in drafted({heading: DAYS, "NPS": SCORES})


@pytest.mark.parametrize("heading", ["Klant e-mail", "E-mail klant", "Customer email"])
def test_the_address_of_a_customer(heading: str) -> None:
    mails = [f"klant{i}@example.org" for i in range(60)]
    said = f'customer_id = {{ column = "{heading}", kind = "email" }}'
    assert said in drafted({heading: mails, "NPS": SCORES})
    assert said in drafted({heading: mails, "Ticket nr": SCORES, "Geopend op": DAYS})
    assert "customer_id" not in drafted({"E-mail medewerker": mails, "NPS": SCORES})


def test_transfers_and_reopenings_of_contacts() -> None:
    columns = {
        "Ticketnummer": [str(i) for i in range(60)],
        "Geopend op": DAYS,
        "Aantal doorverbindingen": [str(i % 3) for i in range(60)],
        "Heropend": ["Nee", "Nee", "Ja"] * 20,
    }
    text = drafted(columns)
    assert 'transfers = "Aantal doorverbindingen"' in text
    assert 'reopens = { column = "Heropend", labels = { "Nee" = 0, "Ja" = 1 } }' in text
    assert parse_mapping(text, "m.toml").facts


def test_a_cell_that_cannot_be_read_does_not_remove_a_question() -> None:
    text = drafted({"Datum": DAYS, "NPS": ["weird", *SCORES[1:]]})
    assert 'kind = "nps"' in text
    assert "1 cell can't be read as a number" in text
    assert "nps" not in drafted({"Datum": DAYS, "NPS": ["weird", "odd"] * 10 + SCORES[20:]})
