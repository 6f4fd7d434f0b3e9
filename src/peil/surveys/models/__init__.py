"""What this room keeps: what is asked, whom, and what was answered. The models stay in this room."""

from peil.surveys.models.asking import Link, Step, Survey, Version
from peil.surveys.models.contacts import Contact, Told, Turn
from peil.surveys.models.requests import Hold, NoMore, Request, Spent
from peil.surveys.models.responses import Batch, PaperFile, Response
from peil.surveys.models.rules import Hook, Manner, Rule, Trial

__all__ = [
    "Batch", "Contact", "Hold", "Hook", "Link", "Manner", "NoMore", "PaperFile", "Request", "Response", "Rule", "Spent", "Step", "Survey", "Told", "Trial", "Turn", "Version",
]  # fmt: skip
