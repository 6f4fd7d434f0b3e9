"""What accounts keeps; the models stay in this room, others use its functions."""

from peil.accounts.models.people import Person, Team

__all__ = ["Person", "Team"]
