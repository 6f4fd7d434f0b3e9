"""What customers write in English: by the same subjects, displeased, so-so and pleased."""

from __future__ import annotations

DETAILS = {
    "month": ("January", "March", "May", "August", "September", "November"),
}

SENTENCES: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "bedrijf": (
        ("I feel like a number here.",),
        ("Fine, nothing special.",),
        ("Everything just works, thank you.",),
    ),
}
