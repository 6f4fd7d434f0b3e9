"""Who gets what of the pages with figures. Whose rows they see there is held in tests/web/figures/test_overview.py."""

from __future__ import annotations

from tests.web.access.cells import WITH_FIGURES, Line

# anonymous, agent, other_lead, team_lead, analyst, digital_owner, manager, administrator
NO_SUCH = "in 404 404 404 404 404 404 404"

NEVER = "in 403 403 403 400 403 400 403"  # rows about employees are not shown one by one

LINES = [
    Line("", WITH_FIGURES),
    Line("kpi/<slug:key>/", WITH_FIGURES, at="kpi/csat/"),
    Line("kpi/<slug:key>/", NO_SUCH, whose="missing", at="kpi/nothing/"),
    Line("kpi/<slug:key>/rows/", "in 200 200 200 200 403 200 403", at="kpi/csat/rows/"),
    Line("kpi/<slug:key>/rows/", "in 404 404 404 404 404 404 403", whose="missing", at="kpi/nothing/rows/"),
    Line("kpi/<slug:key>/rows.<slug:kind>", "in 403 200 200 200 403 200 403", at="kpi/csat/rows.csv"),
    Line("kpi/<slug:key>/figures.<slug:kind>", "in 403 200 200 200 200 200 403", at="kpi/csat/figures.csv"),
    Line("kpi/<slug:key>/rows.<slug:kind>", "in 404 404 404 404 404 404 403", whose="missing", at="kpi/nothing/rows.csv"),
    Line("kpi/<slug:key>/figures.<slug:kind>", "in 403 404 404 404 404 404 403", whose="missing", at="kpi/nothing/figures.csv"),
    *(
        Line(f"kpi/<slug:key>/{what}.<slug:kind>", cells, at=f"kpi/csat/{what}.{kind}")
        for what, cells in (("rows", "in 403 200 200 200 403 200 403"), ("figures", "in 403 200 200 200 200 200 403"))
        for kind in ("xlsx", "sav", "parquet")
    ),
    # figures about employees are few people's
    Line("kpi/<slug:key>/", "in 403 403 403 200 403 200 403", whose="foreign", at="kpi/engagement/"),
    Line("kpi/<slug:key>/rows/", NEVER, whose="foreign", at="kpi/engagement/rows/"),
    Line("kpi/<slug:key>/rows.<slug:kind>", NEVER, whose="foreign", at="kpi/engagement/rows.csv"),
    Line("kpi/<slug:key>/figures.<slug:kind>", "in 403 403 403 200 403 200 403", whose="foreign", at="kpi/engagement/figures.csv"),
    *(Line(f"{name}/", WITH_FIGURES) for name in ("comparison", "contact", "digital", "servqual", "customers")),
    Line("employees/", "in 403 403 403 200 403 200 403"),
    Line("definitions/", WITH_FIGURES),
]  # fmt: skip
