"""What it means to drag a card of the board from one place to another."""

from dataclasses import dataclass

FINAL = ("done", "declined", "cancelled")


@dataclass(frozen=True)
class Drag:
    """Either the step that the drag stands for, or why there is none; both empty: only the column changes."""

    step: str = ""
    refusal: str = ""


def decide(old: tuple[str, str], new: tuple[str, str]) -> Drag:
    """Return what a drag from ``old`` to ``new`` does; a place is (state, side whose turn it is).

    A drag does what one press of a button does, and only where nothing more has to be asked: cancelling wants
    a reason and extending a day, so these are refused with the button's name.
    """
    if old == new:
        return Drag()
    if old[0] == "draft" and new == ("sent", "own"):
        return Drag(step="send")
    return Drag(refusal=_refusal(old[0], *new))


def _refusal(state: str, target: str, side: str) -> str:
    if state == "done" and target == "cancelled":
        return "withdraw"
    if state in FINAL:
        return "final"
    if state == "sealing":
        return "sealing"
    return _refusal_while_open(state, target, side)


def _refusal_while_open(state: str, target: str, side: str) -> str:
    if target == "cancelled":
        return "delete" if state == "draft" else "cancel"
    if target == "draft":
        return "never_back"
    if target == "sent" and state == "expired":
        return "extend"
    if target == "sent":
        return "own_first" if side == "client" else "own_done"
    return "by_signing"
