"""Which machines a web address leads to, and whether they may be asked."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Collection

from ... import errors

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# IPv4 inside IPv6, as networks that speak IPv6 alone reach the rest (RFC 6052).
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def resolve(host: str, port: int, *, private_hosts: Collection[str] = ()) -> list[str]:
    """Look up a host, and refuse it unless all its addresses are public.

    The caller must connect to one of the addresses returned, and not look the name up again:
    the second answer may be another.

    Parameters
    ----------
    host : str
        Name or address.
    port : int
        Where it is to be asked.
    private_hosts : collection of str
        Hosts (``localhost``, or with a port ``localhost:8000``) that may be private.

    Returns
    -------
    list of str
        IP addresses, in the order in which they are to be tried.

    Raises
    ------
    InputError
        If there is no such host, or it is not public and not among `private_hosts`; the
        message has no address of a page.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise errors.InputError(
            f"no host {host!r} is found: {reason}; correct the address, or is there a network?"
        ) from error
    addresses = list(dict.fromkeys(str(each[4][0]) for each in found))
    if {host.casefold(), f"{host.casefold()}:{port}"} & {each.casefold() for each in private_hosts}:
        return addresses
    for address in addresses:
        if not is_public(address):
            raise errors.InputError(
                f"{host} is at {address}, which is not a public address; if that is meant: "
                f"--private-host {host}, in Python private_hosts=[{host!r}]"
            )
    return addresses


def is_public(address: str) -> bool:
    """Tell whether an IP address is one of the open internet.

    Parameters
    ----------
    address : str
        IPv4 or IPv6. One that holds another (an IPv4 address in an IPv6 one) is as public as
        that.

    Returns
    -------
    bool
        False for loopback, private, link-local, shared, reserved and multicast addresses.
    """
    parsed = ipaddress.ip_address(address.partition("%")[0])
    return all(
        each.is_global and not each.is_multicast and not each.is_reserved
        for each in (_inner(parsed) or [parsed])
    )


def _inner(address: _Address) -> list[_Address]:
    """IPv4 addresses that an IPv6 address carries."""
    if isinstance(address, ipaddress.IPv4Address):
        return []
    if address in _NAT64:
        return [ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)]
    if address.teredo is not None:
        return [address, *address.teredo]
    return [each for each in (address.ipv4_mapped, address.sixtofour) if each is not None]
