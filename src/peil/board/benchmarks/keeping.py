"""Figures of others that people of this organisation enter, and take out again."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

from django.utils import timezone

from peil.accounts.models import Person
from peil.board.benchmarks.outside import Outside
from peil.board.models import Benchmark
from peil.core.errors import BadQuery
from peil.core.kpi import UNSAID, Words
from peil.core.kpis import BY_KEY, get


@dataclass(frozen=True, slots=True, kw_only=True)
class NewBenchmark:
    """What somebody enters."""

    kpi: str
    name: str
    source: str
    year: int
    value: float
    low: float | None = None
    high: float | None = None
    n: int | None = None
    scale: str = ""
    same_question: bool = False


def add_benchmark(new: NewBenchmark, person: Person | None) -> int:
    """Keep a figure of others; refused where its numbers can't be."""
    get(new.kpi)
    numbers = [x for x in (new.value, new.low, new.high) if x is not None]
    if not all(isfinite(x) for x in numbers) or (new.low is None) != (new.high is None):
        raise BadQuery("An interval has a lower and an upper limit.", "Give both or neither.")
    if new.low is not None and new.high is not None and not new.low <= new.value <= new.high:
        raise BadQuery("The value lies outside its interval.", "Swap or mend the limits.")
    row = Benchmark.objects.create(
        kpi=new.kpi, name=new.name, source=new.source, year=new.year, value=new.value, low=new.low, high=new.high,
        n=new.n, scale=new.scale, same_question=new.same_question, made_by=person,
    )  # fmt: skip
    return int(row.pk)


def own_benchmarks() -> list[Outside]:
    """Every figure that was entered and not taken out."""
    return [_outside(row) for row in Benchmark.objects.filter(removed_at=None) if row.kpi in BY_KEY]


def remove_benchmark(id: int) -> str | None:
    """Take one out; its name, or None when it is not there."""
    row = Benchmark.objects.filter(pk=id, removed_at=None).first()
    if row is None:
        return None
    row.removed_at = timezone.now()
    row.save(update_fields=["removed_at"])
    return row.name


def restore_benchmark(id: int) -> str | None:
    """Put one back that was taken out."""
    row = Benchmark.objects.filter(pk=id).exclude(removed_at=None).first()
    if row is None:
        return None
    row.removed_at = None
    row.save(update_fields=["removed_at"])
    return row.name


def removed_name(id: int) -> str | None:
    """The name of one that is taken out at present."""
    row = Benchmark.objects.filter(pk=id).exclude(removed_at=None).first()
    return None if row is None else row.name


def _outside(row: Benchmark) -> Outside:
    return Outside(
        kpi=row.kpi, name=Words(row.name, row.name), value=row.value, source=row.source, year=row.year, method=UNSAID,
        low=row.low, high=row.high, n=row.n, scale=row.scale, same_question=row.same_question, id=row.pk,
    )  # fmt: skip
