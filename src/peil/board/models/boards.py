"""A person's tiles, and the views that people gave a name."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models


class Board(models.Model):
    """The tiles that a person chose; who chose none has the standard of the role."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="board")
    tiles: models.JSONField[Any, Any] = models.JSONField(null=True)  # None: the standard
    before: models.JSONField[Any, Any] = models.JSONField(null=True)  # as it was before the last change
    undoable = models.BooleanField(default=False)
    changed_at = models.DateTimeField(auto_now=True)


class SavedView(models.Model):
    """A page in one state, under a name; whoever opens it sees it with the own rights."""

    NOBODY, EVERYONE, ROLE, TEAM = "", "everyone", "role", "team"

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="views")
    name = models.CharField(max_length=120)
    path = models.CharField(max_length=300)
    parameters = models.TextField(blank=True)
    shared_with = models.CharField(max_length=10, blank=True, default=NOBODY)
    role = models.CharField(max_length=20, blank=True)
    team = models.ForeignKey("accounts.Team", on_delete=models.CASCADE, null=True, related_name="+")
    saved_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["name", "pk"]
