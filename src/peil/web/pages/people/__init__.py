"""People, invitations, teams, and what was done here, for administrators."""
