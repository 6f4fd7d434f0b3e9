"""Erasing a customer, for the administrator: look what there is, confirm, and what was erased where."""
