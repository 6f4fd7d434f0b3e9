"""Every address of the app."""

from __future__ import annotations

from django.urls import include, path

from peil.web.pages.asking.hooks.incoming import incoming
from peil.web.pages.asking.stop import stop
from peil.web.pages.channels.urls import answer_urls, channel_urls
from peil.web.pages.data.definitions import definitions
from peil.web.pages.exports.figures import figures_file
from peil.web.pages.exports.rows import rows, rows_file
from peil.web.pages.figures.comparison import comparison
from peil.web.pages.figures.kpi import kpi
from peil.web.pages.figures.subject import SUBJECT_PAGES
from peil.web.pages.overview import overview
from peil.web.pages.start.page import start

urlpatterns = [
    path("", overview, name="overview"),
    path("kpi/<slug:key>/", kpi, name="kpi"),
    path("kpi/<slug:key>/rows/", rows, name="rows"),
    path("kpi/<slug:key>/rows.<slug:kind>", rows_file, name="rows_file"),
    path("kpi/<slug:key>/figures.<slug:kind>", figures_file, name="figures_file"),
    path("comparison/", comparison, name="comparison"),
    *(path(f"{name}/", page, name=name) for name, page in SUBJECT_PAGES.items()),
    path("data/", include("peil.web.pages.data.urls")),
    path("definitions/", definitions, name="definitions"),
    path("board/", include("peil.web.pages.board.urls")),
    path("journeys/", include("peil.web.pages.journeys.urls")),
    path("surveys/", include("peil.web.pages.surveys.urls")),
    path("invitations/", include("peil.web.pages.asking.urls")),
    path("channels/", include(channel_urls)),
    path("answers/", include(answer_urls)),
    path("targets/", include("peil.web.pages.targets.urls")),
    path("benchmarks/", include("peil.web.pages.targets.benchmark_urls")),
    path("stop/<str:token>/", stop, name="asking_stop"),
    path("hooks/<slug:code>/", incoming, name="hook"),
    path("api/", include("peil.web.api.urls")),
    path("account/", include("peil.web.pages.account.urls")),
    path("running/", include("peil.web.pages.running.urls")),
    path("erasing/", include("peil.web.pages.erasing.urls")),
    path("settings/", include("peil.web.pages.settings.urls")),
    path("", include("peil.web.asking.urls")),
    path("", include("peil.web.channels.urls")),
    path("start/", start, name="start"),
    path("people/", include("peil.web.pages.people.urls")),
    path("join/", include("peil.web.pages.people.join_urls")),
]
handler400 = "peil.web.errors.bad_request"
handler403 = "peil.web.errors.refused"
handler404 = "peil.web.errors.missing"
handler429 = "peil.web.errors.too_many"
handler500 = "peil.web.errors.failed"
