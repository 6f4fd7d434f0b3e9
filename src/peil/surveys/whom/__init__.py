"""Whom Peil asks and when: decided once per cause, and nobody more often than agreed."""
