"""The command doctor: whether what Peil needs is there and whole."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

import typer

from peil.cli.options import Shared, takes

_MARKS = {"ok": "ok  ", "note": "note", "wrong": "FAIL"}


@dataclass(frozen=True, slots=True, kw_only=True)
class DoctorOptions(Shared):
    pass


@takes(DoctorOptions)
def doctor(given: DoctorOptions) -> None:
    """Check that what Peil needs is there and whole; leaves with 1 when something is wrong."""
    from peil.library.doctor import examine

    checks = examine(given.warehouse)
    if given.json:
        typer.echo(json.dumps([asdict(c) for c in checks], ensure_ascii=False, indent=2))
    else:
        for check in checks:
            typer.echo(f"{_MARKS[check.state]}  {check.id:<20} {check.found}")
            if check.hint and check.state != "ok":
                typer.echo(f"{'':26} {check.hint}")
    if any(c.state == "wrong" for c in checks):
        raise typer.Exit(1)
