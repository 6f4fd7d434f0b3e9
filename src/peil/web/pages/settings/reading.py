"""The form as it was filled in: settings, or what to mend at which field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from zoneinfo import ZoneInfo

from peil.core.kpi import Kpi
from peil.core.kpis import BY_KEY
from peil.report.words import Language, say
from peil.report.words.numbers import number
from peil.warehouse.settings import WEEKDAYS, Hours, Settings
from peil.web.pages.settings.fields import (
    KPI_TARGET,
    NEW_KPI,
    NEW_VALUE,
    NO_COUNTRY,
    TARGET,
    countries,
)
from peil.web.pages.settings.writing import read_days, read_hours, read_length, read_number

FEWEST, MOST = 5, 1000  # of the smallest group: a works council may agree on five, not on fewer
MOST_NAME = 200


@dataclass(slots=True)
class Reading:
    """Reads the texts of the form one by one; what is wrong is kept by field."""

    texts: Mapping[str, str]
    was: Settings
    language: Language
    errors: dict[str, str] = field(default_factory=dict)

    def settings(self) -> Settings:
        """The settings that are asked for; only to be used where there are no errors."""
        return replace(
            self.was,
            organisation=self._organisation(),
            min_answers=self._least("min_answers", self.was.min_answers),
            min_people=self._least("min_people", self.was.min_people),
            service_level_seconds=self._length("service_level") or self.was.service_level_seconds,
            targets=tuple((c, s) for c in self._named(TARGET) if (s := self._target(c)) is not None),
            opening=tuple(self._hours(d) for d in WEEKDAYS),
            time_zone=self._zone(),
            holidays_country=self._country(),
            holidays_add=self._days("holidays_add"),
            holidays_remove=self._days("holidays_remove"),
            kpi_targets=self._aims(),
        )

    def _text(self, name: str) -> str:
        return self.texts.get(name, "").strip()

    def _named(self, start: str) -> list[str]:
        return [name.removeprefix(start) for name in self.texts if name.startswith(start)]

    def _wrong(self, name: str, key: str, *values: object) -> None:
        self.errors[name] = say(f"setting_wrong_{key}", self.language, *values)

    def _organisation(self) -> str:
        text = self._text("organisation")
        if len(text) > MOST_NAME or not text.isprintable():
            self._wrong("organisation", "name", MOST_NAME)
        return text

    def _least(self, name: str, was: int) -> int:
        """A number as it stands in the file is left alone, be it smaller than one may choose here."""
        text = self._text(name)
        given = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else -1
        if given != was and not FEWEST <= given <= MOST:
            self._wrong(name, "least", FEWEST, number(MOST, 0, self.language))
        return given

    def _length(self, name: str) -> float | None:
        seconds = read_length(self._text(name))
        if seconds is None:
            self._wrong(name, "length")
        return seconds

    def _target(self, channel: str) -> float | None:
        return self._length(TARGET + channel) if self._text(TARGET + channel) else None

    def _hours(self, weekday: str) -> Hours:
        hours = read_hours(self._text(weekday))
        if hours is None:
            self._wrong(weekday, "hours")
        return hours or ()

    def _zone(self) -> str:
        name = self._text("time_zone")
        try:
            ZoneInfo(name)
        except (ValueError, OSError, KeyError):
            self._wrong("time_zone", "zone")
        return name

    def _country(self) -> str | None:
        code = self._text("holidays_country")
        if code != (self.was.holidays_country or NO_COUNTRY) and code not in dict(countries(self.language)):
            self._wrong("holidays_country", "country")
        return None if code == NO_COUNTRY else code

    def _days(self, name: str) -> tuple[date, ...]:
        found = read_days(self.texts.get(name, ""))
        if isinstance(found, str):
            self._wrong(name, "day", found[:40])
            return ()
        return found

    def _aims(self) -> tuple[tuple[str, float], ...]:
        found = {
            key: self._aim(KPI_TARGET + key, key) for key in self._named(KPI_TARGET) if self._text(KPI_TARGET + key)
        }
        new = self._text(NEW_KPI)
        if new:
            found[new] = self._aim(NEW_VALUE, new)
        elif self._text(NEW_VALUE):
            self._wrong(NEW_KPI, "kpi")
        return tuple((key, value) for key, value in found.items() if value is not None)

    def _aim(self, name: str, key: str) -> float | None:
        kpi, value = BY_KEY.get(key), read_number(self._text(name))
        if kpi is None:
            self._wrong(NEW_KPI, "kpi")
        elif value is None:
            self._wrong(name, "number")
        elif not within(kpi, value):
            low, high = bounds(kpi)
            self._wrong(name, "range", *(number(x or 0, 0, self.language) for x in (low, high)))
        return value


def bounds(kpi: Kpi) -> tuple[float | None, float | None]:
    """Between which values a KPI can be."""
    return {"percent": (0.0, 100.0), "points": (-100.0, 100.0)}.get(kpi.unit, kpi.bounds or (None, None))


def within(kpi: Kpi, value: float) -> bool:
    low, high = bounds(kpi)
    return (low is None or value >= low) and (high is None or value <= high)
