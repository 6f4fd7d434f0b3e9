"""What docs/asking.md says of services for messages is what Peil reads."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from tests.docs.pages import snippets

from peil.surveys.mails.message import FILE_NAME, WAYS, read_services

HOSTILE = 'Hoe ging "het"? {to} & {secret}\n\\'


def test_the_file_of_the_page_asks_both_services(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (shown,) = [s.text for s in snippets("docs/asking.md") if s.language == "toml"]
    (tmp_path / FILE_NAME).write_text(shown, encoding="utf-8")
    monkeypatch.setenv("SMS_SECRET", "s3cret")
    services = read_services(tmp_path)
    assert services.keys() == set(WAYS)
    sms, whatsapp = (services[way].call("+31612345678", HOSTILE, "n-1") for way in WAYS)
    assert json.loads(sms.body) == {"to": "+31612345678", "body": HOSTILE}
    assert parse_qs(whatsapp.body.decode()) == {"to": ["+31612345678"], "text": [HOSTILE], "ref": ["n-1"]}
    for call in (sms, whatsapp):
        assert (call.method, call.headers["Authorization"]) == ("POST", "Bearer s3cret")
        assert call.headers["Idempotency-Key"] == "n-1"
