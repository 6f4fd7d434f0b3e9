"""How customers are reached, and whose turn is being decided on."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models


class Contact(models.Model):
    """One line of the address book. Who is erased loses the whole line: a first name alone tells enough."""

    person = models.CharField(max_length=64, unique=True)  # keyed hash of the customer
    customer_id = models.CharField(max_length=200, db_index=True)
    email = models.CharField(max_length=254, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    language = models.CharField(max_length=5, blank=True)
    known: models.JSONField[Any, Any] = models.JSONField(default=dict)  # what may be filled in, by key of ATTRIBUTES
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"contact {self.pk}"


class Turn(models.Model):
    """Locked while it is decided whether somebody is asked, so that two processes never both decide to."""

    person = models.CharField(max_length=64, primary_key=True)

    def __str__(self) -> str:
        return self.person


class Told(models.Model):
    """'What we did with it': one message to those who answered a survey, written by a person, sent once."""

    survey = models.ForeignKey("surveys.Survey", on_delete=models.PROTECT, related_name="told")
    texts: models.JSONField[Any, Any] = models.JSONField(default=dict)  # language -> subject, text
    since = models.DateField()  # who answered from this day ...
    until = models.DateField()  # ... until this one
    made_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)
    people = models.PositiveIntegerField(default=0)  # to how many it went

    class Meta:
        ordering: ClassVar = ["-made_at"]

    def __str__(self) -> str:
        return f"told {self.pk}"
