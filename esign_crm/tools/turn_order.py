"""Whose turn it is: our side before the client, equal numbers side by side."""

from collections.abc import Iterable
from dataclasses import dataclass

_OUT = ("cancelled", "delegated")  # nobody waits for these


@dataclass(frozen=True)
class Turn:
    """One person's place in a request; the words are those of `esign.signer`."""

    id: int
    sequence: int
    side: str  # own | client
    kind: str  # signer | copy
    state: str  # waiting | invited | opened | confirmed | signed | declined | ...


def next_turns(turns: Iterable[Turn], *, is_client_first_allowed: bool = False) -> list[int]:
    """Return the ids of those to invite now, in order.

    Nobody once somebody has declined. No client while one of our side has not signed, whatever the
    numbers say, unless the company and the template allow it.
    """
    active = _signers(turns)
    if any(turn.state == "declined" for turn in active):
        return []
    pending = [turn for turn in active if turn.state != "signed"]
    first = min((turn.sequence for turn in pending), default=None)
    group = [turn for turn in pending if turn.sequence == first and turn.state == "waiting"]
    if not is_client_first_allowed and any(turn.side == "own" for turn in pending):
        group = [turn for turn in group if turn.side == "own"]
    return [turn.id for turn in group]


def is_complete(turns: Iterable[Turn]) -> bool:
    """Tell whether everybody who had to sign has signed; nobody at all is not complete."""
    active = _signers(turns)
    return bool(active) and all(turn.state == "signed" for turn in active)


def clients_before_own(turns: Iterable[Turn]) -> list[int]:
    """Return the ids of clients whose number is not greater than every number of our side."""
    active = _signers(turns)
    last_own = max((turn.sequence for turn in active if turn.side == "own"), default=None)
    if last_own is None:
        return []
    return [turn.id for turn in active if turn.side == "client" and turn.sequence <= last_own]


def _signers(turns: Iterable[Turn]) -> list[Turn]:
    chosen = [turn for turn in turns if turn.kind == "signer" and turn.state not in _OUT]
    return sorted(chosen, key=lambda turn: (turn.sequence, turn.id))
