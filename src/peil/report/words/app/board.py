"""Words of boards, views, interpretations, snapshots and subscriptions."""

BOARD: dict[str, tuple[str, str]] = {
    # tiles
    "count_volume": ("Volume", "Volume"),
    "count_backlog": ("Werkvoorraad", "Backlog"),
    "open_at": ("open na {0}", "open after {0}"),
    "counted_in_full": ("volledig geteld, dus zonder marge", "counted in full, so no margin"),
    "was_count": ("was {0}", "was {0}"),
    "count_change": ("{0} contacten", "{0} contacts"),
    "count_untold": (
        "niet te tellen over deze rijen: contacten vertellen dit niet",
        "can't be counted over these rows: contacts don't tell",
    ),
    "tile_by": ("per {0}", "by {0}"),
    "tile_by_after": (" per {0}", " by {0}"),
    "either": ("{0} of {1}", "{0} or {1}"),
    "no_data_needs": ("Nog geen gegevens. Nodig: {0}", "No data yet. Needed: {0}"),
    "needs_assumption_page": (
        "Dit cijfer vraagt een aanname, en die is er niet.",
        "This figure takes an assumption, and there is none.",
    ),
}
