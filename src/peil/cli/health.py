"""The command doctor: whether what Peil needs is there and whole."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

import typer

from peil.cli.speech.options import Shared, takes
from peil.library.doctor import Check

_MARKS = {"ok": "ok  ", "note": "note", "wrong": "FAIL"}


@dataclass(frozen=True, slots=True, kw_only=True)
class DoctorOptions(Shared):
    pass


@takes(DoctorOptions)
def doctor(given: DoctorOptions) -> None:
    """Check that what Peil needs is there and whole; leaves with 1 when something is wrong."""
    checks = _checks(given.warehouse)
    if given.json:
        typer.echo(json.dumps([asdict(c) for c in checks], ensure_ascii=False, indent=2))
    else:
        for check in checks:
            typer.echo(f"{_MARKS[check.state]}  {check.id:<20} {check.found}")
            if check.hint and check.state != "ok":
                typer.echo(f"{'':26} {check.hint}")
    if any(c.state == "wrong" for c in checks):
        raise typer.Exit(1)


def _checks(url: str | None) -> list[Check]:
    """Of the installation and the warehouse, by way of the server where one holds it; of the app where there is one."""
    import os

    import peil.library
    from peil.cli.aside import say_aside
    from peil.library.beside import knock
    from peil.library.doctor import examine

    asked = os.environ["PEIL_WAREHOUSE"] = peil.library.warehouse_url(url)
    beside = knock(asked, read_only=True)
    if beside is None:
        checks = [*examine(asked), Check("server", "note", "not running here", "peil serve")]
    else:
        say_aside("A server holds this warehouse; it does what is asked here.")
        checks = [*beside.doctor(), Check("server", "ok", "running, and open to this command line")]
    from peil.web.serving.keeping import examine_app

    return [*checks, *examine_app()]
