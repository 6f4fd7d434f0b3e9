"""Every trap file gives what was counted while it was made: rows, rejected rows, scores and sums."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from tests.sources.reading import read_mapped
from tests.traps.generate import ALL
from tests.traps.trap import TrapFile

from peil.core.errors import BadMapping
from peil.facts.entries import FileOptions
from peil.facts.mapping import parse_mapping
from peil.sources.intake import draft_mapping


@pytest.mark.parametrize("make", ALL, ids=lambda make: make.__name__)
def test_file_gives_what_is_in_it(make: Callable[[Path, random.Random], TrapFile], tmp_path: Path) -> None:
    trap = make(tmp_path, random.Random(1))
    found = read_mapped(trap.path, trap.mapping)
    assert {fact: table.num_rows for fact, table in found.tables.items()} == trap.truth.rows
    assert found.rejects.num_rows == trap.truth.rejected, found.rejects.to_pylist()[:5]
    assert _scores(found.tables) == {q: pytest.approx(told) for q, told in trap.truth.scores.items()}
    for (fact, column), total in trap.truth.sums.items():
        values = found.tables[fact].column(column)
        counted = len(values) - values.null_count if pa.types.is_timestamp(values.type) else pc.sum(values).as_py()
        assert counted == pytest.approx(total), column


def _scores(tables: dict[str, pa.Table]) -> dict[str, tuple[int, float]]:
    if "answers" not in tables:
        return {}
    grouped = tables["answers"].group_by("question").aggregate([("score", "sum"), ("question", "count")]).to_pylist()
    return {r["question"]: (r["question_count"], r["score_sum"] or 0.0) for r in grouped if r["question"] != "review"}


@pytest.mark.parametrize("make", ALL, ids=lambda make: make.__name__)
def test_draft_is_a_mapping_or_asks(make: Callable[[Path, random.Random], TrapFile], tmp_path: Path) -> None:
    trap = make(tmp_path, random.Random(2))
    sheet = FileOptions(sheet="Klanten", skip_rows=1) if trap.path.suffix == ".xlsx" else None
    draft = draft_mapping(trap.path, sheet)
    if draft.questions:
        with pytest.raises(BadMapping, match=r"still to be answered|no fact is mapped"):
            parse_mapping(draft.text)
    else:
        assert parse_mapping(draft.text).facts


def test_same_seed_gives_the_same_files(tmp_path: Path) -> None:
    from tests.traps.generate import write_all

    first, second = (write_all(tmp_path / name) for name in ("a", "b"))
    kept = [(a, b) for a, b in zip(first, second, strict=True) if a.path.suffix not in (".sav", ".xlsx")]
    assert [a.path.read_bytes() for a, _ in kept] == [b.path.read_bytes() for _, b in kept]
