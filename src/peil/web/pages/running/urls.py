"""The addresses of the administrator's page about running."""

from django.urls import path

from peil.web.pages.running.page import act, running

urlpatterns = [
    path("", running, name="running"),
    path("work/<int:row>/", act, name="running_act"),
]
