"""What becomes of a webhook call that did not arrive, and what may be told of its address."""

from datetime import timedelta
from urllib.parse import urlsplit

BACKOFF_MINUTES = (1, 5, 15, 60, 240)
MAX_ATTEMPTS = len(BACKOFF_MINUTES) + 1


def pause_after(attempts: int, *, is_permanent: bool = False) -> timedelta | None:
    """Return how long to wait after the try of this number (from 1); nothing when there is no further one."""
    if is_permanent or attempts >= MAX_ATTEMPTS:
        return None
    return timedelta(minutes=BACKOFF_MINUTES[attempts - 1])


def shown(url: str) -> str:
    """Return scheme and machine of an address: what follows may be a secret of the receiver's."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/…"
