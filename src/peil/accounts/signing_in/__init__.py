"""Passwords, attempts to guess them, and the door of allauth."""
