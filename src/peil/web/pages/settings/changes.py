"""What a change of the settings comes to: in words for whoever looks at it, and as values of the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from peil.report.words import Language, say
from peil.warehouse.settings import WEEKDAYS, Hours, Settings
from peil.web.pages.settings.fields import NO_COUNTRY, country_name, label_of, texts_of
from peil.web.pages.settings.toml import Path

_AT_LOADING = ("time_zone", "opening", "holidays_country", "holidays_add", "holidays_remove", "targets",
               "service_level_seconds")  # fmt: skip
_PLAIN = ("organisation", "time_zone", "min_answers", "min_people", "service_level_seconds")


@dataclass(frozen=True, slots=True)
class Change:
    """One setting that changes, in words."""

    name: str
    label: str
    before: str
    after: str


def changes(was: Settings, new: Settings, language: Language) -> list[Change]:
    """What changes, setting by setting."""
    channels = sorted({c for s in (was, new) for c, _ in s.targets})
    before, after = (texts_of(s, channels, language) for s in (was, new))
    nothing = say("setting_nothing", language)
    found = []
    for name in dict.fromkeys((*before, *after)):
        a, b = before.get(name, ""), after.get(name, "")
        if a != b:
            shown = [_shown(name, text, language) or nothing for text in (a, b)]
            found.append(Change(name, label_of(name, language), *shown))
    return found


def needs_rebuild(was: Settings, new: Settings) -> bool:
    """Whether rows that were loaded before have to be looked at again."""
    return any(_comparable(was, name) != _comparable(new, name) for name in _AT_LOADING)


def same(a: Settings, b: Settings) -> bool:
    """Whether they say the same, in whatever order."""
    return all(_comparable(a, name) == _comparable(b, name) for name in Settings.__slots__)


def values(was: Settings, new: Settings, raw: Mapping[str, Any]) -> dict[Path, Any]:
    """What to write in the file where only `raw` stands now; None takes a line out."""
    found: dict[Path, Any] = {(n,): getattr(new, n) for n in _PLAIN if getattr(new, n) != getattr(was, n)}
    if new.opening != was.opening:
        found |= _opening(new, raw.get("opening", {}))
    if new.holidays_country != was.holidays_country:
        found["holidays", "country"] = new.holidays_country or NO_COUNTRY
    for name in ("add", "remove"):
        days: tuple[date, ...] = getattr(new, f"holidays_{name}")
        if days != getattr(was, f"holidays_{name}"):
            found["holidays", name] = list(days)
    for table in ("targets", "kpi_targets"):
        old, now = dict(getattr(was, table)), dict(getattr(new, table))
        found |= {(table, key): value for key, value in now.items() if old.get(key) != value}
        found |= {(table, key): None for key in old if key not in now}
    return found


def _opening(new: Settings, raw: Mapping[str, Any]) -> dict[Path, Any]:
    """Once a day is named, a day left out is closed: so every day that is open is named."""
    week = {day: _spans(hours) for day, hours in zip(WEEKDAYS, new.opening, strict=True)}
    return {("opening", day): spans for day, spans in week.items() if raw.get(day, []) != spans}


def _spans(hours: Hours) -> list[str]:
    return [f"{a // 60:02d}:{a % 60:02d}-{b // 60:02d}:{b % 60:02d}" for a, b in hours]


def _shown(name: str, text: str, language: Language) -> str:
    if name == "holidays_country":
        return say("setting_no_country", language) if text == NO_COUNTRY else country_name(text, language)
    return text.replace("\n", ", ")


def _comparable(settings: Settings, name: str) -> object:
    value = getattr(settings, name)
    return dict(value) if name in ("targets", "kpi_targets") else value
