"""The Django app of these pages: it has the mails of subscriptions looked at every morning."""

from __future__ import annotations

from datetime import datetime

from django.apps import AppConfig


class BoardPagesConfig(AppConfig):
    name = "peil.web.pages.board"
    label = "board_pages"

    def ready(self) -> None:
        from datetime import time

        from peil.ops.schedule import Plan, add_job

        add_job("subscriptions", Plan(at=time(7, 0)), send_subscriptions)


def send_subscriptions(due: datetime) -> int:
    """Put the mails that are due at this moment in line; how many there were."""
    from django.conf import settings

    from peil.board.reported.mails import Message, send_due
    from peil.ops.outbox.mail import put_mail
    from peil.web.facts import the_peil

    def put(m: Message) -> int:
        return put_mail(m.to, m.subject, m.text, html=m.html, headers=m.headers, key=m.key)

    return send_due(the_peil().warehouse, due, settings.PEIL_ADDRESS, put)
