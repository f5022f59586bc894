"""Names to addresses, looked up once and within a time; and which addresses are nobody's on the public internet."""

import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from queue import Empty, SimpleQueue
from threading import Thread

from cccheck.fetch.guard import Stop
from cccheck.model import Reason

# What `is_global` of some Python versions lets through: protocol assignments, 6to4 relays, site-local, local NAT64.
_NOT_PUBLIC = tuple(
    ip_network(n) for n in ("192.0.0.0/24", "192.88.99.0/24", "fec0::/10", "64:ff9b:1::/48", "2001::/23", "3fff::/20")
)
_NAT64 = ip_network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Place:
    """An address to connect to, as the socket module wants it."""

    family: int
    address: tuple[str, int] | tuple[str, int, int, int]

    @property
    def ip(self) -> str:
        return str(self.address[0]).partition("%")[0]


def is_public(ip: str) -> bool:
    """Whether an address is global unicast, and so is any IPv4 address inside it (mapped, 6to4, Teredo, NAT64)."""
    try:
        address = ip_address(ip.partition("%")[0])
    except ValueError:
        return False
    inner = _inside(address)
    return _global(address) if inner is None else all(_global(i) for i in inner)


def _global(address: IPv4Address | IPv6Address) -> bool:
    return (
        address.is_global
        and not address.is_multicast
        and not any(address in n for n in _NOT_PUBLIC if n.version == address.version)
    )


def _inside(address: IPv4Address | IPv6Address) -> tuple[IPv4Address, ...] | None:
    if isinstance(address, IPv4Address):
        return None
    if address.ipv4_mapped:
        return (address.ipv4_mapped,)
    if address.sixtofour:
        return (address.sixtofour,)
    if address.teredo:
        return address.teredo
    if address in _NAT64 or int(address) >> 32 == 0:
        return (IPv4Address(int(address) & 0xFFFFFFFF),)
    return None


def lookup(host: str, port: int, timeout: float) -> list[Place]:
    """Where a host is. Raises Stop(dns). The look-up has no time limit of its own, so it runs beside."""
    answer: SimpleQueue[list[Place] | Exception] = SimpleQueue()
    Thread(target=_lookup, args=(host, port, answer), daemon=True, name="cccheck-dns").start()
    try:
        found = answer.get(timeout=max(timeout, 0.001))
    except Empty:
        raise Stop(Reason.DNS, f"no name server answered within {timeout:.0f} s") from None
    if isinstance(found, Exception) or not found:
        raise Stop(Reason.DNS, "the host name does not exist or has no address")
    return found


def _lookup(host: str, port: int, answer: "SimpleQueue[list[Place] | Exception]") -> None:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        answer.put([Place(int(family), address) for family, _, _, _, address in found])  # type: ignore[arg-type]
    except (OSError, UnicodeError) as error:
        answer.put(error)


def permitted(places: list[Place], allow_private: bool) -> list[Place]:
    """The places that may be connected to. Raises Stop(private-address) where none may."""
    if allow_private:
        return places
    public = [p for p in places if is_public(p.ip)]
    if not public:
        raise Stop(Reason.PRIVATE_ADDRESS, "the host's address is not one of the public internet")
    return public
