"""The page of columns: what each is, what it becomes, how it is read, what is asked about it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from peil.facts.drafting.profile import Profile, Sample
from peil.facts.questions import CHOICE_KINDS, OPEN_KINDS
from peil.facts.schema import FACTS
from peil.facts.tables import ASK
from peil.report.words import Language, say
from peil.report.words.app.told import note_told
from peil.report.words.figures import count
from peil.report.words.rejects import rejection
from peil.report.words.terms import FACTS as FACT_NAMES
from peil.report.words.terms import pick
from peil.web.pages.data.upload.choices import Choice, Group, target_in_words, targets, values_of, ways, worded
from peil.web.pages.data.upload.preview import SHOWN, Doubt, Preview
from peil.web.pages.data.upload.raw import Raw, column_of
from peil.web.pages.data.upload.rows import Row

_NOT_OFFERED = ("customer_keys",)
_USUAL = ("answers", "interactions", "memberships")


@dataclass(frozen=True, slots=True)
class Field:
    """One choice or text of a row; `error` says what to do."""

    name: str
    label: str
    choices: tuple[Choice, ...] = ()
    value: str = ""
    hint: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """One column of the file and one thing that it becomes."""

    number: int
    column: str
    title: str
    first: bool  # the first thing that this column becomes
    of: str  # the kind of data that it becomes part of, where the mapping has several
    to: tuple[Group, ...]
    to_error: str
    fields: tuple[Field, ...]
    words: tuple[Field, ...]
    in_file: tuple[str, ...]
    read_as: tuple[str, ...]
    warnings: tuple[str, ...]
    why: str
    ask: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the rows of the page are made of."""

    sample: Sample
    profiles: Mapping[str, Profile]
    seen: Preview
    draft: str
    language: Language
    errors: Mapping[str, str]
    sent: Mapping[str, str]
    several: bool = False  # the mapping makes more than one kind of data


def column_rows(rows: Sequence[Row], sheet: Sheet, offered: Sequence[str]) -> list[ColumnRow]:
    whys = reasons(sheet.draft)
    done: set[str] = set()
    found = []
    for number, row in enumerate(rows):
        found.append(_row(number, row, sheet, (offered, whys, row.column not in done)))
        done.add(row.column)
    return found


def _row(
    number: int, row: Row, sheet: Sheet, context: tuple[Sequence[str], Mapping[tuple[str, str], str], bool]
) -> ColumnRow:
    offered, whys, first = context
    language = sheet.language
    error = sheet.errors.get(f"to-{number}", "")
    chosen = sheet.sent.get(f"to-{number}", row.target) if error else row.target
    word = row.target.partition(".")[2] or ("question" if row.target.startswith("question:") else "")
    why = whys.get((row.column, word), "")
    return ColumnRow(
        number=number,
        column=row.column,
        title=sheet.sample.titles.get(row.column, "")[:200],
        first=first,
        of=_of(row, sheet),
        to=tuple(targets(offered, chosen, language)),
        to_error=error_said(error, language),
        fields=tuple(_fields(number, row, sheet)),
        words=tuple(_words(number, row, sheet)),
        in_file=_in_file(sheet.sample, row.column),
        read_as=sheet.seen.values.get(row.path, ()) if row.path else (),
        warnings=tuple(_warned(w, sheet) for w in sheet.seen.warnings.get(row.column, ())) if first else (),
        why=note_told(why, language) if why else "",
        ask=_ask(row, language),
    )


def _of(row: Row, sheet: Sheet) -> str:
    if row.path is None or not sheet.several:
        return ""
    return say("part_of", sheet.language, pick(FACT_NAMES[str(row.path[0])], sheet.language))


def _fields(number: int, row: Row, sheet: Sheet) -> list[Field]:
    language = sheet.language

    def error(name: str) -> str:
        return error_said(sheet.errors.get(f"{name}-{number}", ""), language)

    found = [
        Field(f"{way}-{number}", say(f"way_{way}", language), choices, error=error(way))
        for way, choices in ways(row.target, dict(row.entry), language)
    ]
    kind = row.target.removeprefix("question:")
    if not row.target.startswith("question:") or kind in OPEN_KINDS | CHOICE_KINDS:
        return found
    scale = row.entry.get("scale")
    low, high = (str(scale[0]), str(scale[1])) if isinstance(scale, list) and len(scale) == 2 else ("", "")
    if scale is not None or kind == ASK:
        wrong = error("low")
        low, high = (sheet.sent.get(f"{n}-{number}", v) if wrong else v for n, v in (("low", low), ("high", high)))
        found.append(Field(f"low-{number}", say("scale_low", language), value=low, error=wrong))
        found.append(Field(f"high-{number}", say("scale_high", language), value=high))
    missing = row.entry.get("missing", [])
    codes = ", ".join(str(c) for c in missing) if isinstance(missing, list) else ""
    hint = say("missing_codes_hint", language)
    found.append(Field(f"missing-{number}", say("missing_codes", language), value=codes, hint=hint))
    about = {True: "brand", False: "contact"}.get(row.entry.get("relationship"), "contact")  # type: ignore[arg-type]
    both = tuple(
        Choice(v, say(f"asked_about_{'' if v == 'contact' else v}", language), v == about) for v in ("contact", "brand")
    )
    found.append(Field(f"about-{number}", say("asked_about", language), both))
    return found


def _words(number: int, row: Row, sheet: Sheet) -> list[Field]:
    entry = dict(row.entry)
    found = []
    for n, word in enumerate(worded(row.target, entry, sheet.profiles.get(row.column))):
        wrong = error_said(sheet.errors.get(f"word{n}-{number}", ""), sheet.language)
        choices = values_of(row.target, word, entry, sheet.language)
        found.append(Field(f"word{n}-{number}", word, choices, error=wrong))
    return found


def _in_file(sample: Sample, column: str) -> tuple[str, ...]:
    values = sample.rows.column(column).slice(0, SHOWN).to_pylist()
    return tuple("–" if v is None or not v.strip() else v if len(v) <= 40 else f"{v[:40]}…" for v in values)


def _warned(w: Doubt, sheet: Sheet) -> str:
    reason, remedy = rejection(w.reason, w.remedy, sheet.language)
    rows = len(sheet.sample.rows)
    numbers = count(w.count, sheet.language), count(rows, sheet.language)
    row = "?" if w.row is None else count(w.row, sheet.language)
    return f"{say('warned', sheet.language, *numbers, reason, w.value, row)} {remedy}".strip()


def error_said(error: str, language: Language) -> str:
    """A key of the catalogue, and what is filled in there after a colon."""
    key, _, value = error.partition(":")
    return say(key, language, value) if key else ""


def _ask(row: Row, language: Language) -> str:
    """What has to be answered about it, as a question."""
    if not row.asked:
        return ""
    if row.target == f"question:{ASK}":
        return say("ask_kind", language)
    asked = next((word for word, value in row.entry.items() if value == ASK), "")
    if asked in ("dates", "unit", "decimal", "scale"):
        return say(f"ask_{asked}", language)
    return say("ask_labels" if "labels" in row.entry else "ask_other", language)


def offered_facts(raw: Raw, more: Sequence[str]) -> list[str]:
    """The facts whose columns can be chosen: those of the mapping, those asked for, and the usual ones."""
    wanted = {f for f in FACTS if f in raw} | set(more) or set(_USUAL)
    wanted |= {"answers", "interactions"} if len(wanted) < 2 else set()
    return [f for f in FACTS if f in wanted and f not in _NOT_OFFERED]


def reasons(draft: str) -> dict[tuple[str, str], str]:
    """Why the draft gave a column its place, by column and by what it becomes ('question' for all questions)."""
    found: dict[tuple[str, str], str] = {}
    of_question = ""
    for line in draft.splitlines():
        if heading := re.match(r"\[\[answers\.questions\]\](?:  # (.*))?$", line):
            of_question = heading[1] or ""
        elif line.startswith("["):
            of_question = ""
        elif of_question and line.startswith("column = "):
            found[_column(line), "question"] = of_question
        elif not of_question and (entry := re.match(r"(\w+) = (.+?)  # (.+)$", line)) and entry[1] != "source":
            found[_column(f"column = {entry[2]}"), entry[1]] = entry[3]
    return found


def _column(line: str) -> str:
    try:
        entry: Any = tomllib.loads(line)["column"]
    except (tomllib.TOMLDecodeError, KeyError):
        return ""
    return column_of(entry)


def in_words(target: str, language: Language) -> str:
    return target_in_words(target, language)
