"""How the table of access is written: one line a route, one cell a visitor.

    Line("people/log/", "in 403 403 403 403 403 403 200")
    *of_people("board/views/<int:view_id>/rename/", "view", "in 302 302 302 302 302 302 302", NO_SUCH)

Cells stand in the order of VISITORS. `in` is the sign-in page, `-` says that such a visitor has no such thing.
An address of one thing is asked for three: what is one's own, what is someone else's, and what is not there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias, cast

from django.urls import URLPattern, URLResolver, get_resolver

VISITORS = (
    "anonymous", "agent", "other_lead", "team_lead", "analyst", "digital_owner", "manager", "administrator",
)  # fmt: skip
Whose: TypeAlias = Literal["own", "foreign", "missing", "any"]  # `any` is a page that is of nobody
Method: TypeAlias = Literal["GET", "POST", "DELETE"]

NOBODY_OUT = "200 200 200 200 200 200 200 200"
WITH_FIGURES = "in 200 200 200 200 200 200 200"
WHO_IS_IN = "in 200 200 200 200 200 200 200"
PLACE = re.compile(r"<[^>]+>")  # in a route


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


def of_all(route: str, kind: str, cells: str, missing: str, **more: Any) -> list[Line]:
    """An address of one thing that is nobody's own."""
    return [line for line in of_one(route, kind, cells, missing, **more) if line.whose != "foreign"]


def of_one(route: str, kind: str, cells: str, missing: str, **more: Any) -> list[Line]:
    """An address of one thing that is the organisation's: whoever made it, everyone gets the same."""
    return of_people(route, kind, cells, cells, missing=missing, **more)


def of_people(
    route: str,
    kind: str,
    own: str,
    foreign: str,
    *,
    method: Method = "POST",
    missing: str = "",
    at: str = "",
    **said: str,
) -> list[Line]:
    """An address of one thing that is a person's: `kind` names what is made, see things.py; `at` is how it ends."""
    nothing = {"upload": "A" * 22, "import": "none", "unsubscribe": "nothing", "join": "nothing"}
    told = {"own": (own, f"{{own_{kind}}}"), "foreign": (foreign, f"{{foreign_{kind}}}")}
    told["missing"] = (missing or foreign, nothing.get(kind, "999999"))
    lines = []
    for whose, (cells, thing) in told.items():
        address = PLACE.sub(thing, route, count=1)
        address = address.rpartition("/")[0] + f"/{at}" if at else address
        lines.append(Line(route, cells, method, cast("Whose", whose), address, said))
    return lines


def routes(resolver: URLResolver | None = None, start: str = "") -> Iterable[str]:
    """Every address that the router knows, through everything that is included."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            yield start + str(pattern.pattern)
        else:
            yield from routes(pattern, start + str(pattern.pattern))
