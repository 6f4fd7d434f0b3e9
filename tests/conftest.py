"""What tests of several rooms share: a PostgreSQL server of their own."""

from tests.postgres import postgres

__all__ = ["postgres"]
