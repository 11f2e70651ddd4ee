"""What a person with a log-in is told about a request of their own."""

from datetime import datetime

IN_TURN = ("invited", "opened", "confirmed")
OPENED = {"your_turn", "locked", "signed", "sealing", "done"}


def status(
    request_state: str,
    signer_state: str,
    *,
    is_locked: bool = False,
    is_over: bool = False,
    deadline: datetime | None = None,
    now: datetime,
) -> str:
    """Return the word for where the request stands, as seen by one signer.

    :param is_over: the sealed file is no longer handed out
    :param deadline: until when the request may be signed, if it has a deadline
    """
    is_theirs = signer_state != "delegated"  # else another person's, whatever becomes of it
    if request_state == "done" and is_theirs:
        return "gone" if is_over else "done"
    if request_state != "sent" and is_theirs:
        return request_state
    if deadline and deadline <= now and is_theirs:
        return "expired"
    if signer_state in IN_TURN:
        return "locked" if is_locked else "your_turn"
    return signer_state


def may_open(word: str) -> bool:
    """Tell whether a page stands behind a request of this status."""
    return word in OPENED
