"""The tables of asking."""

from __future__ import annotations

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "peil.surveys"
    label = "surveys"
