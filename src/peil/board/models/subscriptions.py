"""Who gets which figures by e-mail, and how often."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from peil.board.models.boards import SavedView


class Subscription(models.Model):
    """The figures of a person's board, or of a view, after every whole week or month."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="subscriptions")
    view = models.ForeignKey(SavedView, on_delete=models.CASCADE, null=True, related_name="+")
    every = models.CharField(max_length=5)  # week or month
    only_changed = models.BooleanField(default=False)
    started_at = models.DateTimeField(auto_now_add=True)
    done_until = models.DateField(null=True)  # the end of the last period that was told, or had nothing to tell
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["pk"]
