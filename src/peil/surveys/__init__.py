"""Asking: what is asked, of whom and when, on which page, and how an answer becomes facts."""
