"""Who gets what of boards, views, subscriptions, targets, benchmarks and journeys."""

from __future__ import annotations

from tests.web.access.cells import WITH_FIGURES, Line

# anonymous, agent, other_lead, team_lead, analyst, digital_owner, manager, administrator
DOES = "in 302 302 302 302 302 302 302"
WRONG = "in 400 400 400 400 400 400 400"
NO_SUCH = "in 404 404 404 404 404 404 404"
WRITES = "in 403 404 404 403 403 404 403"  # who may write an interpretation, of a note that is not there
MANAGES = "in 403 403 403 403 403 200 200"
MANAGES_WRONG = "in 403 403 403 403 403 400 400"
MANAGES_NONE = "in 403 403 403 403 403 404 404"
JOURNEY = "in 403 403 403 403 200 200 200"
JOURNEY_WRONG = "in 403 403 403 403 400 400 400"
JOURNEY_NONE = "in 403 403 403 403 404 404 404"


def missing(route: str, cells: str, method: str = "POST") -> Line:
    """An address of one thing, for a number that nothing has."""
    at = route
    for place in ("<int:note_id>", "<int:number>", "<int:view_id>", "<int:id>"):
        at = at.replace(place, "999999")
    return Line(route, cells, "POST" if method == "POST" else "GET", "missing", at)


LINES = [
    Line("board/", WITH_FIGURES),
    Line("board/add/", "in 422 422 422 422 422 422 422", "POST"),
    *(Line(f"board/{verb}/", DOES, "POST") for verb in ("move", "remove", "standard", "undo")),
    Line("board/interpretation/", "in 403 400 400 403 403 400 403", "POST"),
    Line("board/events/", WITH_FIGURES),
    Line("board/events/", "in 403 422 422 403 403 422 403", "POST"),
    missing("board/events/<int:note_id>/remove/", WRITES),
    missing("board/events/<int:note_id>/restore/", WRITES),
    Line("board/reported/", WITH_FIGURES),
    Line("board/reported/keep/", WRONG, "POST"),
    missing("board/reported/<int:number>/", NO_SUCH, "GET"),
    Line("board/slides/", WITH_FIGURES),
    Line("board/subscriptions/", WITH_FIGURES),
    Line("board/subscriptions/", WRONG, "POST"),
    missing("board/subscriptions/<int:number>/end/", NO_SUCH),
    missing("board/subscriptions/<int:number>/restore/", NO_SUCH),
    missing("board/subscriptions/<int:number>/sample/", NO_SUCH, "GET"),
    missing("board/subscriptions/<int:number>/sample/mail/", NO_SUCH, "GET"),
    Line("board/unsubscribe/<str:token>/", "404 404 404 404 404 404 404 404", "GET", "missing", "board/unsubscribe/nothing/"),
    Line("board/views/", WITH_FIGURES),
    Line("board/views/new/", WRONG, "POST"),
    missing("board/views/<int:view_id>/", NO_SUCH, "GET"),
    missing("board/views/<int:view_id>/rename/", NO_SUCH),
    missing("board/views/<int:view_id>/share/", "in 403 404 404 404 404 404 404"),
    missing("board/views/<int:view_id>/remove/", NO_SUCH),
    missing("board/views/<int:view_id>/restore/", NO_SUCH),
    # targets and benchmarks
    Line("targets/", WITH_FIGURES),
    Line("targets/new/", MANAGES),
    Line("targets/new/", MANAGES_WRONG, "POST"),
    missing("targets/<int:id>/end/", MANAGES_NONE),
    missing("targets/<int:id>/restore/", MANAGES_NONE),
    Line("benchmarks/", WITH_FIGURES),
    Line("benchmarks/new/", MANAGES),
    Line("benchmarks/new/", MANAGES_WRONG, "POST"),
    missing("benchmarks/<int:id>/remove/", MANAGES_NONE),
    missing("benchmarks/<int:id>/restore/", MANAGES_NONE),
    # journeys
    Line("journeys/", WITH_FIGURES),
    Line("journeys/adopt/", "in 403 403 403 403 302 302 302", "POST"),
    Line("journeys/new/", JOURNEY),
    Line("journeys/new/", JOURNEY_WRONG, "POST"),
    missing("journeys/<int:id>/", JOURNEY_NONE, "GET"),
    *(missing(f"journeys/<int:id>/{verb}/", JOURNEY_NONE) for verb in ("remove", "restore", "stops")),
    missing("journeys/stops/<int:id>/", JOURNEY_NONE, "GET"),
    *(missing(f"journeys/stops/<int:id>/{verb}/", JOURNEY_NONE) for verb in ("move", "remove", "restore")),
]  # fmt: skip
