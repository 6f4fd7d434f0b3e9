"""What the API remembers: answers to requests that may come again, and how often each caller came."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Repeatable(models.Model):
    """A request that carries an Idempotency-Key, and once it is done, what was answered."""

    caller = models.CharField(max_length=100)
    key = models.CharField(max_length=255)
    asked = models.CharField(max_length=64)  # hash of what was asked
    begun_at = models.DateTimeField()
    status = models.PositiveSmallIntegerField(null=True)  # null while it is being done
    content_type = models.CharField(max_length=100, blank=True)
    answer = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["caller", "key"], name="api_one_request_a_key")]

    def __str__(self) -> str:
        return f"{self.caller} {self.key}"


class Bucket(models.Model):
    """What one caller may still ask, where several processes answer."""

    caller = models.CharField(max_length=100, primary_key=True)
    left = models.FloatField()
    at = models.FloatField()  # seconds since 1970

    def __str__(self) -> str:
        return self.caller
