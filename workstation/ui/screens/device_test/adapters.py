"""The network adapters of this computer that are up and have an address of their own."""

import re
from typing import Final

from PySide6.QtNetwork import QHostAddress, QNetworkInterface

from workstation.core.device_check import Adapter

_VPN: Final = re.compile(r"^(tun|tap|wg|ppp|utun|ipsec|vpn)|vpn|wireguard|wintun", re.I)
_INWARD: Final = re.compile(
    r"^(docker|br-|veth|virbr|vmnet|vboxnet|lxc|cni|flannel|awdl|llw|bridge)"
    r"|vethernet|virtualbox|vmware|hyper-v|bluetooth|loopback",
    re.I,
)
"""They lead to machines inside of this one, or nowhere."""


def adapters() -> tuple[Adapter, ...]:
    """Those that may lead outside; a VPN is told by its kind or its name."""
    return tuple(
        Adapter(one.humanReadableName() or one.name(), is_vpn=_is_vpn(one))
        for one in QNetworkInterface.allInterfaces()
        if _is_in_use(one)
    )


def _is_in_use(one: QNetworkInterface) -> bool:
    flags, wanted = one.flags(), QNetworkInterface.InterfaceFlag
    is_up = bool(flags & wanted.IsUp) and bool(flags & wanted.IsRunning)
    names = (one.name(), one.humanReadableName())
    return (
        is_up
        and not flags & wanted.IsLoopBack
        and not any(_INWARD.search(name) for name in names)
        and any(_leads_on(entry.ip()) for entry in one.addressEntries())
    )


def _is_vpn(one: QNetworkInterface) -> bool:
    kinds = (QNetworkInterface.InterfaceType.Ppp, QNetworkInterface.InterfaceType.Slip)
    names = (one.name(), one.humanReadableName())
    return one.type() in kinds or any(_VPN.search(name) for name in names)


def _leads_on(address: QHostAddress) -> bool:
    return not address.isLoopback() and not address.isLinkLocal()
