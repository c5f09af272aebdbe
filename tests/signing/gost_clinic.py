"""A GOST authority and its people, made by OpenSSL with the GOST engine."""

import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from cryptography import x509

from signing.keys.external_cms import OPENSSL_GOST, ExternalCmsSigner

INSTALL: Final = "no GOST engine: apt-get install openssl libengine-gost-openssl"
SECRET: Final = "пароль ключа"
_CONFIG: Final = """
[req]
distinguished_name = dn
prompt = no
utf8 = yes
string_mask = utf8only
[dn]
CN = {name}
SN = {family}
GN = {given}
O = Центр сердечно-сосудистой хирургии
{snils}
[root]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[person]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature,nonRepudiation
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
{qualified}
"""
# 63-FZ, article 17; order 795 of the FSB, 27.12.2011: II, 18 and 29 to 31.
_QUALIFIED: Final = """
1.2.643.100.111 = ASN1:UTF8String:СКЗИ «Проба»
1.2.643.100.112 = ASN1:SEQUENCE:means
certificatePolicies = 1.2.643.100.113.1,1.2.643.100.113.2
[means]
a = UTF8String:СКЗИ «Проба»
b = UTF8String:УЦ «Проба»
c = UTF8String:Заключение 1
d = UTF8String:Заключение 2
"""


@cache
def has_gost() -> bool:
    """Whether OpenSSL and its GOST engine are here."""
    if shutil.which("openssl") is None:
        return False
    asked = subprocess.run(
        ["openssl", "dgst", "-engine", "gost", "-md_gost12_256"], input=b"", capture_output=True
    )
    return asked.returncode == 0


@dataclass(frozen=True)
class GostPerson:
    """Somebody's certificate (PEM) and key (PKCS#8, PEM, locked by SECRET)."""

    certificate: Path
    key: Path

    def signer(self) -> ExternalCmsSigner:
        """Signs through the shipped profile."""
        return ExternalCmsSigner.open(OPENSSL_GOST, self.certificate, str(self.key), SECRET)


class GostAuthority:
    """A root of one strength, 256 or 512 bits."""

    def __init__(self, folder: Path, bits: int = 256) -> None:
        self._folder, self._bits = folder, bits
        self._made = 0
        config = self._config("УЦ «Проба ГОСТ»", "")
        self._key, self._root = folder / f"root{bits}.key", folder / f"root{bits}.pem"
        self._openssl(
            *("req", "-x509", "-newkey", f"gost2012_{bits}", "-pkeyopt", "paramset:A", "-nodes"),
            *(f"-md_gost12_{bits}", "-days", "365", "-config", config, "-extensions", "root"),
            *("-keyout", self._key, "-out", self._root),
        )
        self.root = x509.load_pem_x509_certificate(self._root.read_bytes())

    def issue(
        self, name: str, *, qualified: bool = False, snils: str = "11223344595"
    ) -> GostPerson:
        """A person with a certificate of 30 days; a qualified one names the `snils`."""
        self._made += 1
        config = self._config(name, _QUALIFIED if qualified else "", snils)
        stem = self._folder / f"person{self._bits}-{self._made}"
        key, asked, own = (stem.with_suffix(end) for end in (".key", ".csr", ".pem"))
        self._openssl(
            *("req", "-newkey", f"gost2012_{self._bits}", "-pkeyopt", "paramset:A"),
            *("-passout", "env:SECRET", f"-md_gost12_{self._bits}", "-config", config),
            *("-keyout", key, "-out", asked),
        )
        self._openssl(
            *("x509", "-req", "-in", asked, "-CA", self._root, "-CAkey", self._key),
            *("-CAcreateserial", "-days", "30", f"-md_gost12_{self._bits}"),
            *("-extfile", config, "-extensions", "person", "-out", own),
        )
        return GostPerson(own, key)

    def _config(self, name: str, qualified: str, number: str = "") -> Path:
        family, _, given = name.partition(" ")
        path = self._folder / f"openssl{self._bits}-{self._made}.cnf"
        snils = f"SNILS = {number}" if qualified else ""
        text = _CONFIG.format(
            name=name, family=family, given=given or "-", snils=snils, qualified=qualified
        )
        path.write_text(text, "utf-8")
        return path

    def _openssl(self, command: str, *words: str | Path) -> None:
        subprocess.run(
            ["openssl", command, "-engine", "gost", *map(str, words)],
            check=True,
            capture_output=True,
            timeout=30,
            env={"SECRET": SECRET, "PATH": "/usr/bin:/bin"},
        )
