"""What the tiles of a page draw, for the key below them."""

from __future__ import annotations

from markupsafe import Markup

from peil.report.marks import KeyKind, key
from peil.report.views.voice import Voice


def legend(voice: Voice) -> list[Markup]:
    return [key(kind, voice(f"key_{kind}")) for kind in _marks(voice)]


def _marks(voice: Voice) -> list[KeyKind]:
    contents = voice.contents
    tiles = contents.headline.tiles
    found: list[KeyKind] = ["now"]
    if any((c := contents.headline.changes.get(k)) is not None and c.difference is not None for k in tiles):
        found.append("was")
    if any(k in contents.targets for k in tiles):
        found.append("target")
    if any(contents.series[k].unfinished[-1] for k in tiles if k in contents.series):
        found.append("unfinished")
    return found
