"""Reading forms of the editor: what was typed, by the name of its field; texts in every language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from peil.report.words import Language, say
from peil.surveys.questionnaires.question import LONGEST_TEXT
from peil.surveys.questionnaires.texts import UNKEEPABLE, Text

Form = Mapping[str, str]


@dataclass(slots=True)
class Reading:
    """One form on its way to a draft: what was typed, and what is wrong with it, by field."""

    given: Form
    languages: Sequence[str]
    language: Language  # of whoever reads what is wrong
    wrong: dict[str, str] = field(default_factory=dict)

    def line(self, name: str) -> str:
        return " ".join(self.given.get(name, "").split())

    def ticked(self, name: str) -> bool:
        return bool(self.given.get(name))

    def text(self, name: str, before: Text) -> Text:
        """A text as it was typed; what it has in languages that are not asked now stays."""
        words = dict(before.by_language)
        for one in self.languages:
            typed = self.given.get(f"{name}.{one}", "").replace("\r\n", "\n").replace("\r", "\n").strip()
            if UNKEEPABLE.search(typed) or len(typed) > LONGEST_TEXT:
                self.wrong[f"{name}.{one}"] = say(
                    "svy_err_text", self.language, f"{LONGEST_TEXT:,}".replace(",", "\u00a0")
                )
            words[one] = typed
        return Text(tuple((one, said) for one, said in words.items() if said))

    def whole(self, name: str, low: int, high: int, otherwise: int) -> int:
        """A whole number between two; nothing typed is `otherwise`."""
        typed = self.line(name)
        if not typed:
            return otherwise
        if not (typed.isascii() and typed.isdigit() and len(typed) < 7 and low <= int(typed) <= high):
            self.wrong[name] = say("svy_err_whole", self.language, low, high)
            return otherwise
        return int(typed)

    def choice(self, name: str, allowed: Iterable[str], otherwise: str) -> str:
        given = self.given.get(name, otherwise)
        if given not in allowed:
            self.wrong[name] = say("svy_err_choice", self.language)
            return otherwise
        return given


@dataclass(frozen=True, slots=True)
class Shown:
    """A form as it is shown: what stands in its fields, what is wrong, and whether somebody else was first."""

    given: Form
    wrong: Form = field(default_factory=dict)
    late: bool = False

    @property
    def status(self) -> int:
        return 409 if self.late else 400 if self.wrong else 200

    @property
    def context(self) -> dict[str, Any]:
        """For the template."""
        return {"given": self.given, "wrong": self.wrong, "late": self.late, "status": self.status}


def typed(post: QueryDict) -> dict[str, str]:
    """A form as it was sent, the last value of each field."""
    return {name: post.get(name, "") for name in post}


def text_fields(name: str, text: Text, languages: Sequence[str]) -> dict[str, str]:
    """The fields of a text, as it is kept."""
    return {f"{name}.{one}": text.of(one) for one in languages}
