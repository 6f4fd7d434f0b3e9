"""What is said beside the output, for whoever watches."""

from __future__ import annotations

import sys


def say_aside(words: str) -> None:
    """On stderr, so that stdout holds nothing but what was asked."""
    sys.stderr.write(f"{words}\n")
    sys.stderr.flush()
