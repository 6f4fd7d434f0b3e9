"""The addresses below /data/."""

from __future__ import annotations

from django.urls import path

from peil.web.pages.data import steps
from peil.web.pages.data.page import data, undo
from peil.web.pages.data.rejected import rejected
from peil.web.pages.data.start import upload

urlpatterns = [
    path("", data, name="data"),
    path("imports/<slug:import_id>/undo/", undo, name="data_undo"),
    path("imports/<slug:import_id>/rejected.<slug:form>", rejected, name="data_rejected"),
    path("import/", upload, name="data_import"),
    path("import/<slug:token>/", steps.step, name="data_upload"),
    path("import/<slug:token>/progress/", steps.progress, name="data_progress"),
    path("import/<slug:token>/columns/", steps.save, name="data_columns"),
    path("import/<slug:token>/text/", steps.text, name="data_text"),
    path("import/<slug:token>/mapping.toml", steps.download, name="data_mapping"),
    path("import/<slug:token>/act/", steps.act, name="data_act"),
]
