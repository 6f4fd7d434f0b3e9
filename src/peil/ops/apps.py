"""The Django app of keeping Peil running."""

from django.apps import AppConfig


class OpsConfig(AppConfig):
    name = "peil.ops"
    label = "ops"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """The kinds and jobs of this room; other rooms register theirs in their own `ready`."""
        from datetime import time

        from peil.ops.outbox import register
        from peil.ops.outbox.mail import deliver_mail
        from peil.ops.outbox.queue import forget_done
        from peil.ops.schedule import Plan, add_job

        register("mail", deliver_mail)
        add_job("tidy", Plan(at=time(4, 30)), lambda _: forget_done())
