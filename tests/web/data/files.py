"""Small files to import, and what a browser does with them."""

from __future__ import annotations

import re
import time

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

SURVEY = "Respons;Ingevuld op;Klantnummer;Team;NPS;Toelichting\n" + "".join(
    f"R{i};{1 + i % 28:02d}-{1 + i % 9:02d}-2026;K{i};{('Noord', 'Zuid')[i % 2]};{(10, 9, 7, 3)[i % 4]};Prima geholpen {i}\n"
    for i in range(60)
)

MAPPING = """
source = "enquete"
[file]
dates = "day-month"
[answers]
response_id = "Respons"
answered_at = "Ingevuld op"
customer_id = "Klantnummer"
team = "Team"
[[answers.questions]]
question = "nps"
kind = "nps"
column = "NPS"
"""


def upload(client: Client, content: str | bytes, name: str = "enquete.csv") -> str:
    """Upload it; gives the address of its page."""
    body = content.encode() if isinstance(content, str) else content
    answer = client.post("/data/import/", {"file": SimpleUploadedFile(name, body)})
    assert answer.status_code == 302
    address = str(answer.headers["Location"])
    settle(client, address)
    return address


def settle(client: Client, address: str) -> str:
    """The page once no work is going on."""
    path = address.partition("?")[0]
    for _ in range(600):
        page = client.get(address).content.decode()
        if "<progress" not in page:
            return page
        time.sleep(0.03)
    raise AssertionError(f"{path} is still at work")


def form_of(page: str) -> dict[str, str]:
    """The fields of the form of columns as they stand."""
    body = page[page.index('id="kolommen"') :]
    body = body[: body.index("</form>")]
    fields = {n: _plain(v) for n, v in re.findall(r'<input [^>]*?name="([^"]+)"[^>]*?value="([^"]*)"', body)}
    for name, inside in re.findall(r'<select name="([^"]+)".*?>(.*?)</select>', body, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', inside)
        fields[name] = _plain(chosen[1]) if chosen else ""
    return fields


def _plain(text: str) -> str:
    import html

    return html.unescape(text)


def take_in(client: Client, content: str | bytes, name: str = "enquete.csv", **changes: str) -> str:
    """Upload, check and import; gives the result page."""
    address = upload(client, content, name)
    form = form_of(settle(client, address)) | changes | {"do": "check"}
    answer = client.post(f"{address}columns/", form)
    assert answer.status_code == 302
    settle(client, address)
    client.post(f"{address}act/", {"do": "import"})
    return settle(client, address)
