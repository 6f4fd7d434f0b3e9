"""Customer journeys: the stops that a customer passes, in order, and what is asked there."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models


class Journey(models.Model):
    """A road that customers go."""

    name = models.CharField(max_length=120)
    place = models.PositiveIntegerField(default=0)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["place", "pk"]


class Stop(models.Model):
    """A touchpoint on that road: who owns it, where its rows are, and which KPIs show it, two at most."""

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="stops")
    name = models.CharField(max_length=120)
    department = models.CharField(max_length=120, blank=True)
    place = models.PositiveIntegerField(default=0)
    found_in: models.JSONField[Any, Any] = models.JSONField(default=dict)  # column of the facts -> its value there
    kpis: models.JSONField[Any, Any] = models.JSONField(default=list)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["place", "pk"]
