"""The commands that give figures: kpi, compare, explain."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from peil.cli.aside import say_aside
from peil.cli.speech.options import Question, takes
from peil.report.words import Language, language_of, say

if TYPE_CHECKING:
    from peil.core.kpi import Estimate
    from peil.library import Answers, Asked, Explanation, Peil
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
        str | None,
        typer.Argument(
            metavar="KPI",
            help="Which KPI, by key; without it, a list of all.",
            autocompletion=_known_keys,
            show_default=False,
        ),
    ] = None


@takes(KpiOptions)
def kpi(given: KpiOptions) -> None:
    """Give figures: value, interval, n."""
    if not given.keys and not given.every:
        raise typer.BadParameter(
            "Name one or more KPIs, or say --all. See docs/kpis for what there is.", param_hint="KPI"
        )
    keys = () if given.every else tuple(given.keys or ())
    _refuse_unknown(keys)
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
    _refuse_unknown(given.keys)
    _print_changes(given, tuple(given.keys), given.compare)


@takes(ExplainOptions)
def explain(given: ExplainOptions) -> None:
    """Say how a KPI is counted: definition, sums, SQL and source. Without a KPI, list them all."""
    from peil.cli.speech.explaining import list_kpis, told

    if given.key is None:
        typer.echo(list_kpis(language_of(given.language), as_json=given.json))
        return
    explanation = _explanation(given, given.key)
    if given.json:
        typer.echo(json.dumps(explanation.to_dict(), ensure_ascii=False, indent=2))
    else:
        typer.echo(told(explanation))


def _explanation(given: Question, key: str) -> Explanation:
    """With the SQL where there is a warehouse to write it for; a definition needs none."""
    from peil.core.errors import UserError
    from peil.core.kpis import get
    from peil.library import Explanation

    kpi = get(key)
    try:
        peil = _opened(given)
    except UserError as no_warehouse:
        sys.stderr.write(f"Without SQL: {no_warehouse}\n")
        return Explanation(kpi, ())
    with peil:
        return peil.explain(key, **_asked(given))


def _refuse_unknown(keys: Iterable[str]) -> None:
    """A mistyped KPI is told before a warehouse is looked for."""
    from peil.core.kpis import get

    for key in keys:
        get(key)


def _opened(given: Question) -> Peil:
    import peil.client

    return peil.client.open(given.warehouse, read_only=True, tell=say_aside)


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
    from peil.cli.speech.tables import figures, ranked, show
    from peil.core.kpis import BY_KEY
    from peil.warehouse.query import PERIODS

    shown = [e for e in answers if not every or e.status not in ("no_data", "needs")]
    heading = [_days(query.since, query.until, language)]
    if not set(query.by) & set(PERIODS):
        shown, sentence = _said_once(shown, language)
        heading += sentence
    show(" ".join(heading))
    shown = ranked(shown, BY_KEY)
    for i, table in enumerate(figures(shown, BY_KEY, language)):
        show(*([""] if i else []), table)
    left_out = len(set(query.kpis) - {e.kpi for e in shown})
    if not shown:
        show(say("no_figures", language))
    elif left_out:
        show("", say("nothing", language, count=left_out))


def _said_once(shown: list[Estimate], language: Language) -> tuple[list[Estimate], list[str]]:
    """The figures without remarks on the end of their rows, and those remarks in one sentence.

    All figures are of one period here, so it is said once, above them; facts that end on
    different days keep their own remark.
    """
    from peil.report.words.numbers import day

    running = [e.as_of for e in shown if "running_period" in e.notes and e.as_of]
    stops = {note for e in shown for note in e.notes if note.startswith("rows_end:")}
    if running:
        sentence = [say("still_running", language, newest=day(date.fromisoformat(max(running)), language))]
    elif len(stops) == 1:
        newest = date.fromisoformat(next(iter(stops)).partition(":")[2])
        sentence = [say("rows_stop", language, newest=day(newest, language))]
    else:
        return shown, []
    told = {"running_period", *(stops if len(stops) == 1 else ())}
    return [replace(e, notes=tuple(n for n in e.notes if n not in told)) for e in shown], sentence


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
    from peil.cli.speech.tables import changes, show
    from peil.core.kpis import BY_KEY

    language = language_of(given.language)
    show(_days(query.since, query.until, language), *changes(answers, BY_KEY, language))
    if not answers:
        show(say("no_changes", language))


def _days(since: date | None, until: date | None, language: Language) -> str:
    from peil.report.words.numbers import day

    first = "" if since is None else day(since, language)
    last = "" if until is None else day(until - timedelta(days=1), language)
    key = {(True, True): "days", (True, False): "days_from", (False, True): "days_until"}.get(
        (bool(first), bool(last)), "all_rows"
    )
    return say(key, language, since=first, until=last)
