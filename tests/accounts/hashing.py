"""Argon2 as it is, but for its cost: people's passwords are hashed slowly on purpose, those of tests need not be."""

from __future__ import annotations

from django.contrib.auth.hashers import Argon2PasswordHasher


class QuickArgon2(Argon2PasswordHasher):
    time_cost = 1
    memory_cost = 64
    parallelism = 1
