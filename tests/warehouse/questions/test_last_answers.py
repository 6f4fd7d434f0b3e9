"""Of a relationship question each customer's last answer counts, by all rows put in order one after the other."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from tests.warehouse.conftest import on_both
from tests.warehouse.staged import Row, take_in

from peil.core.kpis import BY_KEY
from peil.warehouse.open import Warehouse
from peil.warehouse.query import KpiQuery
from peil.warehouse.questions.comparing import compare
from peil.warehouse.run import measure

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
KPIS = {"nps_relationship": "nps", "rapportcijfer_relationship": "rapportcijfer"}
MARCH = (date(2026, 3, 1), date(2026, 4, 1))


def drawn(seed: int) -> list[Row]:
    """Most customers answer once, some several times or twice at one moment, and some skip the question later on."""
    rng = random.Random(seed)
    found: list[Row] = []
    for customer in range(160):
        moments = [rng.randrange(60) for _ in range(rng.choice((1, 1, 1, 2, 4)))]
        for kind in rng.choice((["nps"], ["nps", "rapportcijfer"], ["rapportcijfer"])):
            for turn, day in enumerate([*moments, *moments[:1]] if customer % 7 == 0 else moments):
                score = None if rng.random() < 0.1 else float(rng.randint(1, 10))
                found.append(
                    {
                        "answer_id": f"{kind}{customer}-{turn}", "response_id": f"r{customer}-{turn}-{day}",
                        "customer_id": f"c{customer}", "kind": kind, "relationship": 1, "channel": rng.choice(("mail", "chat")),
                        "question": f"{kind}{rng.choice((1, 1, 2))}", "score": score, "scale_min": 0.0, "scale_max": 10.0,
                        "box": None if score is None else int(score > 8) - int(score < 7),
                        "answered_at": START + timedelta(days=day),
                    }
                )  # fmt: skip
    return found


def last(rows: list[Row], span: Callable[[Row], object]) -> list[Row]:
    """Of each customer, question and span the last answer."""
    kept: dict[object, Row] = {}
    for row in sorted(rows, key=lambda r: (r["answered_at"], r["answer_id"])):
        if row["score"] is not None:
            kept[row["customer_id"], row["question"], span(row)] = row
    return list(kept.values())


def counted(warehouse: Warehouse, query: KpiQuery) -> dict[tuple[object, ...], tuple[float, float, float]]:
    """By KPI and group how many answers, the sum of their scores or boxes, and how many people."""
    found: dict[tuple[object, ...], tuple[float, float, float]] = {}
    for key, summed in measure(warehouse, [BY_KEY[k] for k in query.kpis], query).sums.items():
        assert summed is not None
        name = "total" if "total" in summed.sums.named else "promoters"  # type: ignore[union-attr]
        for i, group in enumerate(summed.keys):
            own = summed.sums.named[name][i].sum()  # type: ignore[union-attr]
            found[(key, *group)] = (float(summed.sums.n[i].sum()), float(own), float(summed.sums.people[i]))
    return found


def meant(rows: list[Row], group: Callable[[Row], tuple[object, ...]]) -> dict[tuple[object, ...], list[Row]]:
    found: dict[tuple[object, ...], list[Row]] = {}
    for row in rows:
        key = next(k for k, kind in KPIS.items() if kind == row["kind"])
        found.setdefault((key, *group(row)), []).append(row)
    return found


@on_both
@pytest.mark.parametrize(
    ("by", "group"),
    [((), lambda _: ()), (("channel",), lambda r: (r["channel"],)), (("month",), lambda r: (month(r),))],
    ids=["whole", "channel", "month"],
)
def test_the_last_answers_are_those_of_all_rows_in_order(
    warehouse: Warehouse, by: tuple[str, ...], group: Callable[[Row], tuple[object, ...]]
) -> None:
    rows = drawn(1)
    take_in(warehouse, {"answers": rows})
    expected = meant(last(rows, month if by == ("month",) else lambda _: None), group)
    found = counted(warehouse, KpiQuery(kpis=tuple(KPIS), by=by))
    assert found.keys() == expected.keys()
    for key, own in expected.items():
        n, total, people = found[key]
        assert n == len(own)
        assert people == len({r["customer_id"] for r in own})
        assert total == sum(r["score"] if key[0] != "nps_relationship" else int(r["box"] == 1) for r in own)
    assert sum(len(own) for own in expected.values()) > len({r["customer_id"] for r in rows})


def month(row: Row) -> int:
    day: datetime = row["answered_at"]
    return day.year * 100 + day.month


@on_both
def test_each_of_two_periods_has_last_answers_of_its_own(warehouse: Warehouse) -> None:
    rows = drawn(2)
    take_in(warehouse, {"answers": rows})
    april = (MARCH[1], date(2026, 5, 1))
    changes = compare(warehouse, KpiQuery(kpis=tuple(KPIS), since=april[0], until=april[1], compare="previous"))
    expected = meant(last(rows, month), lambda r: (month(r),))
    assert [(c.kpi, c.before.n, c.after.n) for c in changes] == [
        (key, len(expected[key, 202603]), len(expected[key, 202604])) for key in KPIS
    ]
    for since, until in (MARCH, april):
        found = counted(warehouse, KpiQuery(kpis=tuple(KPIS), since=since, until=until))
        for key in KPIS:
            own = expected[key, since.year * 100 + since.month]
            assert found[key,][2] == len({r["customer_id"] for r in own})
