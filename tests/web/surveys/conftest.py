"""Surveys need no company with years of facts: an empty warehouse is there at once."""

from __future__ import annotations

from tests.web.accounts.conftest import company

__all__ = ["company"]
