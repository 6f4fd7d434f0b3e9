"""The options of a question in a form: their words, their order, one more, one less."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from peil.report.words import say
from peil.surveys.questionnaires.question import KEY, Option
from peil.surveys.questionnaires.texts import NO_TEXT
from peil.web.pages.surveys.editing.reading import Reading, text_fields

MOST = 60
_ACT = re.compile(r"(up|down|drop)\.(\d{1,3})")


def option_fields(options: Sequence[Option], languages: Sequence[str]) -> dict[str, str]:
    """The fields of the options, as they are kept."""
    fields = {"options": str(len(options))}
    for number, option in enumerate(options, start=1):
        fields[f"options.{number}.key"] = option.key
        fields[f"options.{number}.with_words"] = "yes" if option.with_words else ""
        fields |= text_fields(f"options.{number}", option.text, languages)
    return fields


def read_options(reading: Reading, before: Sequence[Option]) -> tuple[Option, ...]:
    """The options as the form has them, after the button that was pressed: one up, one down, one less, one more."""
    count = min(reading.whole("options", 0, MOST, len(before)), MOST)
    kept = {o.key: o for o in before}
    found: list[Option] = []
    for number in range(1, count + 1):
        found.append(_option(reading, number, kept, [o.key for o in found]))
    return tuple(_after_act(reading, found))


def _option(reading: Reading, number: int, kept: dict[str, Option], taken: Sequence[str]) -> Option:
    start = f"options.{number}"
    given = reading.line(f"{start}.key")
    text = reading.text(start, kept[given].text if given in kept else NO_TEXT)
    key = given or key_from(text.of(reading.languages[0]) if reading.languages else "", taken)
    if not KEY.fullmatch(key):
        reading.wrong[f"{start}.key"] = say("svy_err_key", reading.language)
    elif key in taken:
        reading.wrong[f"{start}.key"] = say("svy_err_option_key", reading.language)
    return Option(key=key, text=text, with_words=reading.ticked(f"{start}.with_words"))


def _after_act(reading: Reading, options: list[Option]) -> list[Option]:
    act = reading.given.get("act", "")
    if act == "add_option" and len(options) < MOST:
        return [*options, Option(key=key_from("", [o.key for o in options]), text=NO_TEXT)]
    pressed = _ACT.fullmatch(act)
    at = int(pressed[2]) - 1 if pressed else -1
    if pressed is None or not 0 <= at < len(options):
        return options
    if pressed[1] == "drop":
        return options[:at] + options[at + 1 :]
    to = at - 1 if pressed[1] == "up" else at + 1
    if 0 <= to < len(options):
        options[at], options[to] = options[to], options[at]
    return options


def key_from(words: str, taken: Sequence[str]) -> str:
    """A key made of the words of an option, that no other has.

    >>> key_from("De prijs, café", ["de_prijs_cafe"]), key_from("42", [])
    ('de_prijs_cafe_2', 'option_42')
    """
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().casefold()
    key = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:34].strip("_")
    if not KEY.fullmatch(key):
        key = f"option_{key}".strip("_")
    tried = (f"{key}_{n}" for n in range(2, len(taken) + 3))
    return key if key not in taken else next(k for k in tried if k not in taken)
