"""Who gets what of surveys: those who see them, and those who make and change them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from tests.web.access.cells import Line, Method, Whose, of_one

# anonymous, agent, other_lead, team_lead, analyst, digital_owner, manager, administrator
SEES = "in 403 200 200 200 200 200 200"
SEES_NONE = "in 403 404 404 404 404 404 404"
EDITS = "in 403 403 403 403 200 200 200"
EDITS_DONE = "in 403 403 403 403 302 302 302"
EDITS_WRONG = "in 403 403 403 403 400 400 400"
EDITS_NONE = "in 403 403 403 403 404 404 404"
NAMED = {"template": "recommend", "key": "made_here", "name.nl": "A", "name.en": "A"}
FRAME = {"language.nl": "yes", "first": "nl", "moment": "calm", "scope": "relationship", "edits": "0"}
FIRST: Mapping[str, str] = {"edits": "0"}


def of_part(
    route: str, kind: str, part: str, cells: tuple[str, str], said: Mapping[str, str] | None = None
) -> list[Line]:
    """An address of a part of a survey: a page, a question, a link. Without `said` it is read."""
    method = cast("Method", "GET" if said is None else "POST")
    places = {
        "own": f"{{own_{kind}}}",
        "foreign": f"{{foreign_{kind}}}",
        "missing": "nothing/" + part.replace("<>", "999999"),
    }
    start = "surveys/<slug:key>/" + part.replace("<>", "<int:id>" if kind == "survey_link" else "<int:number>")
    if not part:
        start, places["missing"] = start.removesuffix("/"), "nothing"
    if kind in ("survey_question", "survey_condition"):
        start = "surveys/<slug:key>/questions/<slug:question>" + (
            "/only-if/<int:number>" if kind == "survey_condition" else ""
        )
    return [
        Line(
            start + route,
            cells[1] if whose == "missing" else cells[0],
            method,
            cast("Whose", whose),
            "surveys/" + place + route,
            said or {},
        )
        for whose, place in places.items()
    ]


DOES, READS = (EDITS_DONE, EDITS_NONE), (SEES, SEES_NONE)
PAGE, ASKED, LINK = "pages/<>", "questions/<>", "links/<>"

LINES = [
    Line("surveys/", SEES),
    Line("surveys/new-survey/", EDITS),
    Line("surveys/new-survey/", EDITS_WRONG, "POST"),
    Line("surveys/from-file/", EDITS_WRONG, "POST"),
    Line("surveys/newest-answers/", "in 200 200 200 200 403 200 403"),
    Line("surveys/put-back/", EDITS_NONE, "POST"),
    *of_one("surveys/<slug:key>/", "survey", SEES, SEES_NONE, method="GET"),
    *of_one("surveys/<slug:key>/survey.json", "survey", SEES, SEES_NONE, method="GET", at="survey.json"),
    *of_one("surveys/<slug:key>/frame/", "survey", EDITS, EDITS_NONE, method="GET"),
    *of_part("/frame/", "survey", "", DOES, FRAME),
    *of_one("surveys/<slug:key>/publish/", "survey", EDITS, EDITS_NONE, method="GET"),
    *of_one("surveys/<slug:key>/publish/", "survey", EDITS_DONE, EDITS_NONE, edits="0"),
    *of_one("surveys/<slug:key>/undo/", "stepped_survey", EDITS_DONE, EDITS_NONE, edits="1"),
    *of_one("surveys/<slug:key>/drop/", "changed_survey", EDITS_DONE, EDITS_NONE, edits="2"),
    *of_one("surveys/<slug:key>/end/", "survey", EDITS_DONE, EDITS_NONE),
    *of_one("surveys/<slug:key>/reopen/", "survey", EDITS_DONE, EDITS_NONE),
    *of_one("surveys/<slug:key>/remove/", "survey", EDITS_DONE, EDITS_NONE),
    *of_one("surveys/<slug:key>/pages/add/", "survey", EDITS_DONE, EDITS_NONE, edits="0"),
    *of_part("/", "survey_page", PAGE, (EDITS, EDITS_NONE)),
    *of_part("/", "survey_page", PAGE, DOES, {**FIRST, "heading.nl": "A"}),
    *of_part("/move/", "survey_page", PAGE, DOES, FIRST),
    *of_part("/remove/", "survey_page", PAGE, DOES, FIRST),
    *of_part("/preview/", "survey_page", PAGE, READS),
    *of_part("/add/", "survey_page", PAGE, DOES, {**FIRST, "kind": "csat"}),
    *of_part("/", "survey_question", ASKED, (EDITS, EDITS_NONE)),
    *of_part("/", "survey_question", ASKED, DOES, {**FIRST, "text.nl": "A"}),
    *of_part("/move/", "survey_question", ASKED, DOES, FIRST),
    *of_part("/remove/", "survey_question", ASKED, DOES, FIRST),
    *of_part("/only-if/", "survey_question", ASKED, DOES, {**FIRST, "on": "recommend", "operator": "answered"}),
    *of_part("/remove/", "survey_condition", "questions/<>/only-if/1", DOES, FIRST),
    *of_one("surveys/<slug:key>/response/", "survey", SEES, SEES_NONE, method="GET"),
    *of_one("surveys/<slug:key>/versions/", "survey", SEES, SEES_NONE, method="GET"),
    *of_one("surveys/<slug:key>/links/", "survey", SEES, SEES_NONE, method="GET"),
    *of_part("/links/", "live_survey", "", DOES, {"kind": "link", "label": "Here"}),
    *of_part("/close/", "survey_link", LINK, DOES, {}),
    *of_part("/reopen/", "survey_link", LINK, (EDITS_NONE, EDITS_NONE), {}),
    *of_part("/qr.svg", "survey_link", LINK, READS),
    *of_part("/sheet/", "survey_link", LINK, READS),
]  # fmt: skip
