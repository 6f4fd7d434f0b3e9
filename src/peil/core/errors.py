"""Everything that Peil raises on purpose.

PeilError
├── UserError       something the person who asked can mend
│   ├── BadInput      a file or its rows: names file, row and column
│   ├── BadMapping    a mapping file: names the file and the entry
│   └── BadQuery      a question that can't be answered as asked
├── NotNow          a passing state: the warehouse is in use, the disk is full
└── Bug             something that can't happen did

Each error says what is wrong and what to do next.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class PeilError(Exception):
    """The root: catch it to catch whatever Peil raises on purpose."""


class UserError(PeilError):
    """Something the person who asked can mend.

    `problem` says what is wrong, `remedy` what to do next.
    """

    def __init__(self, problem: str, remedy: str = "") -> None:
        super().__init__(problem, remedy)
        self.problem = problem
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.problem} {self.remedy}".strip()


class BadInput(UserError):
    """A file, or rows of it, that can't be taken in as they are."""

    def __init__(
        self,
        problem: str,
        remedy: str = "",
        *,
        file: str | None = None,
        row: int | None = None,
        column: str | None = None,
    ) -> None:
        super().__init__(problem, remedy)
        self.file = file
        self.row = row
        self.column = column

    def __str__(self) -> str:
        place = [self.file] if self.file else []
        if self.row is not None:
            place.append(f"row {self.row:,}")
        if self.column is not None:
            place.append(f"column '{self.column}'")
        return f"{', '.join(place)}: {super().__str__()}" if place else super().__str__()


class BadMapping(UserError):
    """A mapping file with an entry that means nothing, or that does not fit the file."""


class BadQuery(UserError):
    """A question to the warehouse that can't be answered as it was asked."""


class NotNow(PeilError):
    """A passing state outside Peil: in use by another process, no space left."""

    def __init__(self, problem: str, remedy: str = "") -> None:
        super().__init__(problem, remedy)
        self.problem = problem
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.problem} {self.remedy}".strip()


class Bug(PeilError):
    """Something that can't happen did; please report it."""


def did_you_mean(word: str, allowed: Iterable[str]) -> str:
    """A short question that names the nearest allowed word, or lists what is allowed.

    >>> did_you_mean("npx", ["nps", "csat"])
    "Did you mean 'nps'?"
    >>> did_you_mean("zzz", ["nps", "csat"])
    'Allowed: csat, nps.'
    """
    words = sorted(set(allowed))
    near = difflib.get_close_matches(word.lower(), words, n=1, cutoff=0.6)
    if near:
        return f"Did you mean '{near[0]}'?"
    shown = ", ".join(words[:12]) + (f" and {len(words) - 12} more" if len(words) > 12 else "")
    return f"Allowed: {shown}."
