"""Addresses of those who answer, for the list of all addresses. The server takes the short way to them: see `short_way`."""

from __future__ import annotations

from django.urls import path

from peil.web.asking.answering import as_view
from peil.web.asking.brand import LOGO, STYLE, logo, stylesheet
from peil.web.asking.pages import first_page, one_page, thanks_page

urlpatterns = [
    *(
        pattern
        for way in ("s", "a")
        for pattern in (
            path(f"{way}/<slug:key>/", as_view(first_page, way), name=f"asking_{way}"),
            path(f"{way}/<slug:key>/<slug:mark>/<int:page>/", as_view(one_page, way), name=f"asking_{way}_page"),
            path(f"{way}/<slug:key>/<slug:mark>/done/", as_view(thanks_page, way), name=f"asking_{way}_thanks"),
        )
    ),
    path(STYLE[1:], as_view(stylesheet), name="asking_style"),
    path(LOGO[1:], as_view(logo), name="asking_logo"),
]
