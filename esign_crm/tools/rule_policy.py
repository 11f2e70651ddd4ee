"""What a rule of automation may do, decided from plain values: whom it is for, which way a deal goes, when to try again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

BACKOFF_MINUTES = (1, 5, 15, 60)
MAX_TRIES = len(BACKOFF_MINUTES) + 1
MAX_DEPTH = 3


@dataclass(frozen=True)
class Wanted:
    """What a rule is for; empty means any."""

    company_id: int = 0
    team_ids: frozenset[int] = frozenset()
    stage_ids: frozenset[int] = frozenset()
    amount_from: float = 0.0
    amount_to: float = 0.0
    side: str = ""
    template_ids: frozenset[int] = frozenset()

    def fingerprint(self) -> str:
        """Return the conditions as one short text: the same for the same conditions."""
        chosen = [sorted(ids) for ids in (self.template_ids, self.team_ids, self.stage_ids)]
        return f"{self.company_id}|{chosen}|{self.amount_from}|{self.amount_to}|{self.side}"


@dataclass(frozen=True)
class Facts:
    """What a request and its deal are like; `has_deal` is false for a request without one."""

    company_id: int
    side: str = ""
    template_id: int = 0
    team_id: int = 0
    has_deal: bool = False
    stage_id: int = 0
    amount: float = 0.0


def mismatch(wanted: Wanted, facts: Facts) -> str:
    """Return the word of the first condition that `facts` do not meet, nothing when all are met."""
    needs_deal = bool(wanted.stage_ids or wanted.amount_from or wanted.amount_to)
    misses = {
        "company": wanted.company_id and wanted.company_id != facts.company_id,
        "side": wanted.side and wanted.side != facts.side,
        "template": wanted.template_ids and facts.template_id not in wanted.template_ids,
        "team": wanted.team_ids and facts.team_id not in wanted.team_ids,
        "no_deal": needs_deal and not facts.has_deal,
        "stage": wanted.stage_ids and facts.stage_id not in wanted.stage_ids,
        "amount": facts.amount < wanted.amount_from or 0 < wanted.amount_to < facts.amount,
    }
    return next((word for word, is_missed in misses.items() if is_missed), "")


@dataclass(frozen=True)
class Place:
    """A column of the deals' board, as the order of the board sees it."""

    id: int
    sequence: int
    is_won: bool = False
    team_ids: frozenset[int] = frozenset()


def why_not_move(present: Place | None, target: Place, team_id: int) -> str:
    """Return the word of what forbids moving a deal from `present` to `target`, nothing when it may go there.

    :param present: where the deal stands; None when in no stage
    :param team_id: the deal's team, 0 without one
    """
    if target.team_ids and team_id not in target.team_ids:
        return "foreign_stage"
    if present is None:
        return ""
    if present.id == target.id:
        return "there_already"
    return "" if target.sequence > present.sequence else "back"


def why_not_in_chain(rule_id: int, chain: Sequence[int]) -> str:
    """Return the word of what stops a rule that other rules set off, nothing when it may run.

    :param chain: ids of the rules that led here, first cause first; empty when people did
    """
    if rule_id in chain:
        return "loop"
    return "depth" if len(chain) >= MAX_DEPTH else ""


def pause_after(attempts: int) -> timedelta | None:
    """Return how long to wait after this many failed tries; None when it was the last."""
    return timedelta(minutes=BACKOFF_MINUTES[attempts - 1]) if attempts < MAX_TRIES else None
