"""The Django app of keeping Peil running."""

from django.apps import AppConfig


class OpsConfig(AppConfig):
    name = "peil.ops"
    label = "ops"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """The kinds of this room; other rooms register theirs in their own `ready`."""
        from peil.ops.outbox import register
        from peil.ops.outbox.mail import deliver_mail

        register("mail", deliver_mail)
