"""How often somebody may ask in a day that another one signs in his place: each asking is looked at by a person."""

ASKED_PER_DAY = 5


def channel_of(address: str) -> str:
    """Return by which channel somebody is reached who was named with this address."""
    return "email" if "@" in address else "sms"
