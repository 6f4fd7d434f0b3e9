"""What can be asked and done, one file a subject."""
