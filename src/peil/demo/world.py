"""What happened at Kadewijk Energie, before any system tells of it."""

from __future__ import annotations

from dataclasses import dataclass

from peil.demo.contact.contacts import Contacts, draw_contacts
from peil.demo.contact.episodes import draw_episodes
from peil.demo.contact.facts import Desk, open_desk
from peil.demo.customers import Customers, draw_customers
from peil.demo.employees import Staff, draw_staff
from peil.demo.surveys.after_contact import after_contact_sheet
from peil.demo.surveys.asking import Asked, draw_asked
from peil.demo.surveys.relationship import relationship_sheet
from peil.demo.surveys.service_quality import service_quality_sheet
from peil.demo.surveys.sheet import Sheet
from peil.demo.surveys.website import website_sheet
from peil.demo.web.visits import Visits, draw_visits
from peil.demo.workforce import engagement_sheet

ROWS_A_CUSTOMER = 29.1  # of all facts


@dataclass(frozen=True, slots=True)
class Company:
    """How large, and which of all that could have been; `prefix` begins every key."""

    customers: int = 20_000
    seed: int = 1
    prefix: str = ""


def company_of(rows: int, seed: int = 1) -> Company:
    """The company whose facts have about so many rows together; a customer has some thirty."""
    return Company(customers=max(1, round(rows / ROWS_A_CUSTOMER)), seed=seed)


@dataclass(frozen=True, slots=True)
class World:
    """What happened, before any system tells of it."""

    company: Company
    customers: Customers
    staff: Staff
    contacts: Contacts
    desk: Desk
    asked: Asked
    visits: Visits


def draw_world(company: Company) -> World:
    seed = company.seed
    customers = draw_customers(seed, company.customers)
    staff = draw_staff(seed, company.customers)
    contacts = draw_contacts(seed, customers, draw_episodes(seed, customers))
    desk = open_desk(seed, company.prefix, (customers, staff), contacts)
    asked = draw_asked(seed, customers, desk)
    return World(company, customers, staff, contacts, desk, asked, draw_visits(seed, customers, company.customers))


def sheets(world: World) -> dict[str, Sheet]:
    """The surveys by name, as their tool exports them."""
    seed, prefix = world.company.seed, world.company.prefix
    return {
        "relatie": relationship_sheet(seed, prefix, world.customers, world.asked),
        "na-contact": after_contact_sheet(seed, world.desk, world.asked),
        "servicekwaliteit": service_quality_sheet(seed, prefix, world.customers, world.asked),
        "website": website_sheet(seed, prefix, world.visits),
        "medewerkers": engagement_sheet(seed, prefix, world.staff),
    }
