"""Who gets what of channels: devices have a code, links are set up by who edits surveys, answers are entered at the desk."""

from __future__ import annotations

from datetime import date

from tests.web.access.cells import NOBODY_OUT, Line, Method, Whose, of_one
from tests.web.channels.making import PIN

# anonymous, agent, other_lead, team_lead, analyst, digital_owner, manager, administrator
NOWHERE = "404 404 404 404 404 404 404 404"
ONLY_SEND = "405 405 405 405 405 405 405 405"
SEES = "in 403 200 200 200 200 200 200"
SEES_NONE = "in 403 404 404 404 404 404 404"
EDITS_DONE = "in 403 403 403 403 302 302 302"
EDITS_NONE = "in 403 403 403 403 404 404 404"
ENTERS = "in 200 200 200 200 403 200 403"
ENTERS_DONE = "in 302 302 302 302 403 302 403"
ENTERS_NONE = "in 404 404 404 404 403 404 403"
NUMBER = "a" * 24
FILE = {"do": "take_in", "content": f"date;recommend\n{date.today().isoformat()};9\n"}
SHEET = {"day": date.today().isoformat(), "q.recommend": "9"}

UNDONE: tuple[tuple[Whose, str, str, str], ...] = (
    ("own", "{own_entered_link}", ENTERS_DONE, "{own_entered}"),
    ("foreign", "{foreign_entered_link}", ENTERS_NONE, "{foreign_entered}"),
    ("missing", "999999", ENTERS_NONE, ""),
)
FILES_BACK: tuple[tuple[Whose, str, str], ...] = (
    ("own", "{own_paper_file}", ENTERS_DONE),
    ("foreign", "{foreign_paper_file}", "in 404 404 404 404 403 302 403"),
    ("missing", "999999/file/999999", ENTERS_NONE),
)


def _of_code(route: str, kind: str, cells: str, missing: str = NOWHERE, **more: str) -> list[Line]:
    method: Method = "POST" if more else "GET"
    start, end = route.split("<slug:code>")
    own, none = f"{start}{{own_{kind}}}{end}", f"{start}nothing{end}"
    return [
        Line(route, cells, method, "own", own, more),
        Line(route, missing, method, "missing", none, more),
    ]


LINES = [
    *_of_code("w/<slug:code>.js", "widget_code", NOBODY_OUT, NOBODY_OUT),
    *_of_code("w/<slug:code>/", "widget_code", ONLY_SEND, ONLY_SEND),
    *_of_code("w/<slug:code>/", "widget_code", NOBODY_OUT, _id=NUMBER),
    *_of_code("kiosk/<slug:code>/", "kiosk_code", NOBODY_OUT),
    *_of_code("kiosk/<slug:code>/survey.json", "kiosk_code", NOBODY_OUT),
    *_of_code("kiosk/<slug:code>/worker.js", "kiosk_code", NOBODY_OUT),
    *_of_code("kiosk/<slug:code>/start/", "kiosk_code", NOBODY_OUT, pin=PIN),
    *_of_code("kiosk/<slug:code>/start/", "kiosk_code", ONLY_SEND, ONLY_SEND),
    *of_one("channels/<int:id>/", "paper_link", SEES, SEES_NONE, method="GET"),
    *of_one("channels/<int:id>/", "paper_link", EDITS_DONE, EDITS_NONE, back="At the counter"),
    *of_one("channels/<int:id>/key/", "widget_link", EDITS_DONE, EDITS_NONE),
    *of_one("channels/<int:id>/pin/", "kiosk_link", EDITS_DONE, EDITS_NONE, pin="1357"),
    *of_one("channels/<int:id>/sheet/", "paper_link", SEES, SEES_NONE, method="GET"),
    Line("answers/", ENTERS),
    *of_one("answers/<int:id>/", "paper_link", ENTERS, ENTERS_NONE, method="GET"),
    *of_one("answers/<int:id>/", "paper_link", ENTERS_DONE, ENTERS_NONE, **SHEET),
    # only who entered something takes it back
    *(
        Line("answers/<int:id>/undo/", cells, "POST", whose, f"answers/{at}/undo/", {"kept": kept})
        for whose, at, cells, kept in UNDONE
    ),
    *of_one("answers/<int:id>/file/", "paper_link", ENTERS, ENTERS_NONE, method="GET"),
    *of_one("answers/<int:id>/file/", "paper_link", ENTERS_DONE, ENTERS_NONE, **FILE),
    # who read a file in takes it back, and who edits surveys any of them
    *(
        Line("answers/<int:id>/file/<int:number>/take-back/", cells, "POST", whose, f"answers/{at}/take-back/")
        for whose, at, cells in FILES_BACK
    ),
    *of_one("answers/<int:id>/file/empty.csv", "paper_link", ENTERS, ENTERS_NONE, method="GET", at="empty.csv"),
]
