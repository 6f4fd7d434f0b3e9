"""Whether what Peil needs is there and whole: one check a question, each with what to do."""

from __future__ import annotations

import platform
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from importlib.machinery import PathFinder
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from peil.core.errors import NotNow, UserError

if TYPE_CHECKING:
    from peil.warehouse.open import Warehouse

State: TypeAlias = Literal["ok", "note", "wrong"]
GIB = 1 << 30
LITTLE_SPACE = 1.0  # GiB

# extra -> the packages it brings, and what can't be done without them
EXTRAS = {
    "spss": (("pyreadstat",), "SPSS files"),
    "frames": (("pandas",), "results to pandas"),
    "postgres": (("psycopg", "psycopg_pool"), "a warehouse on PostgreSQL"),
    "clickhouse": (("clickhouse_connect",), "a warehouse on ClickHouse"),
}


@dataclass(frozen=True, slots=True)
class Check:
    """One question, its answer, and what to do when it is not fine."""

    id: str
    state: State
    found: str
    hint: str = ""


def examine(url: str | None = None) -> list[Check]:
    """Every check; those of the warehouse only when it opens."""
    from peil.library import warehouse_url
    from peil.warehouse.open import open_warehouse

    checks = [*_installation()]
    try:
        warehouse = open_warehouse(warehouse_url(url), read_only=True)
    except (UserError, NotNow) as error:
        return [*checks, Check("warehouse", "wrong", error.problem, error.remedy)]
    try:
        return [*checks, *_warehouse(warehouse)]
    finally:
        warehouse.close()


def examine_open(warehouse: Warehouse) -> list[Check]:
    """Every check, on a warehouse that is open."""
    return [*_installation(), *_warehouse(warehouse)]


def _installation() -> Iterator[Check]:
    version = platform.python_version()
    fine = sys.version_info >= (3, 11)
    yield Check("python", "ok" if fine else "wrong", f"Python {version}", "Peil needs Python 3.11 or newer.")
    yield _packages()
    for extra, (modules, purpose) in EXTRAS.items():
        missing = [m for m in modules if PathFinder.find_spec(m) is None]  # also where this process leaves it out
        found = f"{purpose}: not installed ({', '.join(missing)})" if missing else f"{purpose}: ready"
        yield Check(
            f"extra {extra}", "note" if missing else "ok", found, f"If you want it: pip install 'peil[{extra}]'"
        )


def _packages() -> Check:
    """Whether the versions installed are those that Peil asks for."""
    try:
        wanted = [r for r in metadata.requires("peil") or [] if "extra ==" not in r]
    except metadata.PackageNotFoundError:
        return Check(
            "packages", "note", "Peil runs from its source tree", "Install it with: pip install --no-deps -e ."
        )
    wrong = [name for name, fits in map(_fits, wanted) if not fits]
    if wrong:
        return Check(
            "packages",
            "wrong",
            f"missing or of another version: {', '.join(wrong)}",
            "Run: make clean demo, or pip install -r requirements/base.txt",
        )
    return Check("packages", "ok", f"{len(wanted)} packages as asked for")


def _fits(requirement: str) -> tuple[str, bool]:
    """Name and installed version, and whether that fits 'duckdb<3,>=2.0'."""
    name = requirement.split(";")[0].strip()
    bounds = ""
    for i, c in enumerate(name):
        if c in "<>=!~ (":
            name, bounds = name[:i], name[i:]
            break
    try:
        installed = metadata.version(name.partition("[")[0])  # its extras are parts of the same package
    except metadata.PackageNotFoundError:
        return f"{name} (not installed)", False
    fits = all(_within(installed, bound) for bound in bounds.strip(" ()").split(",") if bound)
    return f"{name} {installed}", fits


def _within(installed: str, bound: str) -> bool:
    sign = bound.strip().rstrip("0123456789.")
    have, limit = _numbers(installed), _numbers(bound.strip()[len(sign) :])
    return have >= limit if sign == ">=" else have < limit if sign == "<" else True


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())


def _warehouse(warehouse: Warehouse) -> Iterator[Check]:
    tables = warehouse.engine.tables()
    yield Check("warehouse", "ok", f"{warehouse.engine.describe()}, {len(tables)} facts")
    yield _disk(warehouse.folder)
    yield _archive(warehouse)
    yield _calendar(warehouse)


def _disk(folder: Path) -> Check:
    free = shutil.disk_usage(folder).free / GIB
    state: State = "ok" if free >= LITTLE_SPACE else "wrong"
    return Check(
        "disk", state, f"{free:.1f} GiB free", "An import needs about as much space as its file; make room first."
    )


def _archive(warehouse: Warehouse) -> Check:
    """Whether every kept import is there and holds the rows that its manifest names."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from peil.warehouse.loading.importing import lost_imports

    damaged = [i for i in lost_imports(warehouse) if not (warehouse.archive.imports / i).exists()]
    kept = warehouse.archive.manifests()
    for manifest in kept:
        files = warehouse.archive.files(manifest.import_id)
        for fact, rows in manifest.rows.items():
            try:
                whole = pq.read_metadata(files[fact]).num_rows == rows
            except (KeyError, OSError, pa.ArrowException):
                whole = False
            if not whole:
                damaged.append(f"{manifest.import_id}/{fact}")
    if damaged:
        hint = "Put them back from a backup: rebuild and undo need them. The figures in the warehouse are whole."
        return Check("archive", "wrong", f"damaged or gone: {', '.join(damaged)}", hint)
    return Check("archive", "ok", f"{len(kept)} imports kept, all of them whole")


def _calendar(warehouse: Warehouse) -> Check:
    import holidays

    settings = warehouse.settings
    country = settings.holidays_country
    if country is not None and country not in holidays.list_supported_countries():
        return Check(
            "calendar", "wrong", f"no holidays known for '{country}'", "Set holidays.country in peil.toml, or 'none'."
        )
    return Check("calendar", "ok", f"{settings.time_zone}, holidays of {country or 'no country'}")
