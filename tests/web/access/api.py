"""Who gets what of the API in a browser that is signed in; its keys and scopes are in tests/web/api/test_access.py."""

from __future__ import annotations

from tests.web.access.cells import NOBODY_OUT, Line

# anonymous, agent, other_lead, team_lead, analyst, digital_owner, manager, administrator
READS = "401 200 200 200 200 200 200 200"
WRONG = "401 422 422 422 422 422 422 422"
NOWHERE = "404 404 404 404 404 404 404 404"
IMPORTS = "401 403 403 403 200 403 200 200"
NO_IMPORT = "401 403 403 403 404 403 404 404"

LINES = [
    Line("api/v1/openapi.json", NOBODY_OUT),
    *(Line(f"api/v1/{name}", READS) for name in ("me", "kpis", "facts", "figures")),
    Line("api/v1/comparisons", WRONG),
    *(
        Line(f"api/v1/{name}/<key>", READS, at=f"api/v1/{name}/csat")
        for name in ("kpis", "comparisons", "explanations")
    ),
    Line("api/v1/kpis/<key>/rows", "401 200 200 200 200 403 200 403", at="api/v1/kpis/csat/rows"),
    Line("api/v1/imports", IMPORTS),
    Line("api/v1/imports", "401 403 403 403 422 403 403 422", "POST"),
    Line("api/v1/imports/<import_id>", NO_IMPORT, "GET", "missing", "api/v1/imports/none"),
    Line("api/v1/imports/<import_id>/rejected", NO_IMPORT, "GET", "missing", "api/v1/imports/none/rejected"),
    Line("api/v1/", NOWHERE),
    Line("api/^.*$", NOWHERE, "GET", "missing", "api/nothing"),
]
