"""Who gets what of the API in a browser that is signed in; by key it is the same, where its scope allows (test_keys.py)."""

from __future__ import annotations

from tests.web.access.cells import NOBODY_OUT, Line, of_all

# anonymous, agent, other_lead, team_lead, analyst, digital_owner, manager, administrator
READS = "401 200 200 200 200 200 200 200"
WRONG = "401 422 422 422 422 422 422 422"
MISSES = "401 404 404 404 404 404 404 404"
NOWHERE = "404 404 404 404 404 404 404 404"
IMPORTS = "401 403 403 403 200 403 200 200"
NO_IMPORT = "401 403 403 403 404 403 404 404"
ROWS = "401 200 200 200 200 403 200 403"
FEW = "401 403 403 403 200 403 200 403"

LINES = [
    Line("api/v1/openapi.json", NOBODY_OUT),
    *(Line(f"api/v1/{name}", READS) for name in ("me", "kpis", "facts", "figures")),
    Line("api/v1/comparisons", WRONG),
    *(
        line
        for name in ("kpis", "comparisons", "explanations")
        for line in (
            Line(f"api/v1/{name}/<key>", READS, at=f"api/v1/{name}/csat"),
            Line(f"api/v1/{name}/<key>", MISSES, whose="missing", at=f"api/v1/{name}/nothing"),
        )
    ),
    # figures about employees are few people's; what such a figure means is everyone's to read
    *(Line(f"api/v1/{n}/<key>", FEW, whose="foreign", at=f"api/v1/{n}/engagement") for n in ("kpis", "comparisons")),
    Line("api/v1/kpis/<key>/rows", ROWS, at="api/v1/kpis/csat/rows"),
    Line("api/v1/kpis/<key>/rows", "401 404 404 404 404 404 404 403", whose="missing", at="api/v1/kpis/nothing/rows"),
    Line("api/v1/kpis/<key>/rows", "401 400 400 400 400 403 400 403", whose="foreign", at="api/v1/kpis/engagement/rows"),
    Line("api/v1/imports", IMPORTS),
    Line("api/v1/imports", "401 403 403 403 422 403 403 422", "POST"),
    *of_all("api/v1/imports/<import_id>", "import", IMPORTS, NO_IMPORT, method="GET"),
    *of_all("api/v1/imports/<import_id>", "import", "401 403 403 403 200 403 403 200", "401 403 403 403 404 403 403 404", method="DELETE"),
    *of_all("api/v1/imports/<import_id>/rejected", "import", IMPORTS, NO_IMPORT, method="GET"),
    *(Line(f"api/v1/{name}", "401 403 403 403 403 400 400 400", "POST") for name in ("events", "contacts", "holds", "mail-reports")),
    Line("api/v1/", NOWHERE),
    Line("api/^.*$", NOWHERE, "GET", "missing", "api/nothing"),
]  # fmt: skip
