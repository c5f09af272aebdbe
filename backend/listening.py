"""The address that a server listens on, and who may reach it."""

import errno
import ipaddress
import os
import socket

from backend.settings import CannotStart

BACKLOG = 2048


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes a free one. Raises CannotStart with what to do."""
    family, address = _resolve(host, port)
    # asyncio turns Nagle's algorithm off only where the protocol is named: without that an
    # answer of two packets waits 40 ms for the other side's delayed acknowledgement.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if os.name == "posix":
        # There it only skips the wait after an earlier server; on Windows it would share the port.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(address)
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        raise CannotStart(_reason(error, host, port)) from error
    return listener


def address_of(listener: socket.socket, host: str) -> str:
    """As one would write it into a browser."""
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{listener.getsockname()[1]}"


def refuse_open_demo(host: str) -> None:
    """Raises CannotStart: a demonstration, whose passwords are known, is for this machine alone."""
    if not _is_loopback(host):
        raise CannotStart(
            f"--demo serves accounts with known passwords and listens on loopback only, "
            f"not on {host}: leave --host out, or leave --demo out"
        )


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _resolve(host: str, port: int) -> tuple[socket.AddressFamily, tuple[object, ...]]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except OSError as error:
        raise CannotStart(f"--host {host} is not an address of this machine") from error
    family, _, _, _, address = found[0]
    return family, address


def _reason(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"port {port} is taken by another program: close that program, "
            f"or choose another port with --port (0 takes a free one)"
        )
    if error.errno == errno.EACCES:
        return f"port {port} needs an administrator's rights: choose one above 1023 with --port"
    return f"--host {host} is not an address of this machine"
