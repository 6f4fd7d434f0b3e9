"""What was reported: figures as they were, what was written about them, and notes on days."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from peil.core.errors import Bug


class Kept(models.QuerySet["Snapshot"]):
    """Rows that may be added and read, never changed."""

    def update(self, **_: Any) -> int:
        raise Bug("a snapshot is never changed")

    def delete(self) -> Any:
        raise Bug("a snapshot is never removed")


class Snapshot(models.Model):
    """Figures as they were reported; `digest` tells whether anything but Peil changed them."""

    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=200, blank=True)
    since = models.DateField()
    until = models.DateField()  # the first day that no longer counts
    where: models.JSONField[Any, Any] = models.JSONField(default=list)
    figures: models.JSONField[Any, Any] = models.JSONField()
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    digest = models.CharField(max_length=64)

    objects = models.Manager.from_queryset(Kept)()

    class Meta:
        ordering: ClassVar = ["-made_at", "-pk"]

    def save(self, **more: Any) -> None:
        if self.pk is not None:
            raise Bug("a snapshot is never changed")
        super().save(**more)

    def delete(self, **_: Any) -> Any:  # type: ignore[override]
        raise Bug("a snapshot is never removed")


class Interpretation(models.Model):
    """What somebody wrote about the figures of a period; the newest of a period and its rows holds."""

    since = models.DateField()
    until = models.DateField()
    scope = models.CharField(max_length=64, db_index=True)  # which rows, as a digest of the filters
    text = models.TextField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["-written_at", "-pk"]


class Annotation(models.Model):
    """Something that happened on a day, for who looks at a trend; `where` says about which rows."""

    day = models.DateField(db_index=True)
    text = models.CharField(max_length=300)
    where: models.JSONField[Any, Any] = models.JSONField(default=list)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["day", "pk"]
