"""The company on disk: the same bytes for the same seed, and files that go in as they are."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from sqlglot import exp
from tests.demo.conftest import SMALL, Imported

from peil.core.kpis import ALL, BY_KEY
from peil.demo.simulate import Company, simulate, write_company
from peil.demo.truth.questions import ASSUMED, WITHIN
from peil.facts.schema import FACTS
from peil.warehouse.settings import read_settings

TINY = Company(customers=150, seed=3)
WHOLE = {"since": "2025-05-01", "until": "2026-11-01"}
NOT_ASKED = {  # questions that this company does not ask, or asks about the brand as a whole only
    "rapportcijfer", "nps", "nps_1_10", "nps_1_10_relationship", "ces_effort", "ces_effort_low", "ces_ease",
    "ces_ease_easy", "gap", "servperf", "servperf_100",
}  # fmt: skip
LOADED_OTHERWISE = (
    "weight",
    "source",
    "handle_seconds",
)  # 1 where not given; the file's; talk, hold and wrap-up together
NOT_TOLD = {"responses", "customer_keys"}


def bytes_of(company: Company, folder: Path) -> dict[str, bytes]:
    write_company(company, folder)
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    assert bytes_of(TINY, tmp_path / "a") == bytes_of(TINY, tmp_path / "b")


def test_another_seed_gives_other_rows_in_the_same_form(tmp_path: Path) -> None:
    a = bytes_of(TINY, tmp_path / "a")
    b = bytes_of(Company(customers=150, seed=4), tmp_path / "b")
    differ = {name for name in a if a[name] != b[name]}
    assert differ == {name for name in a if not name.endswith(".toml")}


def test_a_prefix_begins_every_key_and_changes_nothing_else() -> None:
    plain, named = simulate(TINY), simulate(Company(customers=150, seed=3, prefix="x."))
    for fact, rows in named.items():
        assert all(key.startswith("x.") for key in rows[FACTS[fact].key].to_pylist())
        measures = [c.name for c in FACTS[fact].columns if c.stage == "raw" and c.role in ("measure", "time")]
        assert rows.select(measures) == plain[fact].select(measures), fact


@pytest.mark.slow
def test_every_file_goes_in_but_for_the_rows_broken_on_purpose(imported: Imported) -> None:
    rejected = {f.path.name: r.rejected for f, r in zip(imported.files, imported.reports, strict=True)}
    assert rejected == {f.path.name: f.broken for f in imported.files}
    assert {name for name, n in rejected.items() if n} == {"klantcontacten.csv", "na-contact.csv", "relatie.csv"}
    reasons = {r.reason for report in imported.reports for r in imported.peil.rejected(report.import_id)}
    assert reasons == {
        "resolved_at lies before opened_at",
        "is outside the scale 0-10 of question 'aanbevelen'",
        "is outside the scale 1-7 of question 'makkelijk'",
    }


def test_every_fact_has_rows(imported: Imported) -> None:
    rows = {fact: n for report in imported.reports for fact, n in report.rows.items()}
    assert set(rows) == set(FACTS) - NOT_TOLD
    assert min(rows.values()) > 50


@pytest.mark.parametrize("fact", sorted(set(FACTS) - NOT_TOLD))
def test_what_is_imported_is_what_happened(fact: str, imported: Imported, facts: dict[str, pa.Table]) -> None:
    key = FACTS[fact].key
    names = [n for n in facts[fact].column_names if n not in LOADED_OTHERWISE]
    query = exp.select(*(exp.column(n, quoted=True) for n in names)).from_(exp.to_table(fact))
    query = query.where(exp.column("import_id", quoted=True).is_(exp.null()).not_())  # not the scores made at load
    held = imported.peil.warehouse.engine.fetch(query, {}).sort_by(key)
    happened = facts[fact].select(names)
    happened = happened.filter(pc.is_in(happened[key], value_set=held[key].combine_chunks())).sort_by(key)
    assert len(facts[fact]) - len(happened) <= 0.002 * len(facts[fact]) + 1
    for name in names:
        a, b = (t[name].combine_chunks().cast(happened.schema.field(name).type) for t in (held, happened))
        if name in ("score", "box", "scale_min", "scale_max"):  # a comment stays when its broken score is rejected
            a, b = (x.filter(pc.and_(held["score"].is_valid(), happened["score"].is_valid())) for x in (a, b))
        assert a == b, name


def test_every_kpi_of_what_it_asks_is_given(imported: Imported) -> None:
    asked = [k.key for k in ALL if k.key not in NOT_ASKED]
    by_channel = [key for key in asked if key in WITHIN]
    given = list(imported.peil.kpi(*(key for key in asked if key not in WITHIN), assume=ASSUMED, **WHOLE))
    given += [e for e in imported.peil.kpi(*by_channel, where=["channel=email"], **WHOLE) if e.kpi != "wait_median"]
    given += imported.peil.kpi("wait_median", where=["channel=phone"], **WHOLE)
    assert {e.kpi for e in given} == set(asked)
    assert {e.kpi for e in given if e.status != "ok"} == set()
    assert all(
        e.low is not None and e.low <= e.value <= e.high for e in given if e.value is not None and e.high is not None
    )


def test_what_it_does_not_ask_has_no_figure(imported: Imported) -> None:
    assert {e.status for e in imported.peil.kpi(*sorted(NOT_ASKED), **WHOLE)} == {"no_data"}
    assert set(BY_KEY) >= NOT_ASKED


def test_settings_and_truth_stand_beside_the_files(imported: Imported) -> None:
    folder = imported.files[0].path.parent
    assert dict(read_settings(folder / "peil.toml").targets)["phone"] == 30.0
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    assert truth["company"] == {"name": "Kadewijk Energie", "customers": SMALL.customers, "seed": SMALL.seed}
    assert {e["truth"] for e in truth["effects"]} == set(range(1, 9))
    assert all(np.isfinite(v["value"]) for v in truth["values"])


def test_titles_are_in_both_languages_and_mappings_are_toml(imported: Imported) -> None:
    for file in imported.files:
        assert file.title.nl != file.title.en
        assert tomllib.loads(file.mapping.read_text(encoding="utf-8"))["source"]
