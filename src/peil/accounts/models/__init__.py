"""What accounts keeps; the models stay in this room, others use its functions."""

from peil.accounts.models.joining import Beginning, Invitation
from peil.accounts.models.keys import ApiKey
from peil.accounts.models.log import AuditEntry
from peil.accounts.models.people import Person, Team

__all__ = ["ApiKey", "AuditEntry", "Beginning", "Invitation", "Person", "Team"]
