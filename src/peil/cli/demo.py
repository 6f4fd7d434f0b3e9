"""The command that shows what Peil does, on a company that is made up."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from os.path import relpath
from pathlib import Path
from shutil import rmtree, which
from time import perf_counter
from typing import TYPE_CHECKING, Annotated

import typer

from peil.cli.speech.options import LanguageOption, takes
from peil.cli.speech.progress import progress_bar
from peil.core.errors import UserError
from peil.report.words import say

if TYPE_CHECKING:
    from peil.ops.company import Company
    from peil.report.words import Language

FEWEST, MOST = 100, 500_000  # customers; more does not fit in the memory of a small machine
HOST = "127.0.0.1"  # for this machine only: the people of the demo are told to whoever reads along
SENDER = "klantenservice@kadewijk.example"  # of its mail, which goes to its own mailbox alone
MARK = "truth.json"  # what tells a folder of the demo from another


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoOptions:
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where to put it.")] = Path("demo")
    customers: Annotated[int, typer.Option("--customers", metavar="N", help="How many customers it has.")] = 20_000
    rows: Annotated[
        int | None, typer.Option("--rows", metavar="N", help="About how many rows in all, instead of --customers.")
    ] = None
    seed: Annotated[int, typer.Option("--seed", metavar="N", help="The same seed gives the same company.")] = 1
    files_only: Annotated[
        bool, typer.Option("--files-only", help="Write the files and mappings; import and report nothing.")
    ] = False
    serve: Annotated[
        bool,
        typer.Option(
            "--serve", help="Run the app on it afterwards, with people of every role to sign in as and a mailbox."
        ),
    ] = False
    port: Annotated[int, typer.Option("--port", metavar="NUMBER", help="Where the app listens.", min=1, max=65535)] = (
        8000
    )
    json: Annotated[bool, typer.Option("--json", help="Print JSON: where everything is.")] = False
    language: LanguageOption = None


@takes(DemoOptions)
def demo(given: DemoOptions) -> None:
    """Make up a company, import its files and write its report.

    Kadewijk Energie is an energy supplier that does not exist: 18 months of surveys, contacts, visits
    and customers, with truths planted in them. What was planted stands in truth.json beside the files.
    """
    from peil.demo.simulate import Company, company_of, write_company
    from peil.report.words import language_of

    language = language_of(given.language)
    if given.serve:
        _check_serving(given)
    company = Company(given.customers, given.seed) if given.rows is None else company_of(given.rows, given.seed)
    if not FEWEST <= company.customers <= MOST:
        raise UserError(
            f"A demo of {company.customers:,} customers can't be made.", f"Take {FEWEST} to {MOST:,} customers."
        )
    _clear(given.folder)
    started = perf_counter()
    files = write_company(company, given.folder)
    _say(given, f"Made up {company.customers:,} customers of Kadewijk Energie: {len(files)} files in {given.folder}/.")
    if not given.files_only:
        _import(given, [(f.path, f.mapping) for f in files])
        _report(given, language)
    _say(given, f"Done in {perf_counter() - started:.0f} s.")
    if given.json:
        typer.echo(json.dumps({"folder": str(given.folder), "files": [str(f.path) for f in files]}))
    if given.serve:
        _serve(given, language)


def _check_serving(given: DemoOptions) -> None:
    """What would keep the app from running is told before the company is made."""
    from peil.web.serving.running import check_port

    if given.files_only or given.json:
        raise UserError("The app has nothing to show, or nobody to tell.", "Leave out --files-only and --json.")
    check_port(HOST, given.port)


def _serve(given: DemoOptions, language: Language) -> None:
    """Nothing of it is kept or sent anywhere but in the folder of the demo, whatever this terminal is set to."""
    home, address = given.folder.absolute(), f"http://{HOST}:{given.port}"
    os.environ.pop("DATABASE_URL", None)
    os.environ |= {"PEIL_WAREHOUSE": _url(home), "PEIL_HOME": str(home), "PEIL_URL": address, "PEIL_LOG": "quiet"}
    from peil.web.serving.running import set_up

    set_up()
    from peil.ops.company import set_up_company
    from peil.web.outside.at_work import BESIDE, Wish, start_outside

    company = set_up_company(_url(home), language)
    widgets = dict(company.survey.on_site)
    outside = start_outside(
        Wish(folder=str(home / "mail"), peil=address, port=given.port + BESIDE, language=language, widgets=widgets)
    )
    os.environ["EMAIL_URL"] = f"smtp://{HOST}:{outside.mail_port}?from={SENDER}"
    _say(given, _where(company, address, outside.address, language))
    sys.stdout.flush()
    # A server of its own from the start: what drew the report's charts has threads that no copy of this process has.
    os.execv(sys.executable, [sys.executable, "-m", "peil", "serve", "--host", HOST, "--port", str(given.port)])  # noqa: S606  our own command


def _where(company: Company, address: str, outside: str, language: Language) -> str:
    width = max(len(p.email) for p in company.people)
    lines = [f"  {p.email:{width}}  {p.password}  {say(f'role_{p.role.value}', language)}" for p in company.people]
    return (
        f"\nSign in at {address} as one of these:\n\n" + "\n".join(lines) + "\n\n"
        f"Answer a survey as a customer, and see it come in on the overview:\n\n  {address}/s/{company.survey.code}/\n\n"
        f"Or by the invitations that were mailed. They are in the mailbox of the demo, beside a website that asks:\n\n"
        f"  {outside}/\n\n"
        "Ctrl-C ends it."
    )


def _clear(folder: Path) -> None:
    """An earlier demo goes; anything else stays as it is and is not written into."""
    if folder.exists() and not folder.is_dir():
        raise UserError(f"{folder} is a file.", "Name a folder.")
    if folder.is_dir() and any(folder.iterdir()):
        if not (folder / MARK).exists():
            raise UserError(f"{folder}/ holds something that is no demo.", "Name an empty folder.")
        rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)


def _import(given: DemoOptions, files: list[tuple[Path, Path]]) -> None:
    import peil.library

    with peil.library.open(_url(given.folder)) as opened:
        for path, mapping in files:
            with progress_bar(path.name) as progress:
                report = opened.import_file(path, mapping, progress=progress)
            rows = ", ".join(f"{n:,} {fact}" for fact, n in report.rows.items() if n)
            rejected = f", {report.rejected:,} values rejected" if report.rejected else ""
            _say(given, f"  {path.name}: {rows}{rejected}")


def _report(given: DemoOptions, language: Language) -> None:
    import peil.library

    path = given.folder / "report.html"
    command = "peil" if which("peil") else relpath(sys.argv[0])
    with peil.library.open(_url(given.folder), read_only=True) as opened:
        opened.report(path, language=language, compare="last_year", force=True)
    _say(
        given,
        f"\nThe report: {path.absolute()}\nOpen it in a browser. To ask more of the same figures:\n\n"
        f"  export PEIL_WAREHOUSE={_url(given.folder)}\n"
        f"  {command} kpi ces_agree --by touchpoint --period 2026-10\n"
        f"  {command} compare transferred --by channel --period 2026-10\n"
        f"  {command} report {given.folder}/rapport.html --language nl --compare last_year\n\n"
        f"What was planted, to be found: {given.folder / MARK}",
    )


def _url(folder: Path) -> str:
    return f"duckdb:///{folder}/peil.duckdb"


def _say(given: DemoOptions, text: str) -> None:
    """Words for people; with --json stdout holds nothing but JSON."""
    (sys.stderr if given.json else sys.stdout).write(f"{text}\n")
