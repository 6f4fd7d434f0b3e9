"""The options, once: each command takes a dataclass of them, and commands share what they share."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import MISSING, dataclass, field, fields
from typing import Annotated, Any, TypeVar, get_type_hints

import typer

Options = TypeVar("Options")

WarehouseOption = Annotated[
    str | None,
    typer.Option(
        "--warehouse",
        metavar="URL",
        envvar="PEIL_WAREHOUSE",
        help="Where the facts are: duckdb:///peil.duckdb (the default), postgresql://host/database, clickhouse://host/database; or https://host, a running Peil (its key in PEIL_KEY).",
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON: full numbers, nothing rounded.")]
LanguageOption = Annotated[
    str | None,
    typer.Option(
        "--language",
        metavar="nl|en",
        envvar="PEIL_LANGUAGE",
        help="Language of labels and numbers; your system's when left out.",
    ),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What every command takes."""

    warehouse: WarehouseOption = None
    json: JsonOption = False
    language: LanguageOption = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question(Shared):
    """Which rows, in which groups, and how: for every command that gives figures."""

    by: Annotated[
        list[str],
        typer.Option(
            "--by",
            metavar="COLUMN",
            help="Group by a column (channel, touchpoint, team ...) or by day, week, month, quarter, year. Repeat for more.",
        ),
    ] = field(default_factory=list)
    where: Annotated[
        list[str],
        typer.Option(
            "--where",
            metavar="COLUMN=VALUE",
            help="Only these rows: channel=phone,chat or team!=Zuid; 'reason=' is not known. Repeat for more.",
        ),
    ] = field(default_factory=list)
    period: Annotated[
        str | None,
        typer.Option(
            "--period",
            metavar="PERIOD",
            help="last-30-days, this-month, last-quarter, 2026, 2026-Q1, 2026-01, 2026-W05. Without a period every row counts.",
        ),
    ] = None
    since: Annotated[
        str | None, typer.Option("--since", metavar="DAY", help="First day that counts, as 2026-01-31.")
    ] = None
    until: Annotated[str | None, typer.Option("--until", metavar="DAY", help="First day that no longer counts.")] = None
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of",
            metavar="DAY",
            help="Rows after this day are left out, and rows too young on it wait; what became known later of older rows is still seen.",
        ),
    ] = None
    weighted: Annotated[bool, typer.Option("--weighted", help="Count rows by their weight.")] = False
    level: Annotated[float, typer.Option("--level", metavar="0.95", help="Confidence level of the intervals.")] = 0.95
    exact: Annotated[
        bool, typer.Option("--exact", help="Medians from the rows themselves instead of from steps of 1 %.")
    ] = False
    assume: Annotated[
        list[str],
        typer.Option(
            "--assume",
            metavar="NAME=NUMBER",
            help="A value that a KPI needs and can't know, such as avoided_share=0.3.",
        ),
    ] = field(default_factory=list)


def takes(options: type[Options]) -> Callable[[Callable[[Options], Any]], Callable[..., Any]]:
    """Turn a function of one dataclass into a command whose options are the dataclass's fields."""

    def with_options(run: Callable[[Options], Any]) -> Callable[..., Any]:
        def command(**given: Any) -> Any:
            return run(options(**given))

        hints = get_type_hints(options, include_extras=True)
        # Arguments first, then the options of this command alone, then the shared ones.
        order = [name for cls in options.__mro__ for name in inspect.get_annotations(cls)]
        parameters = [
            inspect.Parameter(f.name, inspect.Parameter.KEYWORD_ONLY, default=_default(f), annotation=hints[f.name])
            for f in sorted(fields(options), key=lambda f: order.index(f.name))  # type: ignore[arg-type]
        ]
        command.__signature__ = inspect.Signature(sorted(parameters, key=_arguments_first))  # type: ignore[attr-defined]
        command.__annotations__ = {p.name: p.annotation for p in parameters}
        command.__doc__, command.__name__ = run.__doc__, run.__name__
        return command

    return with_options


def _default(f: Any) -> Any:
    if f.default_factory is not MISSING:
        return f.default_factory()
    return inspect.Parameter.empty if f.default is MISSING else f.default


def _arguments_first(parameter: inspect.Parameter) -> bool:
    return not isinstance(parameter.annotation.__metadata__[0], type(typer.Argument()))
