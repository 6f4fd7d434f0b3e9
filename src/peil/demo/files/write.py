"""The company on disk: files as its systems export them, each with its mapping, and the settings."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from peil.core.kpi import Words
from peil.demo.clock import SETTINGS
from peil.demo.facts import facts_of
from peil.demo.files.broken import break_rows
from peil.demo.files.layout import exported, mapping_of, save, save_csv
from peil.demo.files.layouts import LAYOUTS
from peil.demo.files.survey import exported_sheet, sheet_mapping
from peil.demo.world import Company, World, draw_world, sheets
from peil.warehouse.settings import FILE_NAME, write_settings

POPULATION = Path(__file__).parent.parent / "population.json"
TITLES = {
    "klantcontacten.csv": Words("Klantcontacten uit de helpdesk", "Contacts from the helpdesk"),
    "behandelingen.parquet": Words("Wie aan welk contact werkte", "Who worked on which contact"),
    "uitnodigingen.csv": Words("Uitnodigingen voor enquêtes", "Invitations to surveys"),
    "bezoeken.parquet": Words("Bezoeken aan de website", "Visits to the website"),
    "hulpartikelen.parquet": Words("Bekeken hulpartikelen en stemmen", "Help pages seen, and votes"),
    "webgebeurtenissen.parquet": Words("Zoekvragen en andere gebeurtenissen op de website", "Searches and other events on the website"),
    "klantregister.csv": Words("Klantregister", "Customer register"),
    "klantgebeurtenissen.parquet": Words("Contracten, jaarnota's, storingen en mailingen", "Contracts, bills, outages and mailings"),
    "klantreizen.parquet": Words("Klantreizen die op de website begonnen", "Customer journeys begun on the website"),
    "werkweken.csv": Words("Werkweken van medewerkers", "Employees' working weeks"),
    "servicekwaliteit.csv": Words("Enquête over servicekwaliteit (SERVQUAL)", "Survey on service quality (SERVQUAL)"),
    "website.csv": Words("Vragen bij het verlaten van de website", "Questions on leaving the website"),
    "medewerkers.csv": Words("Onderzoek onder medewerkers, anoniem", "Survey among employees, anonymous"),
    "relatie.csv": Words("Enquête over het bedrijf als geheel", "Survey about the company as a whole"),
    "na-contact.csv": Words("Enquête na een contact", "Survey after a contact"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class DemoFile:
    """A file, the mapping that reads it, what it holds, and what of it is wrong on purpose."""

    path: Path
    mapping: Path
    title: Words
    broken: int  # rows or answers in it that an import rejects


def write_company(company: Company, folder: Path) -> list[DemoFile]:
    """Write the company's files, their mappings and `peil.toml` to `folder`, which is made where it is not there.

    The same seed and size give the same bytes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    world = draw_world(company)
    write_settings(SETTINGS, folder / FILE_NAME)
    _write_truth(company, folder / "truth.json")
    return [*_surveys(world, folder), *_systems(world, folder)]


def _write_truth(company: Company, path: Path) -> None:
    """The population's values and what is planted, with the company that they are about."""
    truth = json.loads(POPULATION.read_text(encoding="utf-8"))
    about = {"name": "Kadewijk Energie", "customers": company.customers, "seed": company.seed}
    path.write_text(json.dumps({"company": about, **truth}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _surveys(world: World, folder: Path) -> Iterator[DemoFile]:
    for name, sheet in sheets(world).items():
        path = folder / f"{name}.csv"
        table, broken = break_rows(world.company.seed, path.name, exported_sheet(sheet))
        save_csv(table, path)
        yield _with_mapping(path, sheet_mapping(sheet), broken)


def _systems(world: World, folder: Path) -> Iterator[DemoFile]:
    facts: dict[str, pa.Table] = facts_of(world)
    for layout in LAYOUTS:
        table, broken = break_rows(world.company.seed, layout.file, exported(layout, facts[layout.fact]))
        yield _with_mapping(save(layout, table, folder), mapping_of(layout), broken)


def _with_mapping(path: Path, text: str, broken: int) -> DemoFile:
    mapping = path.with_suffix(".toml")
    mapping.write_text(text, encoding="utf-8")
    return DemoFile(path, mapping, TITLES[path.name], broken)
