"""What comes back: figures and changes, to JSON, pandas, polars and Arrow."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from peil.core.errors import UserError
from peil.core.kpi import Comparison, Estimate, Kpi, Part
from peil.core.moments import Count, CountBetween, Histogram, LogHistogram, Moment, Spread, Sum, SumProduct

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

OF_A_FIGURE = ("kpi", "value", "low", "high", "n", "n_eff", "level", "unit", "method", "status", "definition", "as_of")
OF_A_CHANGE = ("kpi", "difference", "low", "high", "p", "p_adjusted", "changed", "level", "unit", "method")
_SHOWN = 20
Answer = TypeVar("Answer", Estimate, Comparison)


class Answers(Sequence[Answer], Generic[Answer]):
    """A list of figures, or of changes, that turns itself into whatever one works with."""

    def __init__(self, answers: Sequence[Answer]) -> None:
        self._answers: tuple[Answer, ...] = tuple(answers)

    @overload
    def __getitem__(self, index: int) -> Answer: ...
    @overload
    def __getitem__(self, index: slice) -> Answers[Answer]: ...
    def __getitem__(self, index: int | slice) -> Answer | Answers[Answer]:
        return Answers(self._answers[index]) if isinstance(index, slice) else self._answers[index]

    def __len__(self) -> int:
        return len(self._answers)

    def __iter__(self) -> Iterator[Answer]:
        return iter(self._answers)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Answers) and self._answers == other._answers

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        shown = "\n".join(map(_line, self._answers[:_SHOWN])) or "no figures"
        return f"{shown}\n... and {len(self) - _SHOWN} more" if len(self) > _SHOWN else shown

    def to_dicts(self) -> list[dict[str, Any]]:
        """One dictionary each, as JSON has it: the group apart, full doubles."""
        return [_as_dict(a) for a in self._answers]

    def to_json(self, indent: int | None = None) -> str:
        return json.dumps(self.to_dicts(), ensure_ascii=False, allow_nan=False, indent=indent)

    def to_rows(self) -> list[dict[str, Any]]:
        """One flat dictionary each, as a table has it: the group's values are columns of their own."""
        return [_flat(a) for a in self._answers]

    def to_arrow(self) -> pa.Table:
        import pyarrow as pa

        rows = self.to_rows()
        names = list(dict.fromkeys(name for row in rows for name in row))
        return pa.table({name: _column(name, [row.get(name) for row in rows]) for name in names})

    def to_pandas(self) -> pd.DataFrame:
        try:
            import pandas as pd
        except ModuleNotFoundError as e:
            raise _not_installed("pandas") from e
        return pd.DataFrame.from_records(self.to_rows())

    def to_polars(self) -> pl.DataFrame:
        try:
            import polars as pl
        except ModuleNotFoundError as e:
            raise _not_installed("polars") from e
        frame = pl.from_arrow(self.to_arrow())
        assert isinstance(frame, pl.DataFrame)
        return frame


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a KPI is counted: its definition, and the statements that were built for it."""

    kpi: Kpi
    statements: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        k = self.kpi
        return {
            "kpi": k.key,
            "definition": k.version,
            "name": k.name._asdict(),
            "formula": k.formula._asdict(),
            "tells": k.tells._asdict(),
            "unit": k.unit,
            "better": k.better,
            "method": k.method.name,
            "source": k.source,
            "document": k.document,
            **_counted(k),
            "spread": moment_in_words(k.spread) if k.spread is not None else None,
            "second": _counted(k.second) if k.second is not None else None,
            "ripe_days": k.ripe_days,
            "assumes": dict(k.assumes),
            "statements": list(self.statements),
        }


def _counted(of: Kpi | Part) -> dict[str, Any]:
    rows = [f"{condition.column} is {' or '.join(map(str, condition.values))}" for condition in of.rows]
    return {"fact": of.fact, "rows": rows, "moments": {name: moment_in_words(m) for name, m in of.moments.items()}}


def moment_in_words(moment: Moment | Spread) -> str:
    """What is summed, in a few words.

    >>> moment_in_words(CountBetween("box", 1, 1))
    'rows where box is 1'
    """
    match moment:
        case Count():
            return f"rows where {moment.column} is known"
        case CountBetween():
            span = f"{moment.low:g}" if moment.low == moment.high else f"from {moment.low:g} to {moment.high:g}"
            return f"rows where {moment.column} is {span}"
        case Sum():
            term = f"({moment.column} - {moment.origin:g})" if moment.origin else moment.column
            return f"sum of {term}" + (" squared" if moment.power == 2 else "")
        case SumProduct():
            return f"sum of {moment.column} x {moment.other}"
        case Histogram():
            return f"rows for each {moment.column}"
        case LogHistogram():
            running = f", those still running at their age in {moment.still_open}" if moment.still_open else ""
            return f"rows for each step of 1 % of {moment.column}{running}"


def _as_dict(answer: Estimate | Comparison) -> dict[str, Any]:
    if isinstance(answer, Comparison):
        sides = {"before": _as_dict(answer.before), "after": _as_dict(answer.after)}
        return {name: getattr(answer, name) for name in OF_A_CHANGE} | {"group": dict(answer.group)} | sides
    listed = {"group": dict(answer.group), "notes": list(answer.notes)}
    return {name: getattr(answer, name) for name in OF_A_FIGURE} | listed


def _flat(answer: Estimate | Comparison) -> dict[str, Any]:
    whole = _as_dict(answer)
    group = {name if name not in whole else f"group_{name}": value for name, value in whole.pop("group").items()}
    if isinstance(answer, Comparison):
        for side in ("before", "after"):
            one = whole.pop(side)
            whole |= {side: one["value"], f"{side}_n": one["n"], f"{side}_status": one["status"]}
    else:
        whole["notes"] = "; ".join(whole["notes"])
    return {"kpi": whole.pop("kpi"), **group, **whole}


def _column(name: str, values: list[Any]) -> pa.Array:
    import pyarrow as pa

    whole = name in ("n", "before_n", "after_n", "definition")
    numbers = ("value", "low", "high", "n_eff", "level", "difference", "p", "p_adjusted", "before", "after")
    if whole or name in numbers:
        return pa.array(values, pa.int64() if whole else pa.float64())
    if name == "changed":
        return pa.array(values, pa.bool_())
    mixed = len({type(v) for v in values if v is not None}) > 1
    return pa.array([None if v is None else str(v) for v in values] if mixed else values)


def _line(answer: Estimate | Comparison) -> str:
    group = ", ".join(f"{k}={v}" for k, v in answer.group.items())
    if isinstance(answer, Comparison):
        value, n = answer.difference, f"n {answer.before.n:,} and {answer.after.n:,}"
    else:
        value, n = answer.value, f"n {answer.n:,}, {answer.status}"
    interval = "" if answer.low is None or answer.high is None else f" [{answer.low:.4g}, {answer.high:.4g}]"
    shown = "none" if value is None else f"{value:.4g}"
    return f"{answer.kpi}{f' ({group})' if group else ''}: {shown}{interval} {answer.unit}, {n}"


def _not_installed(package: str) -> UserError:
    return UserError(f"{package} is not installed.", "Run: pip install 'peil[frames]'")
