"""Numbers and dates come back as they were written, in every dialect, or they are asked; never another one."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peil.facts.reading.dates import order_of, read_dates
from peil.facts.reading.numbers import decimal_of, read_numbers
from peil.facts.reading.zones import _to_utc, to_local, to_utc

DECIMALS = st.decimals(min_value=-(10**9), max_value=10**9, places=3, allow_nan=False, allow_infinity=False)
DAYS = st.dates(min_value=date(1950, 1, 1), max_value=date(2060, 12, 31))


def written(number: Decimal, places: int, point: str, group: str) -> str:
    plain = f"{number:,.{places}f}"
    return plain.replace(",", "\0").replace(".", point).replace("\0", group)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(DECIMALS, st.integers(0, 3)), min_size=1, max_size=20),
    st.sampled_from([(".", ","), (",", "."), (".", ""), (",", ""), (",", " "), (".", "'"), (",", "\u00a0")]),
    st.booleans(),
)
def test_number_comes_back_or_is_asked(
    numbers: list[tuple[Decimal, int]], dialect: tuple[str, str], stated: bool
) -> None:
    point, group = dialect
    texts = pa.array([written(n, places, point, group) for n, places in numbers])
    meant = [float(f"{n:.{places}f}") for n, places in numbers]
    decimal = point if stated else decimal_of(texts)
    if decimal not in (None, point):
        # nothing but a group of three in every text: 1.234 beside 0 proves nothing, 1.234.567 proves a comma
        pytest.fail(f"{texts.to_pylist()} proved {decimal}")
    found = read_numbers(texts, decimal)
    assert not found.bad.any()
    if stated:
        assert not found.double.any()
    for text, value, right, asked in zip(texts.to_pylist(), found.values, meant, found.double, strict=True):
        assert asked or value == pytest.approx(right, rel=1e-15), text


@pytest.mark.parametrize(
    "text", ["nan", "inf", "1e999", "1,23,456", "0x10", "1_000", "٣", "5.", "--5", "1.2.3", "½", "10%", "1 2"]
)
@pytest.mark.parametrize("decimal", [None, ".", ","])
def test_what_is_no_number_is_none(text: str, decimal: str | None) -> None:
    found = read_numbers(pa.array([text]), decimal)
    assert found.bad[0]
    assert np.isnan(found.values[0])


@pytest.mark.parametrize(
    ("text", "decimal", "value"),
    [
        ("1.234,50", None, 1234.5), ("1,234.50", None, 1234.5), ("7,5", None, 7.5), ("0.345", None, 0.345),
        ("1.234", ".", 1.234), ("1.234", ",", 1234.0), ("€ 1.200,00", ",", 1200.0), ("−5", None, -5.0), ("+3", ".", 3.0),
        ("1e3", ".", 1000.0), (".5", None, 0.5), ("1234567", ",", 1234567.0), ("1'234.5", ".", 1234.5),
    ],
)  # fmt: skip
def test_number_is_read(text: str, decimal: str | None, value: float) -> None:
    assert read_numbers(pa.array([text]), decimal).values.tolist() == [value]


FORMS = {
    "%Y-%m-%d": None, "%Y/%m/%d": None, "%d-%m-%Y": "day-month", "%d/%m/%Y": "day-month", "%d.%m.%Y": "day-month",
    "%m/%d/%Y": "month-day", "%m-%d-%Y": "month-day", "%d %B %Y": None, "%b %d, %Y": None,
}  # fmt: skip
CLOCKS = ("", " %H:%M", " %H:%M:%S", "T%H:%M:%S", " %I:%M %p")


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.datetimes(datetime(1950, 1, 1), datetime(2060, 12, 31)), min_size=1, max_size=20),
    st.sampled_from(sorted(FORMS)),
    st.sampled_from(CLOCKS),
    st.sampled_from(["stated", "format", "found"]),
)
def test_date_comes_back_or_is_asked(moments: list[datetime], form: str, clock: str, known: str) -> None:
    texts = pa.array([m.strftime(form + clock) for m in moments])
    order = {"stated": FORMS[form], "format": form, "found": order_of(texts)}[known]
    if known == "found":
        assert order in (None, FORMS[form])
    found = read_dates(texts, order, stated=known != "found")
    assert not found.bad.any(), texts.to_pylist()
    for text, moment, value, asked in zip(texts.to_pylist(), moments, found.moments, found.double, strict=True):
        right = datetime.strptime(moment.strftime(form + clock), form + clock)
        assert (asked and known == "found") or value.astype(datetime) == right, text


@settings(max_examples=100, deadline=None)
@given(st.lists(DAYS, min_size=1, max_size=10), st.integers(-12, 14))
def test_offset_is_kept(days: list[date], hours: int) -> None:
    texts = pa.array([f"{d.isoformat()}T12:00:00{hours:+03}:00" for d in days])
    found = read_dates(texts, None, stated=False)
    assert (found.offset == hours * 60).all()
    assert not found.no_offset.any()


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-30",
        "31-04-2026",
        "2026-13-01",
        "2026-01-01 24:00",
        "00-01-2026",
        "2026-1-1-1",
        "13:00",
        "1-2",
        "2026",
        "44197",
    ],
)
def test_what_is_no_date_is_none(text: str) -> None:
    for order in (None, "day-month", "month-day", "iso"):
        found = read_dates(pa.array([text]), order, stated=True)
        assert found.bad[0]
        assert np.isnat(found.moments[0])


def test_leap_days_and_halves_of_a_day() -> None:
    texts = pa.array(["02/29/2024 12:05 AM", "02/29/2024 12:05 PM", "02/29/2024 1:05 pm"])
    found = read_dates(texts, "month-day", stated=True)
    assert [str(m)[11:16] for m in found.moments] == ["00:05", "12:05", "13:05"]


def test_days_of_excel() -> None:
    found = read_dates(pa.array(["44197", "44197.5", "x"]), "excel", stated=True)
    assert [str(m)[:16] for m in found.moments] == ["2021-01-01T00:00", "2021-01-01T12:00", "NaT"]


@pytest.mark.parametrize(
    "zone", ["Europe/Amsterdam", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"]
)
def test_table_of_a_zone_agrees_with_the_clock_itself(zone: str) -> None:
    rng = np.random.default_rng(5)
    local = np.datetime64("2024-01-01", "us") + rng.integers(0, 3 * 365 * 86_400, 20_000).astype("m8[s]")
    utc, gap = to_utc(local, zone)
    right, right_gap = _to_utc(local, zone)
    assert (gap == right_gap).all()
    assert (utc[~gap] == right[~gap]).all()
    assert (to_local(utc[~gap], zone) == local[~gap]).all()


def test_fixed_form_agrees_with_patterns() -> None:
    start = datetime(2023, 12, 30, 22, 58, 57)
    moments = [start + timedelta(seconds=9973 * i) for i in range(5000)]
    for form, order in (("%Y-%m-%d %H:%M:%S", None), ("%d-%m-%Y %H:%M", "day-month"), ("%m/%d/%Y", "month-day")):
        texts = [m.strftime(form) for m in moments]
        fixed = read_dates(pa.array(texts), order, stated=True).moments
        mixed = read_dates(pa.array([*texts, "1 jan 2026 1:00"]), order, stated=True).moments[:-1]
        assert (fixed == mixed).all()
