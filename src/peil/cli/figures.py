"""The commands that give figures: kpi, compare, explain."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from peil.cli.options import Question, takes
from peil.cli.words import Language, language_of, say

if TYPE_CHECKING:
    from peil.core.kpi import Estimate
    from peil.library import Answers, Asked, Peil
    from peil.warehouse.query import KpiQuery


def _known_keys(incomplete: str) -> list[str]:
    from peil.core.kpis import ALL

    return [kpi.key for kpi in ALL if kpi.key.startswith(incomplete)]


KeysArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="KPI", help="Which KPIs, by key: nps, csat, fcr ...", autocompletion=_known_keys, show_default=False
    ),
]
_COMPARISONS = "previous, last_year or matched_weekdays"


@dataclass(frozen=True, slots=True, kw_only=True)
class KpiOptions(Question):
    keys: KeysArgument = None
    every: Annotated[bool, typer.Option("--all", help="Every KPI that has something to count.")] = False
    compare: Annotated[
        str | None,
        typer.Option(
            "--compare", metavar="PERIOD", help=f"Give the difference with an earlier period: {_COMPARISONS}."
        ),
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareOptions(Question):
    keys: KeysArgument = None
    compare: Annotated[
        str, typer.Option("--compare", metavar="PERIOD", help=f"The earlier period: {_COMPARISONS}.")
    ] = "previous"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainOptions(Question):
    key: Annotated[
        str, typer.Argument(metavar="KPI", help="Which KPI, by key.", autocompletion=_known_keys, show_default=False)
    ] = field()


@takes(KpiOptions)
def kpi(given: KpiOptions) -> None:
    """Give figures: value, interval, n."""
    if not given.keys and not given.every:
        raise typer.BadParameter(
            "Name one or more KPIs, or say --all. See docs/kpis for what there is.", param_hint="KPI"
        )
    keys = () if given.every else tuple(given.keys or ())
    if given.compare:
        _print_changes(given, keys, given.compare)
        return
    with _opened(given) as peil:
        query = peil.query(*keys, **_asked(given))
        answers = peil.answer(query)
    if given.json:
        typer.echo(answers.to_json(indent=2))
    else:
        _print_figures(answers, query, language_of(given.language), every=given.every)


@takes(CompareOptions)
def compare(given: CompareOptions) -> None:
    """Give the change of figures since an earlier period, and say whether it can be chance.

    Without a period: the last 30 whole days against the 30 before.
    """
    if not given.keys:
        raise typer.BadParameter("Name one or more KPIs.", param_hint="KPI")
    _print_changes(given, tuple(given.keys), given.compare)


@takes(ExplainOptions)
def explain(given: ExplainOptions) -> None:
    """Say how a KPI is counted: definition, sums, SQL and source."""
    with _opened(given) as peil:
        explanation = peil.explain(given.key, **_asked(given))
    if given.json:
        typer.echo(json.dumps(explanation.to_dict(), ensure_ascii=False, indent=2))
        return
    told = explanation.to_dict()
    name, formula = told["name"], told["formula"]
    lines = [
        f"{told['kpi']}, definition {told['definition']}",
        f"  nl: {name['nl']}. {formula['nl']}",
        f"  en: {name['en']}. {formula['en']}",
        f"  {told['unit']}, {told['better']} is better" if told["better"] != "neither" else f"  {told['unit']}",
        f"  interval: {told['method']}",
        f"  source: {told['source']}",
        *_counted(told),
    ]
    typer.echo("\n".join(lines))
    for statement in told["statements"]:
        typer.echo(f"\n{statement};")


def _counted(told: dict[str, Any]) -> list[str]:
    """The rows and sums of a definition, one line each."""
    lines = [f"  rows of {told['fact']}" + (f" where {' and '.join(told['rows'])}" if told["rows"] else "")]
    lines += [f"    {name} = {moment}" for name, moment in told["moments"].items()]
    if "spread" in told:
        lines.append(f"    {told['spread']}")
    if "second" in told:
        lines.append(f"  rows of {told['second']['fact']}")
        lines += [f"    {name} = {moment}" for name, moment in told["second"]["moments"].items()]
    if told["ripe_days"]:
        lines.append(f"  only rows at least {told['ripe_days']} days old count")
    lines += [f"  assumes {name}" + ("" if value is None else f" = {value}") for name, value in told["assumes"].items()]
    return lines


def _opened(given: Question) -> Peil:
    import peil.library

    return peil.library.open(given.warehouse, read_only=True)


def _asked(given: Question) -> Asked:
    from peil.library.asking import parse_assumption

    return {
        "by": given.by,
        "where": given.where,
        "since": given.since,
        "until": given.until,
        "period": given.period,
        "weighted": given.weighted,
        "level": given.level,
        "exact": given.exact,
        "as_of": given.as_of,
        "assume": dict(map(parse_assumption, given.assume)),
    }


def _print_figures(answers: Answers[Estimate], query: KpiQuery, language: Language, *, every: bool) -> None:
    from peil.cli.tables import console, figures, subject_of
    from peil.core.kpis import BY_KEY

    out = console()
    out.print(_days(query.since, query.until, language))
    shown = [e for e in answers if not every or e.status not in ("no_data", "needs")]
    if every:
        shown.sort(key=lambda e: _SUBJECT_ORDER.index(subject_of(BY_KEY[e.kpi])))
    for table in figures(shown, BY_KEY, language):
        out.print(table)
        out.print()
    left_out = [key for key in query.kpis if key not in {e.kpi for e in shown}]
    if left_out and shown:
        out.print(say("nothing", language, count=len(left_out), keys=", ".join(left_out)))
    elif left_out:
        out.print(say("no_figures", language))


_SUBJECT_ORDER = ("experience", "contact", "digital", "loyalty", "employees")


def _print_changes(given: Question, keys: tuple[str, ...], against: str) -> None:
    from peil.library.asking import parse_comparison

    with _opened(given) as peil:
        asked = _asked(given)
        asked["compare"] = parse_comparison(against)
        query = peil.query(*keys, **asked)
        answers = peil.answer_changes(query)
    if given.json:
        typer.echo(answers.to_json(indent=2))
        return
    from peil.cli.tables import changes, console
    from peil.core.kpis import BY_KEY

    language, out = language_of(given.language), console()
    out.print(_days(query.since, query.until, language))
    for table in changes(answers, BY_KEY, language):
        out.print(table)
    if not answers:
        out.print(say("no_changes", language))


def _days(since: date | None, until: date | None, language: Language) -> str:
    from peil.cli.numbers import day

    first = "" if since is None else day(since, language)
    last = "" if until is None else day(until - timedelta(days=1), language)
    key = {(True, True): "days", (True, False): "days_from", (False, True): "days_until"}.get(
        (bool(first), bool(last)), "all_rows"
    )
    return say(key, language, since=first, until=last)
