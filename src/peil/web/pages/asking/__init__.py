"""Whom this organisation asks, when and how: pages for colleagues, and the one on which a customer stops."""
