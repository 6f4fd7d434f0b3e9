"""Changing a draft: pure functions from one questionnaire to the next.

arranging    pages and questions: added, moved, taken out
differences  what a draft has otherwise than the version before it
"""
