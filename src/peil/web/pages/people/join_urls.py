"""Addresses for someone who was invited."""

from __future__ import annotations

from django.urls import path

from peil.web.pages.people.join import join, open_invitation

urlpatterns = [
    path("", join, name="join"),
    path("<str:token>/", open_invitation, name="join_open"),
]
