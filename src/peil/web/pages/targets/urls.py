"""Addresses of targets."""

from django.urls import path

from peil.web.pages.targets.edit import end, new, restore
from peil.web.pages.targets.page import targets

urlpatterns = [
    path("", targets, name="targets"),
    path("new/", new, name="target_new"),
    path("<int:id>/end/", end, name="target_end"),
    path("<int:id>/restore/", restore, name="target_restore"),
]
