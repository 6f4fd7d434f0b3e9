"""How people come in: the first of all, and those who are invited."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from peil.accounts.rules import Role


class Beginning(models.Model):
    """That the first administrator was made. One row, with a key of its own: a second can't be written."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}"


class Invitation(models.Model):
    """That someone may join, as what. Its token went out by mail; only a hash of it is kept."""

    email = models.EmailField(max_length=254, db_index=True)
    role = models.CharField(max_length=20, choices=[(r.value, r.value) for r in Role])
    teams = models.ManyToManyField("accounts.Team", blank=True, related_name="+")
    employee_id = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=2, choices=[("nl", "nl"), ("en", "en")], default="nl")
    digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)  # accepted, withdrawn, or replaced by a newer one

    class Meta:
        ordering: ClassVar = ["-made_at", "-id"]

    def __str__(self) -> str:
        return self.email
