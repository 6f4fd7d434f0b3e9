"""What Peil writes to customers: invitations, reminders, what was done with answers; and what comes back."""
