"""Who gained or lost which right, from what was so before and what is so after."""

from collections.abc import Mapping
from typing import NamedTuple

LEVELS = ("none", "user", "team_leader", "manager", "admin")


class Holder(NamedTuple):
    """One person's level in one company."""

    name: str
    level: str


class Change(NamedTuple):
    """A person's level in a company before and after."""

    company_id: int
    name: str
    old: str
    new: str


def highest(levels: set[str]) -> str:
    """Return the highest of ``levels``; none when there is none."""
    return max(levels, key=LEVELS.index, default="none")


def changes(
    before: Mapping[tuple[int, int], Holder], after: Mapping[tuple[int, int], Holder]
) -> list[Change]:
    """Return what changed between two states, each (person, company) → holder, in a stable order."""
    found = []
    for key in sorted(before.keys() | after.keys()):
        old, new = before.get(key), after.get(key)
        levels = (old.level if old else "none", new.level if new else "none")
        if levels[0] != levels[1]:
            found.append(Change(key[1], (new or old).name, *levels))
    return found
