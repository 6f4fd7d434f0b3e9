"""What was answered."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models


class Response(models.Model):
    """One submission, as far as it came.

    Of an anonymous survey it is tied to no request and to no moment: `request` stays empty, and all times are the day's.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)  # `response_id` in the facts
    # Each index costs every answer a page on disk, so there are those that are asked by: a survey is found by those of
    # `Meta`, and a version within its survey.
    survey = models.ForeignKey("surveys.Survey", on_delete=models.PROTECT, related_name="responses", db_index=False)
    version = models.ForeignKey("surveys.Version", on_delete=models.PROTECT, related_name="responses", db_index=False)
    submission = models.CharField(max_length=64)  # made with the form: the same form sent twice is one answer
    request = models.OneToOneField("surveys.Request", null=True, on_delete=models.PROTECT, related_name="response")
    link = models.ForeignKey(
        "surveys.Link", null=True, on_delete=models.PROTECT, related_name="responses", db_index=False
    )
    answers = models.TextField()  # as JSON
    language = models.CharField(max_length=5)
    device = models.CharField(max_length=12, blank=True)  # phone, tablet, computer, kiosk, paper
    context: models.JSONField[Any, Any] = models.JSONField(
        default=dict
    )  # customer_id, interaction_id, team ... of the facts
    call_back = models.CharField(max_length=200, blank=True)  # a number or address, for this call alone
    last_question = models.CharField(max_length=40, blank=True)
    flags = models.CharField(max_length=120, blank=True)  # doubts: speeder, straight_line, duplicate, flood
    sender = models.CharField(
        max_length=64, blank=True
    )  # keyed hash of where it came from, for a day: against stuffing
    test = models.BooleanField(default=False)
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    entered_by = models.ForeignKey(
        "accounts.Person", null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )  # paper, phone
    to_facts = models.BooleanField(default=True)  # the facts do not know this yet
    let_go_at = models.DateTimeField(null=True)  # since when it is nobody's any more: its time was over

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["survey", "submission"], name="submission_once")]
        indexes: ClassVar = [
            models.Index(fields=["saved_at"], name="response_to_facts", condition=models.Q(to_facts=True)),
            models.Index(fields=["survey", "saved_at"], name="response_survey"),
            models.Index(fields=["survey", "test", "finished_at"], name="response_finished"),
            models.Index(fields=["sender", "saved_at"], name="response_sender", condition=~models.Q(sender="")),
        ]

    def __str__(self) -> str:
        return str(self.id)


class PaperFile(models.Model):
    """A file of answers on paper that was read in: which they were, so that all of it can be taken back."""

    link = models.ForeignKey("surveys.Link", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("accounts.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    sheets: models.JSONField[Any, Any] = models.JSONField(default=dict)  # response -> digest of what was answered
    taken_back_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"file {self.pk}"


class Batch(models.Model):
    """Responses and requests on their way into the facts, by their keys."""

    responses: models.JSONField[Any, Any] = models.JSONField(default=list)
    requests: models.JSONField[Any, Any] = models.JSONField(default=list)
    reason = models.CharField(max_length=500, blank=True)  # why the one that it holds can't be loaded
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{len(self.responses)} responses, {len(self.requests)} requests"
