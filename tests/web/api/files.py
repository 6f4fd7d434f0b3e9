"""Small files to take in."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

MAPPING = """
source = "api"

[file]
delimiter = ";"
dates = "iso"

[answers]
answered_at = "date"
customer_id = "customer"

[[answers.questions]]
question = "tevreden"
kind = "csat"
column = "score"
scale = [1, 5]
"""


def answers_csv(start: int = 0, count: int = 12, bad: int = 0) -> bytes:
    """`count` answers, and `bad` more whose score is outside the scale."""
    lines = [f"2024-02-{1 + i % 28:02d};api-{i};{1 + i % 5}" for i in range(start, start + count)]
    lines += [f"2024-02-01;api-bad-{i};9" for i in range(bad)]
    return "\n".join(["date;customer;score", *lines, ""]).encode()


def form(content: bytes | None = None, name: str = "answers.csv", **more: object) -> dict[str, object]:
    """What is sent to take in a file."""
    file = SimpleUploadedFile(name, answers_csv() if content is None else content, content_type="text/csv")
    return {"file": file, "mapping": MAPPING, **more}
