"""The addresses of the settings."""

from django.urls import path

from peil.web.pages.settings.page import settings, undo_last

urlpatterns = [
    path("", settings, name="settings"),
    path("undo/", undo_last, name="settings_undo"),
]
