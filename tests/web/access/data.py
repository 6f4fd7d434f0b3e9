"""Who gets what of imports. Whose upload is whose is held in tests/web/data/test_ownership.py."""

from __future__ import annotations

from tests.web.access.cells import Line

# anonymous, agent, other_lead, team_lead, analyst, digital_owner, manager, administrator
SEES = "in 403 403 403 200 403 200 200"
SEES_NONE = "in 403 403 403 404 403 404 404"
TAKES_IN = "in 403 403 403 200 403 403 200"
NO_SUCH = "in 403 403 403 404 403 403 404"
WRONG = "in 403 403 403 400 403 403 400"
UPLOAD = "data/import/AAAAAAAAAAAAAAAAAAAAAA"

LINES = [
    Line("data/", SEES),
    Line("data/imports/<slug:import_id>/undo/", WRONG, "POST", "missing", "data/imports/none/undo/"),
    Line("data/imports/<slug:import_id>/rejected.<slug:form>", SEES_NONE, "GET", "missing", "data/imports/none/rejected.csv"),
    Line("data/import/", TAKES_IN),
    Line("data/import/", WRONG, "POST"),
    Line("data/import/<slug:token>/", NO_SUCH, "GET", "missing", f"{UPLOAD}/"),
    Line("data/import/<slug:token>/progress/", NO_SUCH, "GET", "missing", f"{UPLOAD}/progress/"),
    Line("data/import/<slug:token>/columns/", NO_SUCH, "POST", "missing", f"{UPLOAD}/columns/"),
    Line("data/import/<slug:token>/text/", NO_SUCH, "POST", "missing", f"{UPLOAD}/text/"),
    Line("data/import/<slug:token>/mapping.toml", NO_SUCH, "GET", "missing", f"{UPLOAD}/mapping.toml"),
    Line("data/import/<slug:token>/act/", NO_SUCH, "POST", "missing", f"{UPLOAD}/act/"),
]  # fmt: skip
