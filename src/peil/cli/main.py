"""The command `peil`: the list of commands, and the way out."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Annotated, Any, NamedTuple

import typer
import typer.main
from typer.core import TyperGroup

from peil.cli.speech import faults
from peil.core.errors import did_you_mean
from peil.sources.unneeded import leave_out_pandas

SETTINGS = {"help_option_names": ["-h", "--help"]}


class Place(NamedTuple):
    """Where a command stands, and what it does in one line."""

    module: str
    function: str
    summary: str


COMMANDS = {
    "map": Place("files", "map_file", "Draft the mapping of a file."),
    "import": Place("files", "import_files", "Take in files by their mapping, all of it or nothing."),
    "kpi": Place("figures", "kpi", "Give figures: value, interval, n."),
    "compare": Place("figures", "compare", "Say how figures changed, and whether it can be chance."),
    "explain": Place("figures", "explain", "Say how a KPI is counted: definition, sums, SQL, source."),
    "report": Place("reports", "report", "Write a report: one HTML file to hand on."),
    "serve": Place("serving", "serve", "Run the app: the overview in the browser."),
    "demo": Place("demo", "demo", "Make up a company and show what Peil makes of it."),
    "imports": Place("files", "imports", "List the imports, or the rejected rows of one."),
    "undo": Place("files", "undo", "Take an import out again."),
    "rebuild": Place("files", "rebuild", "Make the facts anew from the archive of imports."),
    "backup": Place("keeping", "backup", "Write a backup: one file that holds everything."),
    "restore": Place("keeping", "restore", "Restore a backup into a new folder."),
    "erase": Place("keeping", "erase", "Erase a customer; figures stay as they are."),
    "doctor": Place("health", "doctor", "Check that what Peil needs is there and whole."),
}


class Commands(TyperGroup):
    """Commands that are made when they are asked for, so that `peil --help` does not wait for them."""

    def list_commands(self, _ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, _ctx: Any, name: str) -> Any:
        place = COMMANDS.get(name)
        if place is None:
            return None
        run = getattr(import_module(f"peil.cli.{place.module}"), place.function)
        alone = typer.Typer(add_completion=False, rich_markup_mode=None, context_settings=SETTINGS)
        alone.command(name)(run)
        return typer.main.get_command(alone)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            ctx.fail(f"There is no command '{args[0]}'. {did_you_mean(args[0], COMMANDS)}")
        return super().resolve_command(ctx, args)

    def format_commands(self, _ctx: Any, formatter: Any) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, place.summary) for name, place in COMMANDS.items()])


app = typer.Typer(
    name="peil",
    cls=Commands,
    no_args_is_help=True,
    rich_markup_mode=None,  # help and errors in plain text: rich would double the time that `peil --help` takes
    pretty_exceptions_enable=False,
    context_settings=SETTINGS,
)


def _version(asked: bool) -> None:
    if asked:
        from peil import __version__

        typer.echo(f"peil {__version__}")
        raise typer.Exit


@app.callback()
def peil(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Every customer-service KPI in one overview, each with its margin of error.

    A file goes in with `peil map` and `peil import`; figures come out with `peil kpi`.
    """


def run(arguments: Sequence[str]) -> int:
    """Do what the arguments say and give the exit code; whatever goes wrong is told on stderr."""
    as_json = "--json" in arguments
    try:
        code = app(args=list(arguments), prog_name="peil", standalone_mode=False)
        sys.stdout.flush()
    except BaseException as error:
        if isinstance(error, SystemExit) and isinstance(error.__context__, BrokenPipeError):
            error = error.__context__  # typer has turned it into an exit of its own
        if isinstance(error, SystemExit | GeneratorExit):
            raise
        return faults.report(error, as_json=as_json)
    if code == faults.STOPPED:
        return faults.report(KeyboardInterrupt(), as_json=as_json)
    return code if isinstance(code, int) else 0


def main() -> None:
    if sys.argv[1:2] not in (["serve"], ["demo"]):  # the app writes frames for SPSS
        leave_out_pandas()
    sys.exit(run(sys.argv[1:]))
