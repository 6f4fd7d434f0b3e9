"""Requests to answer: one row each, those held back too; and who is not to be asked."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models


class Request(models.Model):
    """One request to one person to answer one survey, from asking for it to its end."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # `invitation_id` in the facts
    survey = models.ForeignKey("surveys.Survey", on_delete=models.PROTECT, related_name="requests")
    version = models.ForeignKey(
        "surveys.Version", null=True, on_delete=models.PROTECT, related_name="+"
    )  # as it was sent
    digest = models.CharField(max_length=64, unique=True)  # of the token that opens it; the token is kept nowhere
    cause = models.CharField(max_length=200, null=True, unique=True)  # what it follows from: the same asks once
    via = models.CharField(max_length=12)  # how it reaches the person: VIA of peil.surveys.whom
    address = models.CharField(max_length=254, blank=True)  # e-mail address or phone number
    person = models.CharField(
        max_length=64, blank=True
    )  # keyed hash of customer or address: who is not asked too often
    address_person = models.CharField(
        max_length=64, blank=True
    )  # keyed hash of the address: two customers may share it
    language = models.CharField(max_length=5, blank=True)
    channel = models.CharField(max_length=40, blank=True)  # of the contact it is about, as in the facts
    context: models.JSONField[Any, Any] = models.JSONField(
        default=dict
    )  # customer_id, interaction_id, team ... of the facts
    known: models.JSONField[Any, Any] = models.JSONField(default=dict)  # what may be filled in, by key of ATTRIBUTES
    arm = models.CharField(max_length=40, blank=True)  # of a comparison under way
    test = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)  # when it may leave
    sent_at = models.DateTimeField(null=True)
    reminder_at = models.DateTimeField(null=True)  # when to remind; emptied once it was
    reminded_at = models.DateTimeField(null=True)
    bounced_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    expired_at = models.DateTimeField(null=True)
    held_back = models.CharField(max_length=40, blank=True)  # why it was not sent: HELD_BACK of peil.surveys.whom
    to_facts = models.BooleanField(default=True)  # the facts do not know this yet
    let_go_at = models.DateTimeField(null=True)  # since when it is nobody's any more: its time was over

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["due_at"], name="request_due", condition=models.Q(sent_at=None, held_back="")),
            models.Index(fields=["reminder_at"], name="request_reminder"),
            models.Index(fields=["person", "sent_at"], name="request_person"),
            models.Index(fields=["address_person", "sent_at"], name="request_address"),
            models.Index(fields=["id"], name="request_to_facts", condition=models.Q(to_facts=True)),
            models.Index(fields=["survey", "made_at"], name="request_survey"),
        ]

    def __str__(self) -> str:
        return str(self.uid)


class Spent(models.Model):
    """Which requests of an anonymous survey were answered, as marks that lead to none of them: see answering/spent.py."""

    survey = models.OneToOneField("surveys.Survey", primary_key=True, on_delete=models.CASCADE, related_name="+")
    marks = models.BinaryField(default=b"")

    def __str__(self) -> str:
        return f"spent of {self.pk}"


class NoMore(models.Model):
    """Somebody who is not asked again: they said so, or their address does not work."""

    person = models.CharField(max_length=64)  # keyed hash
    survey = models.ForeignKey(
        "surveys.Survey", null=True, on_delete=models.CASCADE, related_name="+"
    )  # null: nothing at all
    reason = models.CharField(max_length=20)  # opt_out, bounced, complaint
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person"], name="no_more_person")]

    def __str__(self) -> str:
        return self.reason


class Hold(models.Model):
    """Why a customer is left alone for now: an open complaint or case, collections, a death, a minor."""

    customer_id = models.CharField(max_length=200)
    reason = models.CharField(max_length=40)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["customer_id"], name="hold_customer")]

    def __str__(self) -> str:
        return self.reason
