"""Mail scanners, as S01 has them: whatever they do with the links of a mail, nobody answered and nobody stopped."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from django.test import Client

AGENTS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/129.0.0.0 Safari/537.36",
    "Mozilla/5.0 (compatible; MSIE 10.0; Windows NT 6.1; Trident/6.0)",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; ms-office; MSOffice 16)",
    "Microsoft Office/16.0 (Microsoft Outlook Mail 16.0; Pro)",
    "Mozilla/5.0 (Windows; U; Windows NT 5.1; en-US) Proofpoint",
    "Barracuda Sentinel (EE)",
    "Mozilla/5.0 (compatible; Mimecast URL Protect)",
    "GoogleImageProxy via ggpht.com",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)",
    "python-requests/2.32",
)
LINK = re.compile(r'href="(https?://[^"]+)"')


def links_of(html: str, text: str, unsubscribe: str) -> list[str]:
    """Every address in a mail: of both parts, and of its headers."""
    found = [*LINK.findall(html), *re.findall(r"https?://\S+", text), unsubscribe.strip(" <>\r\n")]
    return list(dict.fromkeys(found))


def scan(client: Client, links: Sequence[str], lots: random.Random) -> int:
    """One scanner goes over one mail: in some order, by HEAD and GET, perhaps twice, some before a human could."""
    order, asked = list(links), 0
    lots.shuffle(order)
    agent = lots.choice(AGENTS)
    twice = lots.random() < 0.1  # as Safe Links does
    headers = {"User-Agent": agent} | (
        {"Sec-Purpose": "prefetch", "Purpose": "prefetch"} if lots.random() < 0.2 else {}
    )
    for link in [*order, *(order if twice else ())]:
        path = "/" + link.split("/", 3)[3]
        for way in lots.choice(
            ((client.get,), (client.get,), (client.get,), (client.head, client.get), (client.options,))
        ):
            answer = way(path, headers=headers)
            assert answer.status_code < 500
            assert not answer.cookies
            asked += 1
    return asked
