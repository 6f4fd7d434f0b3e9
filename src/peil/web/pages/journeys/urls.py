"""Addresses of customer journeys."""

from django.urls import path

from peil.web.pages.journeys import edit, stop
from peil.web.pages.journeys.page import journeys

urlpatterns = [
    path("", journeys, name="journeys"),
    path("adopt/", edit.adopt, name="journey_adopt"),
    path("new/", edit.new, name="journey_new"),
    path("<int:id>/", edit.editor, name="journey_edit"),
    path("<int:id>/remove/", edit.remove, name="journey_remove"),
    path("<int:id>/restore/", edit.restore, name="journey_restore"),
    path("<int:id>/stops/", edit.add, name="stop_add"),
    path("stops/<int:id>/", stop.change, name="stop_change"),
    path("stops/<int:id>/move/", stop.move, name="stop_move"),
    path("stops/<int:id>/remove/", stop.remove, name="stop_remove"),
    path("stops/<int:id>/restore/", stop.restore, name="stop_restore"),
]
