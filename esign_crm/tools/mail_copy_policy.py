"""How often an address may be typed in a day for the one copy by mail: a mistake is put right, nobody is flooded."""

COPIES_PER_DAY = 3


def word(*, has_address: bool, message_state: str | None) -> str:
    """Return where the copy stands: ``offered``, ``asked`` (waits for the others), ``sent`` or ``failed``.

    :param has_address: one was typed and waits for the last signature
    :param message_state: of the latest message with the copy, if there is one
    """
    if has_address:
        return "asked"
    if message_state is None:
        return "offered"
    return "failed" if message_state in ("failed", "bounced", "cancelled") else "sent"
