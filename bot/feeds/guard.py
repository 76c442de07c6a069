"""Which addresses are visited: public ones on the web's ports, and what the operator allowed.

The check stands where the socket is made, so it sees the address itself on every hop, whatever name, number or redirect
led to it and however often that name changed its meaning in between.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import DefaultResolver

Network = IPv4Network | IPv6Network
# What every objection ends with; also how one is known again after aiohttp has joined several.
REMEDY = "feeds.allow_networks"

AddrInfo = tuple[int, int, int, str, tuple[str, int] | tuple[str, int, int, int] | tuple[int, bytes]]

# What `is_global` lets through although it names no single public host.
_NEVER = tuple(
    IPv4Network(network)
    for network in ("192.0.0.0/24", "192.88.99.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.175.48.0/24")
)
_NAT64 = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))
_SITE_LOCAL = IPv6Network("fec0::/10")
_IPV4_COMPATIBLE = IPv6Network("::/96")
_ISATAP_MARK = (0x00005EFE, 0x02005EFE)
_LOW_32 = 0xFFFF_FFFF


class AddressRefused(OSError):
    """An address that the policy does not visit. An OSError, because a socket factory may raise nothing else."""


class AddressPolicy:
    """Decides about addresses, and remembers which names led to allowed networks alone."""

    def __init__(self, *, allow_networks: tuple[Network, ...], ports: frozenset[int]) -> None:
        self._allowed = allow_networks
        self._ports = ports
        self._exempt_names: set[str] = set()

    def is_allowed(self, address: str) -> bool:
        """Return whether the operator allowed this address explicitly."""
        parsed = _parsed(address)
        return parsed is not None and self._is_exempt(parsed)

    def is_exempt(self, host: str) -> bool:
        """Return whether a host, by number or by an earlier lookup, is in the allowed networks: no spacing there."""
        return host in self._exempt_names or self.is_allowed(host)

    def learn(self, name: str, addresses: list[str]) -> None:
        """Remember what a name stands for, as far as manners go; safety looks at each address again."""
        if addresses and all(self.is_allowed(address) for address in addresses):
            self._exempt_names.add(name)
        else:
            self._exempt_names.discard(name)

    def objection(self, address: str, port: int) -> str | None:
        """Return why this address is not visited, or None where it may be."""
        parsed = _parsed(address)
        if parsed is None:
            return f"{address} is not an address that we visit"
        if self._is_exempt(parsed):
            return None
        if not is_public(parsed):
            return f"{address} is not a public address; if it is yours, add it to {REMEDY}"
        if port not in self._ports:
            return f"port {port} is not one that feeds are visited on; if it is yours, add {address} to {REMEDY}"
        return None

    def open_socket(self, addr_info: AddrInfo) -> socket.socket:
        """Return a socket for this address; raises AddressRefused instead, before a packet leaves."""
        family, kind, protocol, _, sockaddr = addr_info
        objection = self.objection(str(sockaddr[0]), int(sockaddr[1]))
        if objection:
            raise AddressRefused(objection)
        return socket.socket(family=family, type=kind, proto=protocol)

    def _is_exempt(self, address: IPv4Address | IPv6Address) -> bool:
        # An IPv4-mapped form reaches the same host: what is allowed by one name is allowed by the other.
        mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
        forms = (address, mapped) if mapped else (address,)
        return any(form in network for form in forms for network in self._allowed if form.version == network.version)


class NamingResolver(AbstractResolver):
    """The usual resolver, which also tells the policy what names stand for."""

    def __init__(self, policy: AddressPolicy, resolver: Callable[[], AbstractResolver] = DefaultResolver) -> None:
        self._policy = policy
        self._resolver = resolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Return the addresses of a name, IPv4 and IPv6."""
        try:
            found = await self._resolver.resolve(host, port, family)
        except UnicodeError as error:
            raise OSError(None, f"{host!r} is no host name") from error
        self._policy.learn(host, [result["host"] for result in found])
        return found

    async def close(self) -> None:
        """Stop the resolver."""
        # A lookup that is still under way ends with the connection that wanted it.
        await asyncio.shield(self._resolver.close())


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Return whether an address is a public host, also by the IPv4 address that an IPv6 form carries inside."""
    if isinstance(address, IPv4Address):
        return address.is_global and not address.is_multicast and not any(address in network for network in _NEVER)
    if address.is_multicast or address.scope_id or address in _SITE_LOCAL:
        return False
    inner = carried_ipv4(address)
    if inner is not None:
        return is_public(inner)
    return address.is_global


def carried_ipv4(address: IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address that a mapped, compatible, 6to4, Teredo, NAT64 or ISATAP form reaches."""
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if address.teredo is not None:
        return address.teredo[1]
    number = int(address)
    if any(address in network for network in _NAT64) or (address in _IPV4_COMPATIBLE and number > 1):
        return IPv4Address(number & _LOW_32)
    if (number >> 32) & _LOW_32 in _ISATAP_MARK:
        return IPv4Address(number & _LOW_32)
    return None


def _parsed(address: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(address.strip("[]"))
    except ValueError:
        return None
