"""The Django app of boards."""

from django.apps import AppConfig


class BoardConfig(AppConfig):
    name = "peil.board"
    label = "board"
    default_auto_field = "django.db.models.BigAutoField"
