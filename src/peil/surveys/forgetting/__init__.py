"""Taking people out of what was asked and answered: on request, or when its time is over."""
