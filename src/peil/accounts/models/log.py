"""The audit log: who did what, and when."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class AuditEntry(models.Model):
    """One thing that was done. Triggers in the database refuse to change or delete it."""

    at = models.DateTimeField(auto_now_add=True)
    # without a constraint, and with the address as it was: an entry outlives the person who caused it
    actor = models.ForeignKey(
        "accounts.Person", null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    actor_address = models.CharField(max_length=254, blank=True)
    action = models.CharField(max_length=40)
    about = models.CharField(max_length=300, blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["action", "-id"], name="audit_by_action"),
            models.Index(fields=["actor", "-id"], name="audit_by_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_address} {self.action} {self.about}"
