"""Which machine an address of the settings really leads to, checked before anything is sent there."""

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from ..errors import GatewayError

PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True)
class Target:
    """A web address and the one IP address that was checked for it."""

    scheme: str
    host: str
    port: int
    path: str
    address: str

    @property
    def host_header(self) -> str:
        """Return the value of the Host header: the port only where it is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def pinned_url(self) -> str:
        """Return the URL with the checked address instead of the host's name."""
        address = f"[{self.address}]" if ":" in self.address else self.address
        return f"{self.scheme}://{address}:{self.port}{self.path}"


def resolve(url: str, *, allow_private: bool = False) -> Target:
    """Look up the host of ``url`` and return the first address, all of which must be public.

    :raises GatewayError: ``bad_url``, ``private_address`` (both permanent), ``unreachable``
    """
    parts, port = _split(url)
    host = parts.hostname or ""
    addresses = _addresses(host, port)
    if not allow_private and not all(_is_public(address) for address in addresses):
        raise GatewayError("private_address", is_permanent=True)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, host, port, path, addresses[0])


def _split(url: str) -> tuple[SplitResult, int]:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise GatewayError("bad_url", is_permanent=True) from error
    if parts.scheme not in PORTS or not parts.hostname or parts.username or parts.password:
        raise GatewayError("bad_url", is_permanent=True)
    return parts, port or PORTS[parts.scheme]


def _addresses(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise GatewayError("unreachable") from error
    # IPv4 first: machines with a half-configured IPv6 are common, the other way round is rare
    found.sort(key=lambda each: each[0] != socket.AF_INET)
    return [str(each[4][0]) for each in found]


def _is_public(address: str) -> bool:
    """Tell whether ``address`` is on the public internet; an IPv4 address inside IPv6 counts as itself."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    inner = getattr(ip, "ipv4_mapped", None) or getattr(ip, "sixtofour", None)
    return (inner or ip).is_global and not ip.is_multicast
