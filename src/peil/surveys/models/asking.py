"""Surveys, what was published of them, and the open doors to them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models


class Survey(models.Model):
    """Something that is asked, over all its versions."""

    key = models.CharField(max_length=40, unique=True)  # `survey` in the facts
    draft = models.TextField(blank=True)  # a questionnaire as JSON; empty where nothing waits to be published
    edits = models.PositiveIntegerField(default=0)  # of the draft: who saves says which one they began from
    made_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)  # nobody is asked any more, and nobody can answer

    class Meta:
        ordering: ClassVar = ["key"]

    def __str__(self) -> str:
        return self.key


class Step(models.Model):
    """A draft as it was before a change, so that the change can be taken back."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="steps")
    edits = models.PositiveIntegerField()  # those of the draft that this was
    content = models.TextField(blank=True)  # empty: there was no draft

    class Meta:
        ordering: ClassVar = ["survey", "-edits"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["survey", "edits"], name="step_once")]

    def __str__(self) -> str:
        return f"{self.survey} {self.edits}"


class Version(models.Model):
    """A questionnaire as it was published; never changed."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.TextField()  # a questionnaire as JSON
    fingerprint = models.CharField(max_length=64)
    published_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["survey", "number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["survey", "number"], name="version_once")]

    def __str__(self) -> str:
        return f"{self.survey} {self.number}"


class Link(models.Model):
    """An open door to a survey: whoever has it may answer. Where it hangs says by which channel, not the answers."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="links")
    code = models.CharField(max_length=40, unique=True)  # shown to who makes it, printed, and so kept as it is
    kind = models.CharField(max_length=12)  # LINK_KINDS of peil.surveys.links
    label = models.CharField(max_length=120)  # where it hangs, for colleagues
    channel = models.CharField(max_length=40, blank=True)  # of the facts
    team = models.CharField(max_length=200, blank=True)
    settings: models.JSONField[Any, Any] = models.JSONField(
        default=dict
    )  # what the kind needs, such as when a widget shows
    made_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["survey", "pk"]

    def __str__(self) -> str:
        return self.label
