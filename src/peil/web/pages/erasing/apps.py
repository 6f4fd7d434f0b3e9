"""The Django app of these pages: what was confirmed is erased in the background, and again if the server ends meanwhile."""

from __future__ import annotations

from django.apps import AppConfig

KIND = "erase"


class ErasingPagesConfig(AppConfig):
    name = "peil.web.pages.erasing"
    label = "erasing_pages"

    def ready(self) -> None:
        from peil.ops.outbox import Delivery, register

        def erase(delivery: Delivery) -> None:
            from peil.web.serving.keeping import carry_out_erasing

            asked = delivery.payload
            carry_out_erasing(asked["number"], asked["hashes"], asked["person"])

        register(KIND, erase, lane="slow")
