"""Who gets what of the page about the running install."""

from __future__ import annotations

from tests.web.access.cells import Line

# anonymous, agent, other_lead, team_lead, analyst, digital_owner, manager, administrator
LINES = [
    Line("running/", "in 403 403 403 403 403 403 200"),
    Line("running/work/<int:row>/", "in 403 403 403 403 403 403 404", "POST", "missing", "running/work/999999/"),
]
