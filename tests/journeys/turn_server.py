"""A real coturn on this machine, with a certificate that a made-up authority vouches for."""

import asyncio
import base64
import datetime
import hashlib
import hmac
import shutil
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from workstation.core.call_media import IceServer

INSTALL: Final = "apt-get install -y coturn"
SECRET: Final = "made up for a test"
_HOST: Final = "127.0.0.1"
_PATIENCE_S: Final = 30.0


def missing() -> str | None:
    """Why there is no coturn here, with the line that installs it; None where there is one."""
    found = shutil.which("turnserver")
    return None if found else f"coturn is missing; install it with: {INSTALL}"


@dataclass(frozen=True)
class TurnServer:
    """Addresses of one server, and credentials for it."""

    port: int
    tls_port: int
    authority: Path
    """PEM of who vouches for it."""

    @property
    def udp(self) -> str:
        """Its address for UDP (RFC 7065)."""
        return f"turn:{_HOST}:{self.port}?transport=udp"

    @property
    def tcp(self) -> str:
        """For TCP."""
        return f"turn:{_HOST}:{self.port}?transport=tcp"

    @property
    def tls(self) -> str:
        """For TLS over TCP."""
        return f"turns:{_HOST}:{self.tls_port}?transport=tcp"

    def server(self, *urls: str, life_s: int = 600, secret: str = SECRET) -> IceServer:
        """Its addresses with credentials that are good for so many seconds."""
        name = f"{int(time.time()) + life_s}:doctor"
        mac = hmac.new(secret.encode(), name.encode(), hashlib.sha1).digest()
        return IceServer(urls, name, base64.b64encode(mac).decode())


@asynccontextmanager
async def turn_server(folder: Path, port: int | None = None) -> AsyncIterator[TurnServer]:
    """Up from here to the end of the block, at that port where one is said."""
    ports = [port or free_port(), free_port()]
    authority = _certificates(folder)
    program = await asyncio.create_subprocess_exec(
        "turnserver",
        *("-n", "--no-cli", "--fingerprint", "--allow-loopback-peers", "--no-multicast-peers"),
        *("--use-auth-secret", f"--static-auth-secret={SECRET}", "--realm=test"),
        *(f"--listening-ip={_HOST}", f"--relay-ip={_HOST}", f"--listening-port={ports[0]}"),
        *(f"--tls-listening-port={ports[1]}", f"--cert={folder / 'turn.pem'}"),
        *(f"--pkey={folder / 'turn.key'}", "--log-file=stdout", "--simple-log"),
        *(f"--pidfile={folder / 'turn.pid'}", f"--userdb={folder / 'turn.db'}"),
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        for port in ports:
            await _until_it_listens(port)
        yield TurnServer(ports[0], ports[1], authority)
    finally:
        program.kill()
        await program.wait()


async def _until_it_listens(port: int) -> None:
    async with asyncio.timeout(_PATIENCE_S):
        while True:
            try:
                _, writer = await asyncio.open_connection(_HOST, port)
            except OSError:
                await asyncio.sleep(0.05)
                continue
            writer.close()
            return


def free_port() -> int:
    """Where nobody listens at this moment."""
    with socket.socket() as one:
        one.bind((_HOST, 0))
        port: int = one.getsockname()[1]
        return port


def _certificates(folder: Path) -> Path:
    """Writes key and certificate of the server; the authority's certificate is answered."""
    root_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    root = _signed("made-up authority", root_key, "made-up authority", root_key, is_root=True)
    own = _signed("turn", key, "made-up authority", root_key, is_root=False)
    pem = serialization.Encoding.PEM
    (folder / "turn.key").write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    (folder / "turn.pem").write_bytes(own.public_bytes(pem))
    (folder / "authority.pem").write_bytes(root.public_bytes(pem))
    return folder / "authority.pem"


def _signed(
    name: str,
    key: ec.EllipticCurvePrivateKey,
    issuer: str,
    by: ec.EllipticCurvePrivateKey,
    *,
    is_root: bool,
) -> x509.Certificate:
    now = datetime.datetime.now(datetime.UTC)
    names = [x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, one)]) for one in (name, issuer)]
    return (
        x509.CertificateBuilder()
        .subject_name(names[0])
        .issuer_name(names[1])
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=is_root, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(_HOST))]), False)
        .sign(by, hashes.SHA256())
    )
