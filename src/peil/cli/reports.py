"""The commands that make something to hand on: report."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from peil.cli.aside import say_aside
from peil.cli.speech.options import Shared, takes

if TYPE_CHECKING:
    from peil.library import ReportAsked


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportOptions(Shared):
    output: Annotated[
        Path, typer.Argument(metavar="FILE", help="The page to write, such as report.html.", show_default=False)
    ] = field()
    title: Annotated[str | None, typer.Option("--title", metavar="TEXT", help="The heading of the page.")] = None
    period: Annotated[
        str | None,
        typer.Option(
            "--period",
            metavar="PERIOD",
            help="last-30-days, last-quarter, 2026-Q1, 2026-01 ... Without a period: the last 30 whole days that have rows.",
        ),
    ] = None
    since: Annotated[
        str | None, typer.Option("--since", metavar="DAY", help="First day that counts, as 2026-01-31.")
    ] = None
    until: Annotated[str | None, typer.Option("--until", metavar="DAY", help="First day that no longer counts.")] = None
    compare: Annotated[
        str,
        typer.Option(
            "--compare", metavar="PERIOD", help="The earlier period: previous, last_year or matched_weekdays."
        ),
    ] = "previous"
    where: Annotated[
        list[str],
        typer.Option("--where", metavar="COLUMN=VALUE", help="Only these rows: channel=phone,chat or team!=Zuid."),
    ] = field(default_factory=list)
    weighted: Annotated[bool, typer.Option("--weighted", help="Count rows by their weight.")] = False
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is no report.")] = False


@takes(ReportOptions)
def report(given: ReportOptions) -> None:
    """Write a report that one can hand on: one HTML file, nothing fetched from elsewhere, fit for print."""
    import peil.library
    from peil.library.asking import parse_comparison
    from peil.report.file import check_place
    from peil.report.words import language_of

    asked: ReportAsked = {
        "where": given.where,
        "since": given.since,
        "until": given.until,
        "period": given.period,
        "compare": parse_comparison(given.compare),
        "weighted": given.weighted,
    }
    language = language_of(given.language)
    check_place(given.output, force=given.force)
    with peil.library.open(given.warehouse, read_only=True, tell=say_aside) as peil_:
        size = len(
            peil_.report(given.output, language=language, title=given.title, force=given.force, **asked).encode()
        )
    if given.json:
        typer.echo(json.dumps({"report": str(given.output), "bytes": size, "language": language}))
    else:
        typer.echo(f"Wrote {given.output} ({size / 1000:,.0f} kB). Open it in a browser; it needs no other file.")
