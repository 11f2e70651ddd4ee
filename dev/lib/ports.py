"""Free ports, so that checkouts run side by side."""

import contextlib
import socket

from dev.lib.trouble import Trouble

HOST = "127.0.0.1"


def is_free(port):
    """Tell whether nothing listens on `port`."""
    with contextlib.closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def choose(asked=None, liked=None):
    """Return the port asked for, else the one we like if it is free, else any free one."""
    if asked:
        if not is_free(asked):
            raise Trouble(f"port {asked} is in use; choose another with --port.")
        return asked
    return liked if liked and is_free(liked) else _any()


def _any():
    with contextlib.closing(socket.socket()) as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]
