"""The end of a conversation: a time-out of single reads lets a slow talker go on for ever."""

import contextlib
import socket
import threading
from types import TracebackType
from typing import Self

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool


class Deadline:
    """`with Deadline(seconds) as deadline:` shuts the watched connections down when the time is over."""

    def __init__(self, seconds: float) -> None:
        """Take the time from entering the block."""
        self.is_over = False
        self._wires: list[socket.socket] = []
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        """Start the clock."""
        self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop the clock."""
        self._timer.cancel()
        for wire in self._wires:
            wire.close()

    def watch(self, wire: socket.socket) -> None:
        """Have this connection shut down in time; TLS takes the socket over, hence the copy."""
        copy = wire.dup()
        self._wires.append(copy)
        if self.is_over:  # the time ran out while it was being opened
            self._shut(copy)

    def pools(self) -> dict[str, type[HTTPConnectionPool]]:
        """Return urllib3's pool classes by scheme, with connections that are watched."""
        deadline = self

        class Plain(HTTPConnection):
            def _new_conn(self) -> socket.socket:
                wire = super()._new_conn()
                deadline.watch(wire)
                return wire

        class Secure(HTTPSConnection):
            def _new_conn(self) -> socket.socket:
                wire = super()._new_conn()
                deadline.watch(wire)
                return wire

        return {
            "http": type("PlainPool", (HTTPConnectionPool,), {"ConnectionCls": Plain}),
            "https": type("SecurePool", (HTTPSConnectionPool,), {"ConnectionCls": Secure}),
        }

    def _cut(self) -> None:
        self.is_over = True
        for wire in self._wires:
            self._shut(wire)

    @staticmethod
    def _shut(wire: socket.socket) -> None:
        with contextlib.suppress(OSError):  # the other side was faster
            wire.shutdown(socket.SHUT_RDWR)
