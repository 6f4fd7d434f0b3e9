"""What is aimed at, and what others reached."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models


class Target(models.Model):
    """A value to reach by a day, with what was measured when it was set; nothing of it changes but its end."""

    kpi = models.CharField(max_length=60, db_index=True)
    team = models.CharField(max_length=200, blank=True)  # as it is called in the facts; '' is everyone
    value = models.FloatField()
    months = models.PositiveSmallIntegerField()
    starts = models.DateField()
    due = models.DateField()
    baseline: models.JSONField[Any, Any] = models.JSONField(
        null=True
    )  # a figure and its days; None: nothing to measure
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    set_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)
    replaced_by = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="replaces")

    class Meta:
        ordering: ClassVar = ["kpi", "team", "due", "pk"]


class Benchmark(models.Model):
    """A figure of others that people of this organisation entered."""

    kpi = models.CharField(max_length=60, db_index=True)
    name = models.CharField(max_length=200)
    source = models.CharField(max_length=300)
    year = models.PositiveSmallIntegerField()
    value = models.FloatField()
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    n = models.PositiveIntegerField(null=True)
    scale = models.CharField(max_length=40, blank=True)  # '1-5'; '' where it is not known
    same_question = models.BooleanField(default=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["kpi", "-year", "name", "pk"]
