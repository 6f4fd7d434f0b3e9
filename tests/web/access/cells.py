"""How the table of access is written: one line a route, one cell a visitor.

    Line("people/<int:person_id>/", "own:administrator", "to-login 403 403 403 403 403 403 200")

Cells stand in the order of VISITORS. `in` is the sign-in page, `-` says that such a visitor has no such thing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from django.urls import URLPattern, URLResolver, get_resolver

VISITORS = (
    "anonymous", "agent", "other_lead", "team_lead", "analyst", "digital_owner", "manager", "administrator",
)  # fmt: skip
Whose: TypeAlias = Literal["own", "foreign", "missing", "any"]  # `any` is a page that is of nobody
Method: TypeAlias = Literal["GET", "POST"]

NOBODY_OUT = "200 200 200 200 200 200 200 200"
WITH_FIGURES = "in 200 200 200 200 200 200 200"
WHO_IS_IN = "in 200 200 200 200 200 200 200"


@dataclass(frozen=True, slots=True)
class Line:
    """What each visitor gets at one address."""

    route: str
    cells: str
    method: Method = "GET"
    whose: Whose = "any"
    at: str = ""  # the address itself, where the route has places to fill in; {names} are filled in by the test
    said: Mapping[str, str] = field(default_factory=dict)

    def expected(self) -> dict[str, str]:
        cells = self.cells.split()
        assert len(cells) == len(VISITORS), f"{self.route}: {len(cells)} cells for {len(VISITORS)} visitors"
        return dict(zip(VISITORS, cells, strict=True))

    def __str__(self) -> str:
        return f"{self.method} /{self.at or self.route} ({self.whose})"


def routes(resolver: URLResolver | None = None, start: str = "") -> Iterable[str]:
    """Every address that the router knows, through everything that is included."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            yield start + str(pattern.pattern)
        else:
            yield from routes(pattern, start + str(pattern.pattern))
