"""Who gets what of imports: those that were made are the organisation's, a file on its way in is its owner's."""

from __future__ import annotations

from tests.web.access.cells import Line, of_all, of_people

# anonymous, agent, other_lead, team_lead, analyst, digital_owner, manager, administrator
SEES = "in 403 403 403 200 403 200 200"
SEES_NONE = "in 403 403 403 404 403 404 404"
TAKES_IN = "in 403 403 403 200 403 403 200"
NO_SUCH = "in 403 403 403 404 403 403 404"
WRONG = "in 403 403 403 400 403 403 400"
OWN = "- - - - 200 - - 200"
DOES = "- - - - 302 - - 302"
TO_DONE = "in 403 403 403 302 403 403 302"

LINES = [
    Line("data/", SEES),
    *of_all("data/imports/<slug:import_id>/undo/", "import", TO_DONE, WRONG),
    *of_all("data/imports/<slug:import_id>/rejected.<slug:form>", "import", SEES, SEES_NONE, method="GET", at="rejected.csv"),
    Line("data/imports/<slug:import_id>/rejected.<slug:form>", SEES_NONE, "GET", "own", "data/imports/{own_import}/rejected.exe"),
    Line("data/import/", TAKES_IN),
    Line("data/import/", WRONG, "POST"),
    *of_people("data/import/<slug:token>/", "upload", OWN, NO_SUCH, method="GET"),
    *of_people("data/import/<slug:token>/progress/", "upload", DOES, NO_SUCH, method="GET"),
    *of_people("data/import/<slug:token>/columns/", "upload", DOES, NO_SUCH),
    *of_people("data/import/<slug:token>/text/", "upload", DOES, NO_SUCH, method="GET"),
    *of_people("data/import/<slug:token>/text/", "upload", DOES, NO_SUCH),
    *of_people("data/import/<slug:token>/mapping.toml", "upload", OWN, NO_SUCH, method="GET"),
    *of_people("data/import/<slug:token>/act/", "upload", DOES, NO_SUCH, do="stop"),
]  # fmt: skip
