"""What an organisation sets once: time zone, opening hours, holidays, smallest groups, targets.

Kept as `peil.toml` beside the warehouse, for people to edit. A change of time zone, hours or targets takes effect
on what is loaded after it; `rebuild` applies it to everything.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from peil.core.errors import BadQuery, UserError, did_you_mean
from peil.core.kpis import get

FILE_NAME = "peil.toml"
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
Hours: TypeAlias = tuple[tuple[int, int], ...]  # (from, to) in minutes of the day, to <= 1440
OFFICE: Hours = ((9 * 60, 17 * 60),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """One organisation's settings; hashable, so that calendars made from them can be kept."""

    time_zone: str = "Europe/Amsterdam"
    opening: tuple[Hours, ...] = (OFFICE,) * 5 + ((), ())  # Monday first
    holidays_country: str | None = "NL"
    holidays_add: tuple[date, ...] = ()
    holidays_remove: tuple[date, ...] = ()
    min_answers: int = 10
    min_people: int = 10
    per_person: bool = False  # figures per employee, once the works council agreed
    service_level_seconds: float = 20.0
    targets: tuple[tuple[str, float], ...] = ()  # channel, seconds to the first response
    organisation: str = ""
    kpi_targets: tuple[tuple[str, float], ...] = ()  # KPI key, the value aimed at


def read_settings(path: Path) -> Settings:
    """The settings in the TOML file at `path`; the defaults when there is no such file."""
    if not path.exists():
        return Settings()
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UserError(f"{path.name} is not valid TOML: {error}.", "Mend that line.") from None
    return _parse(raw, path.name)


def write_settings(settings: Settings, path: Path) -> None:
    """Write `settings` to `path` so that `read_settings` gives the same."""
    holidays = settings.holidays_country
    lines = [
        f"organisation = {json.dumps(settings.organisation, ensure_ascii=False)}",
        f'time_zone = "{settings.time_zone}"',
        f"min_answers = {settings.min_answers}",
        f"min_people = {settings.min_people}",
        f"per_person = {str(settings.per_person).lower()}",
        f"service_level_seconds = {settings.service_level_seconds!r}",
        "",
        "[opening]",
        *(f"{day} = [{_spans(hours)}]" for day, hours in zip(WEEKDAYS, settings.opening, strict=True)),
        "",
        "[holidays]",
        f'country = "{holidays or "none"}"',
        f"add = [{', '.join(map(str, settings.holidays_add))}]",
        f"remove = [{', '.join(map(str, settings.holidays_remove))}]",
        "",
        "[targets]  # seconds to the first response, per channel",
        *(f'"{channel}" = {seconds!r}' for channel, seconds in settings.targets),
        "",
        "[kpi_targets]  # the value aimed at, per KPI",
        *(f"{key} = {value!r}" for key, value in settings.kpi_targets),
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _spans(hours: Hours) -> str:
    return ", ".join(f'"{a // 60:02d}:{a % 60:02d}-{b // 60:02d}:{b % 60:02d}"' for a, b in hours)


def _parse(raw: Mapping[str, Any], file: str) -> Settings:
    plain = {f.name for f in fields(Settings)} - {"opening", "targets", "kpi_targets"}
    plain = {name for name in plain if not name.startswith("holidays_")}
    _known(raw, plain | {"opening", "holidays", "targets", "kpi_targets"}, file, "setting")
    found: dict[str, Any] = {name: _plain(name, raw[name], file) for name in plain & set(raw)}
    if "opening" in raw:
        _known(raw["opening"], set(WEEKDAYS), file, "day")
        found["opening"] = tuple(_hours(raw["opening"].get(day, []), day, file) for day in WEEKDAYS)
    if "holidays" in raw:
        found |= _holidays(raw["holidays"], file)
    if "targets" in raw:
        found["targets"] = tuple(
            (channel, _plain(f"targets.{channel}", seconds, file)) for channel, seconds in raw["targets"].items()
        )
    if "kpi_targets" in raw:
        found["kpi_targets"] = tuple((key, _aim(key, value, file)) for key, value in raw["kpi_targets"].items())
    return Settings(**found)


def _aim(key: str, value: Any, file: str) -> float:
    """A target may be below zero: a gap, an NPS."""
    try:
        get(key)
    except BadQuery as unknown:
        raise UserError(f"{file}: kpi_targets has '{key}', which is no KPI.", unknown.remedy) from None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise UserError(f"{file}: kpi_targets.{key} = {value!r} is not a number.", "Give a plain number.")
    return float(value)


def _known(given: Mapping[str, Any], allowed: set[str], file: str, what: str) -> None:
    for word in given:
        if word not in allowed:
            raise UserError(f"{file}: there is no {what} '{word}'.", did_you_mean(word, allowed))


def _plain(name: str, value: Any, file: str) -> Any:
    if name == "time_zone":
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, TypeError, OSError):
            raise UserError(f"{file}: '{value}' is no time zone.", 'Give one such as "Europe/Amsterdam".') from None
        return value
    if name == "organisation":
        if not isinstance(value, str):
            raise UserError(f"{file}: organisation = {value!r} is no text.", 'Write organisation = "Our company".')
        return value
    if name == "per_person":
        if not isinstance(value, bool):
            raise UserError(f"{file}: per_person = {value!r} is neither true nor false.", "Write per_person = true.")
        return value
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
        raise UserError(f"{file}: {name} = {value!r} is not a number of 0 or more.", "Give a plain number.")
    return int(value) if name.startswith("min_") else float(value)


def _hours(spans: Any, day: str, file: str) -> Hours:
    hours = []
    for span in [spans] if isinstance(spans, str) else spans:
        found = re.fullmatch(r"(\d\d):([0-5]\d)-(\d\d):([0-5]\d)", str(span))
        a, b, c, d = (int(x) for x in found.groups()) if found else (0, 0, 0, 0)
        if not found or not 60 * a + b < 60 * c + d <= 1440:
            raise UserError(f"{file}: {day} has '{span}', which is no time span.", 'Write it as "09:00-17:30".')
        hours.append((60 * a + b, 60 * c + d))
    hours.sort()
    if any(first[1] > second[0] for first, second in pairwise(hours)):
        raise UserError(f"{file}: the opening hours of {day} overlap.", "Join the spans that overlap.")
    return tuple(hours)


def _holidays(raw: Mapping[str, Any], file: str) -> dict[str, Any]:
    _known(raw, {"country", "add", "remove"}, file, "entry of holidays")
    country = raw.get("country", "NL")
    found: dict[str, Any] = {"holidays_country": None if country in ("", "none") else country}
    for name in ("add", "remove"):
        days = raw.get(name, [])
        if not all(isinstance(d, date) for d in days):
            raise UserError(f"{file}: holidays.{name} holds something that is no date.", f"{name} = [2026-12-24]")
        found[f"holidays_{name}"] = tuple(days)
    return found
