"""Who gets what of the pages about the running install and its settings."""

from __future__ import annotations

from tests.web.access.cells import Line, of_one

# anonymous, agent, other_lead, team_lead, analyst, digital_owner, manager, administrator
LINES = [
    Line("settings/", "in 403 403 403 403 403 403 200"),
    Line("settings/", "in 403 403 403 403 403 403 200", "POST"),
    Line("settings/undo/", "in 403 403 403 403 403 403 302", "POST"),
    Line("erasing/", "in 403 403 403 403 403 403 200"),
    Line("erasing/", "in 403 403 403 403 403 403 400", "POST"),
    *of_one(
        "erasing/<slug:number>/",
        "certificate",
        "in 403 403 403 403 403 403 200",
        "in 403 403 403 403 403 403 404",
        method="GET",
    ),
    Line("running/", "in 403 403 403 403 403 403 200"),
    *of_one("running/work/<int:row>/", "work", "in 403 403 403 403 403 403 302", "in 403 403 403 403 403 403 404"),
]
