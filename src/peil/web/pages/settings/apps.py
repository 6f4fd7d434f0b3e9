"""The Django app of these pages: it has the facts made anew after a setting changed that they depend on."""

from __future__ import annotations

from django.apps import AppConfig


class SettingsPagesConfig(AppConfig):
    name = "peil.web.pages.settings"
    label = "settings_pages"

    def ready(self) -> None:
        from peil.ops.outbox import register
        from peil.ops.outbox.delivery import Delivery

        def rebuild(delivery: Delivery) -> None:
            from peil.web.pages.settings.keeping import rebuild as make_anew

            make_anew(delivery)

        register("rebuild", rebuild, lane="slow")
