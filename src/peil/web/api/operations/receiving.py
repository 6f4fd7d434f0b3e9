"""A file that comes in by the API: kept aside under a name of its own, taken in by its mapping, thrown away."""

from __future__ import annotations

import hashlib
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from ninja.files import UploadedFile

from peil.accounts.audit import record
from peil.accounts.models import Person
from peil.facts.entries import Mapping
from peil.facts.mapping import parse_mapping
from peil.library.trial import try_file
from peil.report.words.numbers import printable
from peil.sources.files import Named
from peil.sources.intake import import_file
from peil.web.api.problems import Problem
from peil.web.facts import the_peil
from peil.web.pages.data.importers import remember_importer

MOST_MAPPING = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What was sent."""

    file: UploadedFile
    mapping: str
    mapping_of: str
    dry_run: bool

    @property
    def name(self) -> str:
        """What the file is called, fit to be shown; no part of a path."""
        return " ".join(printable(Path(str(self.file.name)).name).split())[:200] or "file"

    @property
    def parts(self) -> tuple[str, ...]:
        """What tells this request from another, however it was wrapped."""
        content = hashlib.sha256()
        for chunk in self.file.chunks():
            content.update(chunk)
        return (self.name, content.hexdigest(), self.mapping, self.mapping_of, str(self.dry_run))


def take_in(given: Given, person: Person) -> dict[str, Any]:
    """Import the file, or try it out."""
    mapping, peil = _mapping(given), the_peil()
    notes: list[str] = []
    with tempfile.TemporaryDirectory(dir=_aside(), prefix="api-") as folder:
        path = Path(folder) / "file"
        with path.open("wb") as kept:
            for chunk in given.file.chunks():
                kept.write(chunk)
        if given.dry_run:
            tried = try_file(peil.warehouse, Named(path, given.name), mapping)
            return {
                "import_id": tried.already, "source": mapping.source, "file_name": given.name, "rows": dict(tried.rows),
                "rejected": tried.rejected, "copies": tried.copies, "already": tried.already is not None,
                "dry_run": True, "notes": list(tried.notes),
            }  # fmt: skip
        report = import_file(peil.warehouse, Named(path, given.name), mapping, tell=notes.append)
    if not report.already:
        remember_importer(report.import_id, str(person))
        record(person, "imported", report.import_id, file=given.name, via="api")
    return asdict(report) | {"rows": dict(report.rows), "dry_run": False, "notes": notes}


def _mapping(given: Given) -> Mapping:
    if bool(given.mapping) == bool(given.mapping_of):
        raise Problem(
            422, "invalid-parameter", "mapping: send a mapping, or name the import to take it from in mapping_of.",
            "`peil map FILE` drafts one.",
        )  # fmt: skip
    if len(given.mapping) > MOST_MAPPING:
        raise Problem(413, "too-large", "This mapping is too long.")
    return parse_mapping(given.mapping or _text_of(given.mapping_of), "mapping")


def _text_of(import_id: str) -> str:
    for manifest in the_peil().warehouse.archive.manifests():
        if manifest.import_id == import_id:
            return manifest.mapping_text
    raise Problem(422, "invalid-parameter", f"mapping_of: there is no import '{import_id[:100]}' with a mapping.")


def _aside() -> Path:
    folder = Path(settings.HOME) / "uploads"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder
