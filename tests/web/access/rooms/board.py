"""Who gets what of boards, views, subscriptions, targets, benchmarks and journeys."""

from __future__ import annotations

from tests.web.access.cells import NOBODY_OUT, WITH_FIGURES, Line, of_one, of_people

# anonymous, agent, other_lead, team_lead, analyst, digital_owner, manager, administrator
DOES = "in 302 302 302 302 302 302 302"
WRONG = "in 400 400 400 400 400 400 400"
NO_SUCH = "in 404 404 404 404 404 404 404"
NOWHERE = "404 404 404 404 404 404 404 404"
WRITES = "in 403 404 404 403 403 404 403"  # who may write an interpretation, of a note that is not there
WRITES_DONE = "in 403 302 302 403 403 302 403"
SHARES = "in 403 302 302 302 302 302 302"
SHARES_NONE = "in 403 404 404 404 404 404 404"
MANAGES = "in 403 403 403 403 403 200 200"
MANAGES_WRONG = "in 403 403 403 403 403 400 400"
MANAGES_DONE = "in 403 403 403 403 403 302 302"
MANAGES_NONE = "in 403 403 403 403 403 404 404"
JOURNEY = "in 403 403 403 403 200 200 200"
JOURNEY_WRONG = "in 403 403 403 403 400 400 400"
JOURNEY_DONE = "in 403 403 403 403 302 302 302"
JOURNEY_NONE = "in 403 403 403 403 404 404 404"


LINES = [
    Line("board/", WITH_FIGURES),
    Line("board/tile/<str:tile_id>/", "in 404 404 404 404 404 404 404", whose="missing", at="board/tile/nothing/"),
    Line("board/add/", "in 422 422 422 422 422 422 422", "POST"),
    *(Line(f"board/{verb}/", DOES, "POST") for verb in ("move", "remove", "standard", "undo")),
    Line("board/interpretation/", "in 403 400 400 403 403 400 403"),
    Line("board/interpretation/", "in 403 400 400 403 403 400 403", "POST"),
    Line("board/events/", WITH_FIGURES),
    Line("board/events/", "in 403 422 422 403 403 422 403", "POST"),
    *of_people("board/events/<int:note_id>/remove/", "note", WRITES_DONE, WRITES),
    *of_people("board/events/<int:note_id>/restore/", "gone_note", WRITES_DONE, WRITES),
    Line("board/reported/", WITH_FIGURES),
    Line("board/reported/keep/", WRONG, "POST"),
    # who sees all rows sees what anyone kept of them; a team's is its own, see `_snapshot` in things.py
    *of_people(
        "board/reported/<int:number>/", "snapshot", WITH_FIGURES, "in 404 404 404 200 200 200 200", method="GET", missing=NO_SUCH
    ),
    Line("board/slides/", WITH_FIGURES),
    Line("board/subscriptions/", WITH_FIGURES),
    Line("board/subscriptions/", WRONG, "POST"),
    Line("board/subscriptions/", DOES, "POST", "own", "board/subscriptions/", {"every": "week", "view": "{own_view}"}),
    Line("board/subscriptions/", WRONG, "POST", "foreign", "board/subscriptions/", {"every": "week", "view": "{foreign_view}"}),
    Line("board/subscriptions/", WRONG, "POST", "missing", "board/subscriptions/", {"every": "week", "view": "999999"}),
    *of_people("board/subscriptions/<int:number>/end/", "subscription", DOES, NO_SUCH),
    *of_people("board/subscriptions/<int:number>/restore/", "gone_subscription", DOES, NO_SUCH),
    *of_people("board/subscriptions/<int:number>/sample/", "subscription", WITH_FIGURES, NO_SUCH, method="GET"),
    *of_people("board/subscriptions/<int:number>/sample/mail/", "subscription", WITH_FIGURES, NO_SUCH, method="GET"),
    # the signed token is the right: whoever holds the mail may end it
    *of_people("board/unsubscribe/<str:token>/", "unsubscribe", NOBODY_OUT, NOBODY_OUT, method="GET", missing=NOWHERE),
    *of_people("board/unsubscribe/<str:token>/", "unsubscribe", NOBODY_OUT, NOBODY_OUT, missing=NOWHERE),
    Line("board/views/", WITH_FIGURES),
    Line("board/views/new/", WRONG),
    Line("board/views/new/", WRONG, "POST"),
    *of_people("board/views/<int:view_id>/", "view", DOES, NO_SUCH, method="GET"),
    Line("board/views/<int:view_id>/", DOES, "GET", "foreign", "board/views/{foreign_shared_view}/"),
    *of_people("board/views/<int:view_id>/rename/", "view", DOES, NO_SUCH, name="Mine"),
    Line("board/views/<int:view_id>/rename/", NO_SUCH, "POST", "foreign", "board/views/{foreign_shared_view}/rename/", {"name": "x"}),
    *of_people("board/views/<int:view_id>/share/", "view", SHARES, SHARES_NONE),
    *of_people("board/views/<int:view_id>/remove/", "view", DOES, NO_SUCH),
    *of_people("board/views/<int:view_id>/restore/", "gone_view", DOES, NO_SUCH),
    # targets and benchmarks
    Line("targets/", WITH_FIGURES),
    Line("targets/new/", MANAGES),
    Line("targets/new/", MANAGES_WRONG, "POST"),
    *of_one("targets/<int:id>/end/", "target", MANAGES_DONE, MANAGES_NONE),
    *of_one("targets/<int:id>/restore/", "gone_target", MANAGES_DONE, MANAGES_NONE),
    Line("benchmarks/", WITH_FIGURES),
    Line("benchmarks/new/", MANAGES),
    Line("benchmarks/new/", MANAGES_WRONG, "POST"),
    *of_one("benchmarks/<int:id>/remove/", "benchmark", MANAGES_DONE, MANAGES_NONE),
    *of_one("benchmarks/<int:id>/restore/", "gone_benchmark", MANAGES_DONE, MANAGES_NONE),
    # journeys
    Line("journeys/", WITH_FIGURES),
    Line("journeys/adopt/", JOURNEY_DONE, "POST"),
    Line("journeys/new/", JOURNEY),
    Line("journeys/new/", JOURNEY_WRONG, "POST"),
    *of_one("journeys/<int:id>/", "journey", JOURNEY, JOURNEY_NONE, method="GET"),
    *of_one("journeys/<int:id>/", "journey", JOURNEY_DONE, JOURNEY_NONE, name="Moving"),
    *of_one("journeys/<int:id>/stops/", "journey", JOURNEY_DONE, JOURNEY_NONE, name="A stop"),
    *of_one("journeys/<int:id>/remove/", "journey", JOURNEY_DONE, JOURNEY_NONE),
    *of_one("journeys/<int:id>/restore/", "gone_journey", JOURNEY_DONE, JOURNEY_NONE),
    *of_one("journeys/stops/<int:id>/", "stop", JOURNEY, JOURNEY_NONE, method="GET"),
    *of_one("journeys/stops/<int:id>/", "stop", JOURNEY_DONE, JOURNEY_NONE, name="A stop"),
    *of_one("journeys/stops/<int:id>/move/", "stop", JOURNEY_DONE, JOURNEY_NONE),
    *of_one("journeys/stops/<int:id>/remove/", "stop", JOURNEY_DONE, JOURNEY_NONE),
    *of_one("journeys/stops/<int:id>/restore/", "gone_stop", JOURNEY_DONE, JOURNEY_NONE),
]  # fmt: skip
