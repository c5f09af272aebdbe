"""OCSP, revocation lists and time stamps signed with GOST, over HTTP on this computer: OpenSSL."""

import os
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final

from cryptography import x509

from signing.policy import Policy
from tests.signing.gost_clinic import SECRET, GostPerson

_CONFIG: Final = """
openssl_conf = init
[init]
engines = engines
[engines]
gost = gost
[gost]
engine_id = gost
default_algorithms = ALL
[req]
distinguished_name = dn
prompt = no
utf8 = yes
string_mask = utf8only
[dn]
CN = ${{ENV::WHO}}
SN = ${{ENV::FAMILY}}
GN = ${{ENV::GIVEN}}
[root]
basicConstraints = critical,CA:TRUE
keyUsage = critical,digitalSignature,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[person]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature,nonRepudiation
authorityKeyIdentifier = keyid
crlDistributionPoints = URI:{url}/crl
authorityInfoAccess = OCSP;URI:{url}/ocsp
[stamping]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
authorityKeyIdentifier = keyid
crlDistributionPoints = URI:{url}/crl
authorityInfoAccess = OCSP;URI:{url}/ocsp
[responding]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,OCSPSigning
authorityKeyIdentifier = keyid
noCheck = ignored
[ca]
default_ca = own
[own]
database = {folder}/index.txt
serial = {folder}/serial
new_certs_dir = {folder}
certificate = {folder}/root.pem
private_key = {folder}/root.key
default_md = md_gost12_256
default_crl_days = 30
default_days = 30
policy = any
unique_subject = no
rand_serial = yes
utf8 = yes
[any]
commonName = supplied
surname = optional
givenName = optional
[tsa]
default_tsa = time
[time]
serial = {folder}/tsa.serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = md_gost12_256
default_policy = 1.2.643.2.2
digests = sha256, md_gost12_256
accuracy = secs:1
ess_cert_id_alg = sha256
"""


@dataclass
class GostServices:
    """A GOST authority (256 bits) whose certificates name its services."""

    folder: Path
    url: str
    root: x509.Certificate = field(init=False)
    is_delegated: bool = False
    """Whether a responder with ocsp-nocheck signs the answers; else the authority itself."""
    has_ocsp: bool = True
    has_lists: bool = True

    def __post_init__(self) -> None:
        (self.folder / "own.cnf").write_text(_CONFIG.format(url=self.url, folder=self.folder))
        (self.folder / "index.txt").write_text("")
        (self.folder / "tsa.serial").write_text("01\n")
        self._run(
            "УЦ «Проба ГОСТ»",
            *("req", "-x509", "-newkey", "gost2012_256", "-pkeyopt", "paramset:A", "-nodes"),
            *("-md_gost12_256", "-days", "365", "-extensions", "root", "-config", "own.cnf"),
            *("-keyout", "root.key", "-out", "root.pem"),
        )
        self.root = x509.load_pem_x509_certificate((self.folder / "root.pem").read_bytes())
        self._issue("tsa", "Служба времени", "stamping")
        self._issue("ocsp", "Ответчик", "responding")

    @property
    def tsa(self) -> str:
        """Address of the time-stamping service."""
        return f"{self.url}/tsa"

    def policy(self) -> Policy:
        """The highest level, by these services alone."""
        return Policy(time_services=(self.tsa,), timeout=20)

    def person(self, stem: str, name: str) -> GostPerson:
        """Somebody who signs; the key is locked by SECRET."""
        own, key = self._issue(stem, name, "person", locked=True)
        return GostPerson(own, key)

    def revoke(self, person: GostPerson) -> None:
        """From now on."""
        self._run("-", "ca", "-config", "own.cnf", "-revoke", person.certificate)

    def answer(self, path: str, question: bytes) -> bytes:
        """What the service of that path says; "" where there is none."""
        asked = self.folder / f"{threading.get_ident()}.question"
        asked.write_bytes(question)
        said = asked.with_suffix(".answer")
        if path == "/crl" and not self.has_lists:
            return b""
        if path == "/crl":
            self._run("-", "ca", "-config", "own.cnf", "-gencrl", "-out", said)
            self._run("-", "crl", "-in", said, "-outform", "DER", "-out", said)
        elif path == "/tsa":
            command = ("ts", "-reply", "-config", "own.cnf", "-queryfile", asked, "-out", said)
            self._run("-", *command)
        elif self.has_ocsp:
            by = "ocsp" if self.is_delegated else "root"
            self._run(
                "-",
                *("ocsp", "-index", "index.txt", "-CA", "root.pem", "-rsigner", f"{by}.pem"),
                *("-rkey", f"{by}.key", "-rmd", "md_gost12_256", "-ndays", "7"),
                *("-reqin", asked, "-respout", said),
            )
        return said.read_bytes() if said.exists() else b""

    def settings(self, name: str = "-") -> dict[str, str]:
        """The environment in which OpenSSL knows GOST; `name` is for a new certificate."""
        family, _, given = name.partition(" ")
        known = {"WHO": name, "FAMILY": family, "GIVEN": given or "-", "SECRET": SECRET}
        config = str(self.folder / "own.cnf")
        return {"PATH": os.environ["PATH"], "OPENSSL_CONF": config, **known}

    def _issue(self, stem: str, name: str, kind: str, *, locked: bool = False) -> tuple[Path, Path]:
        own, key = self.folder / f"{stem}.pem", self.folder / f"{stem}.key"
        lock = ("-passout", "env:SECRET") if locked else ("-nodes",)
        self._run(
            name,
            *("req", "-newkey", "gost2012_256", "-pkeyopt", "paramset:A", *lock),
            *("-md_gost12_256", "-config", "own.cnf", "-keyout", key, "-out", f"{stem}.csr"),
        )
        self._run(
            name,
            *("ca", "-config", "own.cnf", "-batch", "-notext", "-extensions", kind),
            *("-in", f"{stem}.csr", "-out", own),
        )
        return own, key

    def _run(self, name: str, *words: str | Path) -> None:
        subprocess.run(
            ["openssl", *map(str, words)],
            cwd=self.folder,
            check=True,
            capture_output=True,
            timeout=30,
            env=self.settings(name),
        )


@contextmanager
def gost_services(folder: Path) -> Iterator[GostServices]:
    """Runs them for a while."""
    answering: list[GostServices] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self._say(self.rfile.read(int(self.headers["Content-Length"])))

        def do_GET(self) -> None:
            self._say(b"")

        def _say(self, question: bytes) -> None:
            body = answering[0].answer(self.path, question)
            self.send_response(200 if body else 503)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Nobody reads it."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        answering.append(GostServices(folder, f"http://127.0.0.1:{server.server_port}"))
        yield answering[0]
        server.shutdown()
        thread.join()
