"""How people are known: the choice is made once, when serving starts."""

from __future__ import annotations

from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import Literal

from dashboards.messages import usage_error

__all__ = ["AccessMode", "choose"]

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessMode:
    """The way in which a request gets its person."""

    sort: Literal["local", "accounts", "proxy"] = "local"
    """One local user without login; accounts with a password; a header of a trusted proxy."""
    header: str = ""
    """Name of the header in which the proxy puts the account."""
    proxies: tuple[IPv4Network | IPv6Network, ...] = field(default=())
    """Addresses from which the header is believed."""
    secure: bool = False
    """Whether cookies travel over HTTPS only."""

    def trusts(self, address: str | None) -> bool:
        """Tell whether a request comes straight from a named proxy."""
        if not address:
            return False
        try:
            here = ip_address(address)
        except ValueError:
            return False
        # A socket that listens on both families writes 10.0.0.5 as ::ffff:10.0.0.5.
        here = getattr(here, "ipv4_mapped", None) or here
        return any(here in network for network in self.proxies)


def choose(
    host: str,
    *,
    login: str = "",
    header: str = "X-Remote-User",
    proxies: tuple[str, ...] = (),
    secure: bool = False,
) -> AccessMode:
    """Return the mode for a host, or refuse to listen to others without a login.

    Raises:
        UsageError: the host is not this machine and no login is configured, a proxy is not named,
            or an address is none.
    """
    if login in ("", "none", "local"):
        if host not in LOOPBACK:
            raise usage_error("serve.no_login", host=host)
        return AccessMode()
    if login == "accounts":
        return AccessMode(sort="accounts", secure=secure)
    if login != "proxy":
        raise usage_error("serve.login", login=login)
    if not proxies:
        raise usage_error("serve.no_proxy")
    try:
        networks = tuple(ip_network(each, strict=False) for each in proxies)
    except ValueError as error:
        raise usage_error("serve.proxy", error=error) from None
    return AccessMode(sort="proxy", header=header, proxies=networks, secure=secure)
