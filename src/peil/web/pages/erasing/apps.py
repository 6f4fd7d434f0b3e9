"""The Django app of these pages: what was confirmed is erased in the background, and again if the server ends meanwhile;
every night answers whose time is over are let go of."""

from __future__ import annotations

from datetime import datetime, time

from django.apps import AppConfig

KIND = "erase"


class ErasingPagesConfig(AppConfig):
    name = "peil.web.pages.erasing"
    label = "erasing_pages"

    def ready(self) -> None:
        from peil.ops.outbox import Delivery, register
        from peil.ops.schedule import Plan, add_job

        def erase(delivery: Delivery) -> None:
            from peil.web.serving.keeping import carry_out_erasing

            asked = delivery.payload
            carry_out_erasing(asked["number"], asked["hashes"], asked["person"])

        register(KIND, erase, lane="slow")
        add_job("retention", Plan(at=time(3, 15)), keep_retention)


def keep_retention(due: datetime) -> int:
    """Let go of the answers whose time is over; how many."""
    from peil.ops.erase.retention import keep_retention as keep
    from peil.web.facts import the_peil

    return keep(the_peil().warehouse, due)
