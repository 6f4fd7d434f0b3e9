"""What this room keeps: work to be done after a transaction, and when named jobs are due.

The models stay in this room; others call its functions.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

WAITING, DONE, DEAD = "waiting", "done", "dead"


class OutboxRow(models.Model):
    """One piece of work, written in the transaction that caused it."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # the same at every delivery
    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=200, null=True)  # null where the same work may be asked twice
    lane = models.CharField(max_length=10, default="quick")
    payload = models.JSONField(default=dict)
    state = models.CharField(max_length=10, default=WAITING)
    attempts = models.PositiveIntegerField(default=0)
    reason = models.CharField(max_length=500, blank=True)  # why the last attempt failed
    created_at = models.DateTimeField()
    not_before = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    lease = models.CharField(max_length=32, blank=True)  # of whoever is at work on it
    leased_until = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "key"], name="outbox_once_per_key")]
        indexes: ClassVar = [models.Index(fields=["state", "lane", "not_before", "id"], name="outbox_due")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class ScheduledJob(models.Model):
    """When a named job is due next."""

    name = models.CharField(max_length=60, unique=True)
    plan = models.CharField(max_length=100)  # with the time zone: another plan gives another moment
    next_due = models.DateTimeField()
    last_due = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class BackupMade(models.Model):
    """One backup that was made, whole, at this time."""

    made_at = models.DateTimeField()
    path = models.CharField(max_length=1000)
    size = models.BigIntegerField()

    class Meta:
        ordering: ClassVar = ["-made_at"]

    def __str__(self) -> str:
        return self.path
