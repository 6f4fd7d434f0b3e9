"""Keeping Peil running: outbox, scheduler, backup, erasing, health."""
