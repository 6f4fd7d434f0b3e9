"""Addresses of devices: a widget's script and pages, and the kiosk."""

from __future__ import annotations

from django.urls import path

from peil.web.channels.kiosk import kiosk, start, survey, worker
from peil.web.channels.receiving import receive
from peil.web.channels.script import script

urlpatterns = [
    path("w/<slug:code>.js", script, name="widget_script"),
    path("w/<slug:code>/", receive, name="device"),
    path("kiosk/<slug:code>/", kiosk, name="kiosk"),
    path("kiosk/<slug:code>/survey.json", survey, name="kiosk_survey"),
    path("kiosk/<slug:code>/worker.js", worker, name="kiosk_worker"),
    path("kiosk/<slug:code>/start/", start, name="kiosk_start"),
]
