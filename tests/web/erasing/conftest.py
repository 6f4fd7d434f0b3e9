"""A small warehouse with one customer whose traces are known, and traces of them elsewhere."""

from tests.web.settings.conftest import company, planted

__all__ = ["company", "planted"]
