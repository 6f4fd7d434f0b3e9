"""Rows that no system should export and every system does: a few a thousand, so that rejected rows have something to tell."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from peil.demo.surveys.after_contact import QUESTIONS as AFTER_CONTACT
from peil.demo.surveys.relationship import QUESTIONS as RELATIONSHIP
from peil.demo.tables import stream

SHARE = 0.001
_OUTSIDE: Mapping[str, tuple[str, str]] = {  # file -> the column, and a score outside its scale
    "relatie.csv": (RELATIONSHIP[0].heading, "11"),
    "na-contact.csv": (AFTER_CONTACT[0].heading, "8"),
}
_TURNED = ("klantcontacten.csv", "Opgelost op")


def break_rows(seed: int, file: str, table: pa.Table) -> tuple[pa.Table, int]:
    """The file's columns with scores outside their scale or solutions before the question, and how many."""
    if file in _OUTSIDE:
        heading, wrong = _OUTSIDE[file]
    elif file == _TURNED[0]:
        heading, wrong = _TURNED[1], "01-04-2025 09:00:00"  # before the first day
    else:
        return table, 0
    filled = np.flatnonzero(table[heading].is_valid().to_numpy())
    rng = stream(seed, f"broken {file}")
    rows = rng.choice(filled, min(len(filled), max(1, round(SHARE * len(table)))), replace=False)
    hit = np.zeros(len(table), np.bool_)
    hit[rows] = True
    place = table.schema.get_field_index(heading)
    mended = pc.if_else(pa.array(hit), wrong, table[heading])
    return table.set_column(place, heading, mended), len(rows)
