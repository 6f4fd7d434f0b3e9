"""Every address of the app."""

from __future__ import annotations

from django.urls import include, path

from peil.web.pages.figures.kpi import kpi
from peil.web.pages.figures.subject import SUBJECT_PAGES
from peil.web.pages.overview import overview

urlpatterns = [
    path("", overview, name="overview"),
    path("kpi/<slug:key>/", kpi, name="kpi"),
    *(path(f"{name}/", page, name=name) for name, page in SUBJECT_PAGES.items()),
    path("api/", include("peil.web.api.urls")),
    path("account/", include("allauth.account.urls")),
    path("account/mfa/", include("allauth.mfa.urls")),
]
handler400 = handler403 = "peil.web.errors.refused"
handler404 = "peil.web.errors.missing"
handler500 = "peil.web.errors.failed"
