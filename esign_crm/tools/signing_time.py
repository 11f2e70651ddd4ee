"""How long each side took to sign."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

SHORTEST = 1  # second; 0 means that a side has not signed yet


@dataclass(frozen=True)
class Turn:
    """When one person of a side was asked, and when he signed."""

    invited_at: datetime | None
    signed_at: datetime | None


def hours(turns: Iterable[Turn], handed_over: Iterable[datetime | None] = ()) -> float:
    """Return the hours from a side's first invitation to its last signature; 0 while one is missing.

    :param handed_over: when those were invited in whose place somebody else signs
    """
    known = list(turns)
    if not known or not all(turn.invited_at and turn.signed_at for turn in known):
        return 0.0
    invited = [*(turn.invited_at for turn in known), *handed_over]
    begun = min(moment for moment in invited if moment)
    ended = max(turn.signed_at for turn in known if turn.signed_at)
    return max((ended - begun).total_seconds(), SHORTEST) / 3600
