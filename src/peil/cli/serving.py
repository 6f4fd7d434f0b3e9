"""The command that runs the app."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Annotated

import typer

from peil.cli.speech.options import Shared, takes


@dataclass(frozen=True, slots=True, kw_only=True)
class ServeOptions(Shared):
    host: Annotated[str, typer.Option("--host", metavar="ADDRESS", help="Listen at this address.")] = "127.0.0.1"
    port: Annotated[int, typer.Option("--port", metavar="NUMBER", help="Listen at this port.", min=1, max=65535)] = 8000
    processes: Annotated[
        int,
        typer.Option(
            "--processes", metavar="N", help="Web processes; more than one needs both stores in PostgreSQL.", min=1
        ),
    ] = 1


@takes(ServeOptions)
def serve(given: ServeOptions) -> None:
    """Run the app: the overview in the browser."""
    import peil.library
    from peil.web.serving.running import run

    os.environ["PEIL_WAREHOUSE"] = peil.library.warehouse_url(given.warehouse)
    run(given.host, given.port, given.processes)
