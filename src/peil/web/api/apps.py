"""The Django app of the API: what it has to remember between requests."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "peil.web.api"
    label = "api"
    default_auto_field = "django.db.models.BigAutoField"
