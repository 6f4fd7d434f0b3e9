"""The editor: each step keeps the draft as it is then."""
