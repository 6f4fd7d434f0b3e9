"""Who gets what of the pages for those who answer: whoever has the link, signed in or not, the same."""

from __future__ import annotations

from tests.web.access.cells import NOBODY_OUT, Line

# anonymous, agent, other_lead, team_lead, analyst, digital_owner, manager, administrator
NOWHERE = "404 404 404 404 404 404 404 404"
ONLY_LOOK = "405 405 405 405 405 405 405 405"
ON = UNSENT = (
    "303 303 303 303 303 303 303 303"  # to the next page; from the thanks, while nothing was sent, to the first
)


def _of_way(way: str, key: str, form: str) -> list[Line]:
    first, page, done = (
        f"{way}/<slug:key>/",
        f"{way}/<slug:key>/<slug:mark>/<int:page>/",
        f"{way}/<slug:key>/<slug:mark>/done/",
    )
    return [
        Line(first, NOBODY_OUT, whose="own", at=f"{way}/{{own_{key}}}/"),
        Line(first, NOWHERE, whose="missing", at=f"{way}/nothing/"),
        Line(first, ONLY_LOOK, "POST", whose="own", at=f"{way}/{{own_{key}}}/"),
        Line(first, ONLY_LOOK, "POST", whose="missing", at=f"{way}/nothing/"),
        Line(page, NOBODY_OUT, whose="own", at=f"{way}/{{own_{form}}}/1/"),
        Line(page, NOWHERE, whose="missing", at=f"{way}/nothing/nothing/1/"),
        Line(page, ON, "POST", whose="own", at=f"{way}/{{own_{form}}}/1/"),
        Line(page, NOWHERE, "POST", whose="missing", at=f"{way}/nothing/nothing/1/"),
        Line(done, UNSENT, whose="own", at=f"{way}/{{own_{form}}}/done/"),
        Line(done, NOWHERE, whose="missing", at=f"{way}/nothing/nothing/done/"),
        Line(done, UNSENT, "POST", whose="own", at=f"{way}/{{own_{form}}}/done/"),
        Line(done, NOWHERE, "POST", whose="missing", at=f"{way}/nothing/nothing/done/"),
    ]


LINES = [
    *_of_way("s", "open_code", "open_form"),
    *_of_way("a", "token", "token_form"),
    Line("asking/look.css", NOBODY_OUT),
    Line("asking/logo", NOWHERE),  # where there is none
]
