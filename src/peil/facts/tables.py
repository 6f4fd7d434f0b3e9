"""Values out of the tables of a mapping file: each of the kind it must be, or a mistake named with its place."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping as MappingOf
from typing import Any

from peil.core.errors import BadMapping, did_you_mean

ASK = "ask"


def at(place: str, word: str) -> str:
    return f"{place}.{word}" if place else word


def refuse_unknown(raw: MappingOf[str, Any], allowed: Iterable[str], place: str) -> None:
    """An entry that means nothing is a mistake, never ignored."""
    words = tuple(allowed)
    for word, value in raw.items():
        if word not in words:
            raise BadMapping(f"'{at(place, word)}' means nothing here.", did_you_mean(word, words))
        if value == ASK:
            raise BadMapping(
                f"'{at(place, word)}' is still to be answered.", "The comment beside it says what to choose."
            )


def table_of(raw: MappingOf[str, Any], word: str, place: str) -> dict[str, Any]:
    value = raw.get(word, {})
    if not isinstance(value, dict):
        raise BadMapping(f"'{at(place, word)}' is not a table.", f"Write [{at(place, word)}] with entries below it.")
    return value


def text_of(raw: MappingOf[str, Any], word: str, place: str) -> str | None:
    value = raw.get(word)
    if value is not None and not isinstance(value, str):
        raise BadMapping(f"'{at(place, word)}' is {value!r}, which is not a text.", "Put it between quotes.")
    return value


def number_of(raw: MappingOf[str, Any], word: str, place: str) -> float | None:
    value = raw.get(word)
    if value is not None and (isinstance(value, bool) or not isinstance(value, int | float)):
        raise BadMapping(f"'{at(place, word)}' is {value!r}, which is not a number.", f"Write it as {word} = 3.")
    return value


def list_of(raw: MappingOf[str, Any], word: str, place: str) -> tuple[Any, ...]:
    value = raw.get(word, [])
    if not isinstance(value, list):
        raise BadMapping(f"'{at(place, word)}' is {value!r}, which is not a list.", f"Write it as {word} = [...].")
    return tuple(value)


def choice_of(raw: MappingOf[str, Any], word: str, allowed: Iterable[str], place: str) -> str | None:
    """A text out of a few."""
    value = text_of(raw, word, place)
    if value is not None and value not in allowed:
        raise BadMapping(f"'{at(place, word)}' can't be '{value}'.", did_you_mean(value, allowed))
    return value


def dates_of(raw: MappingOf[str, Any], place: str) -> str | None:
    value = text_of(raw, "dates", place)
    if value is not None and value not in ("day-month", "month-day", "iso", "excel") and "%" not in value:
        allowed = ("day-month", "month-day", "iso", "excel", "%d-%m-%Y")
        raise BadMapping(f"'{at(place, 'dates')}' can't be '{value}'.", did_you_mean(value, allowed))
    return value


def zone_of(raw: MappingOf[str, Any], place: str) -> str | None:
    from zoneinfo import available_timezones

    value = text_of(raw, "time_zone", place)
    if value is not None and value not in available_timezones():
        raise BadMapping(
            f"'{at(place, 'time_zone')}' is '{value}', which is no time zone.", 'Write it as "Europe/Amsterdam".'
        )
    return value
