"""How many contacts there are, about what, and what they cost or would have cost."""

from __future__ import annotations

from dataclasses import replace

from peil.core.intervals import ratio_t
from peil.core.kpi import Array, Kpi, Part, Sums, Words
from peil.core.kpis.shapes import INBOUND, MEAN, SHARE, mean, mean_of, over
from peil.core.moments import Count, CountBetween, Histogram, Is, Sum

_DIGITAL = "Deze digital service KPI's verlagen je contactkosten (Dutch trade article)"
_CUSTOMERS = Part("memberships", {"customers": Sum("present")})
_SOLVED = Part("interactions", {"solved": Count("cost")}, (*INBOUND, Is("resolved_by", ("person", "automatic"))))
_COSTS = Part("interactions", {"cost": Sum("cost"), "costed": Count("cost")}, INBOUND)


def _per_100_customers(m: Sums) -> Array:
    return 100 * over(m.n, m.customers)


def _cost_per_solved(m: Sums) -> Array:
    return over(m.total, m.solved)


def _contacts_avoided(m: Sums) -> Array:
    return 100 * m.avoided_share * (1 - over(m.contacted, m.n))


def _cost_avoided(m: Sums) -> Array:
    return m.avoided_share * (1 - over(m.contacted, m.n)) * over(m.cost, m.costed)


CONTACT_RATE = Kpi(
    key="contact_rate",
    document="K28",
    name=Words("Contactratio", "Contact rate"),
    formula=Words(
        "binnenkomende contacten in de periode / gemiddeld aantal klanten in de periode × 100",
        "incoming contacts in the period / mean number of customers in the period × 100",
    ),
    tells=Words(
        "Contacten per 100 klanten; per reden met --by reason. Callreductie is de verandering hiervan.",
        "Contacts per 100 customers; by reason with --by reason. Call reduction is its change.",
    ),
    fact="interactions",
    rows=INBOUND,
    unit="per_100",
    better="lower",
    moments={"n": Count("interaction_id")},
    second=_CUSTOMERS,
    value=_per_100_customers,
    method=ratio_t(),
    source=_DIGITAL,
)

CONTACT_REASONS = Kpi(
    key="contact_reasons",
    document="K28",
    name=Words("Contactredenen", "Contact reasons"),
    formula=Words(
        "contacten met de reden / contacten waarvan de reden bekend is × 100",
        "contacts for the reason / contacts whose reason is known × 100",
    ),
    tells=Words("Waarover klanten contact zoeken; samen 100%.", "What customers contact us about; together 100%."),
    fact="interactions",
    rows=INBOUND,
    unit="percent",
    better="neither",
    spread=Histogram("reason"),
    method=SHARE,
    source=_DIGITAL,
)

CONTACT_REASONS_TYPE = replace(
    CONTACT_REASONS,
    key="contact_reasons_type",
    name=Words("Contactredenen, product of proces", "Contact reasons, product or process"),
    formula=Words(
        "contacten over product of proces / contacten waarvan dat bekend is × 100",
        "contacts about product or process / contacts where it is known × 100",
    ),
    tells=Words(
        "Of klanten contact zoeken over wat we leveren of over hoe we dat doen.",
        "Whether customers contact us about what we deliver or about how we do it.",
    ),
    spread=Histogram("reason_type"),
)

CONTACT_REASONS_CONTROL = replace(
    CONTACT_REASONS,
    key="contact_reasons_control",
    name=Words("Contactredenen, binnen of buiten onze invloed", "Contact reasons, within or outside our control"),
    formula=Words(
        "contacten om redenen binnen of buiten onze invloed / contacten waarvan dat bekend is × 100",
        "contacts for reasons within or outside our control / contacts where it is known × 100",
    ),
    tells=Words(
        "Welk deel van de contacten een reden heeft waar we zelf iets aan kunnen doen.",
        "Which share of the contacts has a reason that we can do something about.",
    ),
    spread=Histogram("controllable"),
)

COST_PER_CONTACT = Kpi(
    key="cost_per_contact",
    document="K24",
    name=Words("Kosten per contact", "Cost per contact"),
    formula=Words(
        "som van de kosten / binnenkomende contacten waarvan de kosten bekend zijn",
        "sum of the costs / incoming contacts whose cost is known",
    ),
    tells=Words(
        "Wat een contact gemiddeld kost; per kanaal met --by channel. Zo betrouwbaar als de ingevoerde kosten.",
        "What a contact costs on average; by channel with --by channel. As reliable as the costs that were entered.",
    ),
    fact="interactions",
    rows=INBOUND,
    unit="euro",
    better="lower",
    moments=mean_of("cost"),
    value=mean,
    method=MEAN,
    source=_DIGITAL,
)

COST_PER_SOLVED = Kpi(
    key="cost_per_solved",
    document="K24",
    name=Words("Kosten per opgelost contact", "Cost per solved contact"),
    formula=Words(
        "kosten van alle binnenkomende contacten / daarvan opgeloste contacten, waar de kosten bekend zijn",
        "costs of all incoming contacts / those of them that were solved, where the cost is known",
    ),
    tells=Words(
        "Wat een oplossing kost, het werk aan wat niet werd opgelost inbegrepen.",
        "What a solution costs, the work on what was not solved included.",
    ),
    fact="interactions",
    rows=INBOUND,
    unit="euro",
    better="lower",
    moments={"n": Count("cost"), "total": Sum("cost")},
    second=_SOLVED,
    value=_cost_per_solved,
    method=ratio_t(),
    source="Trade usage",
)

CONTACTS_AVOIDED = Kpi(
    key="contacts_avoided",
    document="K24",
    name=Words("Vermeden contacten", "Contacts avoided"),
    formula=Words(
        "100 × aangenomen deel dat anders contact had gezocht × deel van de bezoeken met zelfservice zonder contactpagina",
        "100 × assumed share that would have sought contact × share of self-service visits without the contact page",
    ),
    tells=Words(
        "Vermeden contacten per 100 bezoeken met zelfservice, alleen met een genoemde aanname (avoided_share, 0–1). "
        "De onzekerheid van die aanname zit niet in de marge.",
        "Contacts avoided per 100 self-service visits, only with a stated assumption (avoided_share, 0–1). "
        "The margin does not include the uncertainty of that assumption.",
    ),
    fact="visits",
    rows=(Is("self_service", (1,)),),
    unit="per_100",
    better="higher",
    moments={
        "n": Count("contact_after_self_service"),
        "contacted": CountBetween("contact_after_self_service", 1, 1),
    },
    value=_contacts_avoided,
    method=ratio_t(),
    assumes={"avoided_share": None},
    source=_DIGITAL,
)

COST_AVOIDED = replace(
    CONTACTS_AVOIDED,
    key="cost_avoided",
    name=Words("Vermeden contactkosten", "Contact cost avoided"),
    formula=Words(
        "aangenomen deel dat anders contact had gezocht × deel van de bezoeken met zelfservice zonder contactpagina "
        "× kosten per contact",
        "assumed share that would have sought contact × share of self-service visits without the contact page "
        "× cost per contact",
    ),
    tells=Words(
        "Vermeden kosten per bezoek met zelfservice, alleen met een genoemde aanname (avoided_share, 0–1). "
        "Maal dat aantal bezoeken is het totale bedrag. De onzekerheid van die aanname zit niet in de marge.",
        "Cost avoided per self-service visit, only with a stated assumption (avoided_share, 0–1). "
        "Times the number of those visits it is the total. The margin does not include the uncertainty of that assumption.",
    ),
    unit="euro",
    second=_COSTS,
    value=_cost_avoided,
)

KPIS = (
    CONTACT_RATE,
    CONTACT_REASONS,
    CONTACT_REASONS_TYPE,
    CONTACT_REASONS_CONTROL,
    COST_PER_CONTACT,
    COST_PER_SOLVED,
    CONTACTS_AVOIDED,
    COST_AVOIDED,
)
