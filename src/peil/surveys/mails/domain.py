"""Whether mail from the sender's domain is believed: SPF, DKIM and DMARC, as the DNS has them, with what to do."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import dns.exception
import dns.resolver

Resolve: TypeAlias = Callable[[str], Sequence[str]]  # a name -> its TXT records; none where there is no such name
Name: TypeAlias = Literal["spf", "dkim", "dmarc"]
State: TypeAlias = Literal["good", "weak", "missing", "wrong", "unknown"]
SELECTORS = (
    "default",
    "mail",
    "dkim",
    "s1",
    "s2",
    "k1",
    "selector1",
    "selector2",
    "google",
    "mx",
    "peil",
    "smtp",
    "key1",
)
_MOST_LOOKUPS = 10  # RFC 7208, 4.6.4
_TIMEOUT = 4.0
_LOOKS = re.compile(r"^[+?~-]?(?:include:|a(?:[:/]|$)|mx(?:[:/]|$)|ptr|exists:)|^redirect=", re.IGNORECASE)


class CouldNotLook(Exception):
    """The DNS did not answer: nothing is known, which is no reason to call anything missing."""


@dataclass(frozen=True, slots=True)
class Check:
    """One finding: `word` is the key of its words, `found` what the DNS holds."""

    name: Name
    state: State
    word: str
    found: str = ""


def resolve_txt(name: str) -> list[str]:
    """The TXT records of a name. Raises CouldNotLook where the DNS can't be reached."""
    try:
        resolver = dns.resolver.Resolver()
        resolver.lifetime = _TIMEOUT
        answer = resolver.resolve(name, "TXT")
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return []
    except (dns.exception.DNSException, OSError) as error:
        raise CouldNotLook(type(error).__name__) from None
    return [b"".join(record.strings).decode("utf-8", "replace") for record in answer]


def check_domain(domain: str, resolve: Resolve = resolve_txt, selectors: Sequence[str] = SELECTORS) -> list[Check]:
    """The three checks, in the order in which one mends them. Where the DNS can't be reached, it is asked once."""
    looks: tuple[tuple[Name, Callable[[], Check]], ...] = (
        ("spf", lambda: _spf(domain, resolve)),
        ("dkim", lambda: _dkim(domain, resolve, selectors)),
        ("dmarc", lambda: _dmarc(domain, resolve)),
    )
    found: list[Check] = []
    for name, look in looks:
        away = bool(found) and found[-1].state == "unknown"
        found.append(Check(name, "unknown", "dns_unknown") if away else _looked(name, look))
    return found


def _looked(name: Name, look: Callable[[], Check]) -> Check:
    try:
        return look()
    except CouldNotLook:
        return Check(name, "unknown", "dns_unknown")


def _spf(domain: str, resolve: Resolve) -> Check:
    records = [r for r in resolve(domain) if re.match(r"v=spf1(\s|$)", r, re.IGNORECASE)]
    if not records:
        return Check("spf", "missing", "spf_missing")
    if len(records) > 1:
        return Check("spf", "wrong", "spf_twice", " | ".join(records)[:300])
    terms, found = records[0].split()[1:], records[0][:300]
    if sum(bool(_LOOKS.match(t)) for t in terms) > _MOST_LOOKUPS:
        return Check("spf", "wrong", "spf_long", found)
    last = next((t.lower() for t in reversed(terms) if t.lower().endswith("all")), "")
    if last in ("-all", "~all") or any(t.lower().startswith("redirect=") for t in terms):
        return Check("spf", "good", "spf_good", found)
    return Check(
        "spf",
        "wrong" if last in ("+all", "all") else "weak",
        "spf_open" if last in ("+all", "all") else "spf_weak",
        found,
    )


def _dkim(domain: str, resolve: Resolve, selectors: Sequence[str]) -> Check:
    """A key under any of the names that are in use; which one a server signs with, only a mail of it tells."""
    for selector in selectors:
        for record in resolve(f"{selector}._domainkey.{domain}"):
            tags = _tags(record)
            if "p" in tags and tags.get("v", "DKIM1").upper() == "DKIM1":
                good = bool(tags["p"])
                return Check("dkim", "good" if good else "wrong", "dkim_good" if good else "dkim_revoked", selector)
    return Check("dkim", "weak", "dkim_unseen")


def _dmarc(domain: str, resolve: Resolve) -> Check:
    records: list[str] = []
    for at in _up(domain):
        records = [r for r in resolve(f"_dmarc.{at}") if r.lower().replace(" ", "").startswith("v=dmarc1")]
        if records:
            break
    if not records:
        return Check("dmarc", "missing", "dmarc_missing")
    if len(records) > 1:
        return Check("dmarc", "wrong", "dmarc_twice", " | ".join(records)[:300])
    policy = _tags(records[0]).get("p", "").lower()
    if policy in ("quarantine", "reject"):
        return Check("dmarc", "good", "dmarc_good", records[0][:300])
    return Check(
        "dmarc",
        "weak" if policy == "none" else "wrong",
        f"dmarc_{'none' if policy == 'none' else 'wrong'}",
        records[0][:300],
    )


def _up(domain: str) -> list[str]:
    """The domain and those above it, without the top-level one."""
    labels = domain.split(".")
    return [".".join(labels[n:]) for n in range(max(len(labels) - 1, 1))]


def _tags(record: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in record.split(";"))
    return {name.strip().lower(): value.strip() for name, _, value in pairs if name.strip()}
