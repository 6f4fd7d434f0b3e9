"""The Django app of these pages: it has requests delivered, and rules looked at."""

from __future__ import annotations

from django.apps import AppConfig


class AskingPagesConfig(AppConfig):
    name = "peil.web.pages.asking"
    label = "asking_pages"

    def ready(self) -> None:
        from datetime import time

        from peil.ops.outbox import register
        from peil.ops.schedule import Plan, add_job
        from peil.surveys.mails.telling import TELL
        from peil.surveys.whom.asking import ASK, REMIND
        from peil.web.pages.asking.work import (
            LOOK,
            deliver_ask,
            deliver_ask_reminder,
            deliver_ask_told,
            look_after_requests,
            look_at_events,
        )

        register(ASK, deliver_ask)
        register(REMIND, deliver_ask_reminder)
        register(TELL, deliver_ask_told)
        register(LOOK, look_at_events, lane="slow")
        add_job("asking", Plan(at=time(0, 5)), look_after_requests)
