"""Every setting as a field of the form: its name, what it says now, what holds without it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal, TypeAlias
from zoneinfo import available_timezones

from babel import Locale

from peil.core.kpis import BY_KEY
from peil.report.words import Language, say
from peil.report.words.terms import kpi_name, value_name
from peil.warehouse.settings import WEEKDAYS, Settings
from peil.web.pages.settings.writing import days_text, hours_text, length_text, number_text

Kind: TypeAlias = Literal["text", "select", "area"]
NO_COUNTRY = "none"
TARGET, KPI_TARGET, NEW_KPI, NEW_VALUE = "target.", "kpi.", "new_kpi", "new_kpi_value"
USUAL = Settings()


@dataclass(frozen=True, slots=True)
class Field:
    """One field; `usual` is what holds where nothing is set, '' where that is nothing."""

    name: str
    label: str
    value: str
    usual: str = ""
    hint: str = ""
    kind: Kind = "text"
    choices: tuple[tuple[str, str], ...] = ()
    options: str = ""  # id of the list that is offered beside typing
    numeric: bool = False
    error: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Fields that belong together; `anew` tells that the figures are worked out anew when one changes."""

    name: str
    fields: tuple[Field, ...]
    anew: bool = False


def texts_of(settings: Settings, channels: list[str], language: Language) -> dict[str, str]:
    """Every field by name with what it says for these settings."""
    found = {
        "organisation": settings.organisation,
        "min_answers": str(settings.min_answers),
        "min_people": str(settings.min_people),
        "time_zone": settings.time_zone,
        "holidays_country": settings.holidays_country or NO_COUNTRY,
        "holidays_add": days_text(settings.holidays_add, language),
        "holidays_remove": days_text(settings.holidays_remove, language),
        "service_level": length_text(settings.service_level_seconds, language),
    }
    found |= {d: hours_text(h, language) for d, h in zip(WEEKDAYS, settings.opening, strict=True)}
    targets = dict(settings.targets)
    found |= {TARGET + c: length_text(targets[c], language) if c in targets else "" for c in channels}
    return found | {KPI_TARGET + k: number_text(v, language) for k, v in settings.kpi_targets}


@dataclass(frozen=True, slots=True)
class _Form:
    """What fields are made from."""

    texts: Mapping[str, str]
    errors: Mapping[str, str]
    language: Language

    def field(self, name: str, label: str = "", *, numeric: bool = False) -> Field:
        usual = texts_of(USUAL, [], self.language).get(name, "")
        hint = "" if label else say(f"setting_{name}_hint", self.language)
        label = label or say(f"setting_{name}", self.language)
        value, error = self.texts.get(name, ""), self.errors.get(name, "")
        return Field(name, label, value, usual, hint, numeric=numeric, error=error)

    def named(self, start: str) -> list[str]:
        """The fields of which the name starts so, in the order of the texts."""
        return [name for name in self.texts if name.startswith(start)]


def sections(texts: Mapping[str, str], errors: Mapping[str, str], language: Language) -> tuple[Section, ...]:
    """The form with these texts in it."""
    form = _Form(texts, errors, language)
    week = tuple(form.field(d, say(f"setting_{d}", language)) for d in WEEKDAYS)
    targets = tuple(form.field(n, label_of(n, language)) for n in form.named(TARGET))
    aims = tuple(form.field(n, label_of(n, language), numeric=True) for n in form.named(KPI_TARGET))
    kpis = (("", say("choose", language)), *sorted(((k, kpi_name(k, language)) for k in BY_KEY), key=_by_name))
    new = (replace(form.field(NEW_KPI), kind="select", choices=kpis), form.field(NEW_VALUE, numeric=True))
    return (
        Section("organisation", (form.field("organisation"),)),
        Section("smallest", tuple(form.field(n, numeric=True) for n in ("min_answers", "min_people"))),
        Section("service", (form.field("service_level"), *targets), True),
        Section("hours", week, True),
        Section("calendar", _calendar(form), True),
        Section("kpi_targets", (*aims, *new)),
    )


def label_of(name: str, language: Language) -> str:
    """What a field is called."""
    if name.startswith(TARGET):
        return say("setting_target", language, value_name("channel", name.removeprefix(TARGET), language))
    if name.startswith(KPI_TARGET):
        return kpi_name(name.removeprefix(KPI_TARGET), language)
    return say(f"setting_{name}", language)


def _calendar(form: _Form) -> tuple[Field, ...]:
    usual = country_name(USUAL.holidays_country or NO_COUNTRY, form.language)
    return (
        replace(form.field("time_zone"), options="zones"),
        replace(form.field("holidays_country"), kind="select", choices=countries(form.language), usual=usual),
        replace(form.field("holidays_add"), kind="area"),
        replace(form.field("holidays_remove"), kind="area"),
    )


def zones() -> list[str]:
    """Time zones to choose from while typing; every other one may be typed."""
    dutch = {"America/Aruba", "America/Curacao", "America/Kralendijk", "America/Lower_Princes", "America/Paramaribo"}
    return sorted(z for z in available_timezones() if z.startswith("Europe/") or z in dutch)


@cache
def countries(language: Language) -> tuple[tuple[str, str], ...]:
    """Countries whose public holidays are known, by name."""
    import holidays

    known = [(c, country_name(c, language)) for c in holidays.list_supported_countries() if len(c) == 2]
    return ((NO_COUNTRY, say("setting_no_country", language)), *sorted(known, key=_by_name))


def country_name(code: str, language: Language) -> str:
    return str(Locale(language).territories.get(code, code))


def _by_name(pair: tuple[str, str]) -> str:
    return pair[1].casefold()
