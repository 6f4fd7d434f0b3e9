"""When somebody is asked, how this organisation asks, and what is tried out."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models


class Rule(models.Model):
    """After what a survey is sent, to whom, how long after and by which way."""

    survey = models.ForeignKey("surveys.Survey", on_delete=models.CASCADE, related_name="rules")
    name = models.CharField(max_length=120)
    moment = models.CharField(max_length=20)  # Moment of a questionnaire
    settings: models.JSONField[Any, Any] = models.JSONField(default=dict)
    active = models.BooleanField(default=False)
    made_at = models.DateTimeField(auto_now_add=True)
    since = models.DateTimeField(null=True)  # what happened before it was set going is not asked about

    class Meta:
        ordering: ClassVar = ["survey", "pk"]

    def __str__(self) -> str:
        return self.name


class Trial(models.Model):
    """Two or more ways to ask, drawn by lot, to see which gets more answers. One at a time a survey."""

    survey = models.ForeignKey("surveys.Survey", on_delete=models.CASCADE, related_name="trials")
    what = models.CharField(max_length=20)  # subject, moment, way, first_question
    arms: models.JSONField[Any, Any] = models.JSONField(default=list)
    expected = models.FloatField(default=0.15)  # share of answers that was reckoned with
    smallest = models.FloatField(default=0.03)  # the smallest difference between two shares that matters
    planned = models.PositiveIntegerField(default=0)  # ripe requests an arm, before a verdict is given
    began_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-began_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["survey"], condition=models.Q(ended_at=None), name="one_trial_at_a_time")
        ]

    def __str__(self) -> str:
        return self.what


class Hook(models.Model):
    """A system that tells what happened by signed messages. Its secret is worked out from `drawn`, and kept nowhere."""

    name = models.CharField(max_length=100)
    code = models.CharField(max_length=40, unique=True)  # of its address
    drawn = models.CharField(max_length=32)  # for the secret that holds
    before = models.CharField(max_length=32, blank=True)  # for the one that it replaced
    before_until = models.DateTimeField(null=True)
    made_at = models.DateTimeField(auto_now_add=True)
    renewed_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class Manner(models.Model):
    """How this organisation asks: its look, its name as a sender, and how often it disturbs somebody. One row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    settings: models.JSONField[Any, Any] = models.JSONField(default=dict)
    logo = models.BinaryField(null=True)
    logo_type = models.CharField(max_length=40, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return "manner"
