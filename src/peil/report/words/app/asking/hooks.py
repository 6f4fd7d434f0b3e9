"""Words of the page of webhooks."""

from __future__ import annotations

from collections.abc import Mapping

HOOKS: Mapping[str, tuple[str, str]] = {
    "inv_hooks": ("Webhooks", "Webhooks"),
    "inv_hooks_lead": (
        "Systemen die geen sleutel van de API kunnen bewaren, vertellen hier wat er gebeurde. Elk bericht is ondertekend.",
        "Systems that can’t keep a key of the API tell here what happened. Every message is signed.",
    ),
    "inv_hooks_none": (
        "Nog geen webhook. Noem hieronder het systeem dat gebeurtenissen gaat melden; je krijgt dan een adres en een geheim.",
        "No webhook yet. Name below the system that will tell of events; you then get an address and a secret.",
    ),
    "inv_hook_name": ("Systeem", "System"),
    "inv_hook_name_hint": ("Zoals de helpdesk of het bestelsysteem.", "Such as the helpdesk or the order system."),
    "inv_hook_make": ("Webhook maken", "Make a webhook"),
    "inv_hook_address": ("Adres", "Address"),
    "inv_hook_used": ("Laatste bericht", "Last message"),
    "inv_hook_renew": ("Nieuw geheim", "New secret"),
    "inv_hook_renew_hint": (
        "Het vorige geheim geldt na een nieuw nog een dag. Sluiten werkt meteen.",
        "The previous secret holds for a day after a new one. Closing works at once.",
    ),
    "inv_hook_close": ("Sluiten", "Close"),
    "inv_hook_closed": (
        "De webhook is gesloten: berichten worden niet meer aangenomen.",
        "The webhook is closed: messages are no longer taken in.",
    ),
    "inv_hook_made_on": ("gemaakt op {0}", "made on {0}"),
    "inv_hook_renewed_on": ("geheim vernieuwd op {0}", "secret renewed on {0}"),
    "inv_hook_closed_on": ("gesloten op {0}", "closed on {0}"),
    "inv_hook_secret": ("Het geheim", "The secret"),
    "inv_hook_secret_text": (
        "Zet het nu in het andere systeem. Peil toont het nooit meer.",
        "Put it into the other system now. Peil never shows it again.",
    ),
    "inv_hook_how": ("Zo stuurt een systeem een gebeurtenis", "How a system sends an event"),
    "inv_hook_how_text": (
        "Ondertekend volgens Standard Webhooks, met dezelfde velden als /events van de API.",
        "Signed as Standard Webhooks does, with the same fields as /events of the API.",
    ),
    "inv_hook_signature": (
        "base64 van HMAC-SHA256 over id.timestamp.inhoud",
        "base64 of HMAC-SHA256 over id.timestamp.body",
    ),
    "inv_hook_how_foot": (
        "Een bericht ouder dan vijf minuten wordt geweigerd. Een gebeurtenis die twee keer komt, vraagt één keer. Een systeem dat wel een sleutel kan meesturen, gebruikt de API.",
        "A message older than five minutes is refused. An event that comes twice asks once. A system that can send a key along uses the API.",
    ),
    "inv_err_hook": ("Noem het systeem in 1 tot 100 tekens.", "Name the system in 1 to 100 characters."),
    "inv_err_hooks": (
        "Er zijn al {0} webhooks. Sluit er eerst een die niet meer wordt gebruikt.",
        "There are {0} webhooks already. First close one that is no longer used.",
    ),
}
