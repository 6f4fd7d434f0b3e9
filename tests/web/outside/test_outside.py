"""The mailbox and the website of the demo: what is mailed is read there, by this machine alone, and ends with who started it."""

from __future__ import annotations

import json
import smtplib
import subprocess
import sys
import urllib.error
import urllib.request
from dataclasses import asdict
from email.message import EmailMessage
from pathlib import Path
from urllib.request import Request

import pytest
from tests.ops.server import free_port
from tests.web.outside.conftest import PEIL, wish

from peil.web.outside.at_work import Outside, start_outside
from peil.web.serving.logs import logging_settings

HTML = "<p>Hoe ging het? <a href='http://127.0.0.1:8000/a/x/?score=7'>7</a></p>"


def send(port: int, subject: str) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "Kadewijk <k@kadewijk.example>", "mina@klant.example", subject
    mail.set_content("Zonder opmaak")
    mail.add_alternative(HTML, subtype="html")
    with smtplib.SMTP("127.0.0.1", port) as server:
        server.send_message(mail)


def get(address: str, **headers: str) -> tuple[str, str]:
    """What a page says, and its policy."""
    with urllib.request.urlopen(Request(address, headers=headers), timeout=20) as said:
        return said.read().decode(), said.headers["Content-Security-Policy"]


def test_what_is_mailed_is_read_as_html_as_text_and_with_its_headers(outside: Outside) -> None:
    assert "Er is nog geen mail." in get(outside.address + "/")[0]
    send(outside.mail_port, "Eén <b>vraag</b>")
    box, policy = get(outside.address + "/")
    assert "Eén &lt;b&gt;vraag&lt;/b&gt;" in box
    assert "default-src 'none'" in policy
    path = box.partition('<h2><a href="')[2].partition('"')[0]
    html, policy = get(outside.address + path)
    assert html.strip() == HTML
    assert "script-src" not in policy
    assert policy.startswith("default-src 'none'")
    assert get(f"{outside.address}{path}text/")[0].strip() == "Zonder opmaak"
    assert "\nTo: mina@klant.example" in get(f"{outside.address}{path}source/")[0].replace("\r", "")


@pytest.mark.parametrize("path", ["/mail/../../../etc/passwd/", "/mail/1/", "/mail/%2e%2e/", "/mail/1/source/", "/x"])
def test_nothing_else_is_there(outside: Outside, path: str) -> None:
    with pytest.raises(urllib.error.HTTPError, match="404"):
        get(outside.address + path)


def test_another_name_for_this_machine_reads_nothing(outside: Outside) -> None:
    with pytest.raises(urllib.error.HTTPError, match="421"):
        get(outside.address + "/", Host="evil.example")


def test_the_website_asks_by_the_script_of_peil_alone(outside: Outside) -> None:
    for path, places in (("/website/", ("help", "visit")), ("/website/chat/", ("chat",))):
        page, policy = get(outside.address + path)
        assert [f"{PEIL}/w/code-of-{place}.js" in page for place in places] == [True] * len(places)
        assert f"script-src 'self' {PEIL};" in policy
        assert "require-trusted-types-for 'script'" in policy


def test_a_port_that_is_taken_gives_another(tmp_path: Path, outside: Outside) -> None:
    """And it goes on when the one that started it becomes another program, until that ends."""
    taken = int(outside.address.rpartition(":")[2])
    code = (
        "import json, os, sys; from peil.web.outside.at_work import Wish, start_outside;"
        "found = start_outside(Wish(**json.loads(sys.argv[1]))); print(found.address, flush=True);"
        "os.execv(sys.executable, [sys.executable, '-c', 'input()'])"
    )
    command = [sys.executable, "-c", code, json.dumps(asdict(wish(tmp_path, taken)))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        assert address != outside.address
        assert "Postvak" in get(address + "/")[0]
        process.communicate("\n", timeout=20)
    for _ in range(100):
        try:
            get(address + "/")
        except OSError:
            break
    else:
        raise AssertionError("it is still there")


@pytest.mark.parametrize(("said", "level"), [("quiet", "WARNING"), ("", "INFO")])
def test_what_the_demo_printed_stays_in_sight(said: str, level: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line for each request would push the sign-ins and addresses out of the terminal."""
    monkeypatch.setenv("PEIL_LOG", said)
    assert logging_settings()["loggers"]["peil"]["level"] == level


def test_what_can_not_start_is_told(tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("a file in the way")
    with pytest.raises(Exception, match="mailbox of the demo did not start"):
        start_outside(wish(tmp_path, free_port()))
