"""The PKI of the tests in a process of its own, so that its work is not taken for ours.

`python -m benchmarks.signing.pki_process FOLDER` puts the root and the keys into the folder, says
its address in one line, and ends when its standard input does.
"""

import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from signing.keys.pkcs12 import Pkcs12Signer
from tests.signing.pki import APPROVER, DOCTOR, PASSPHRASE, SPENT, PkiServer

_ROOT: Final = "root.pem"


@dataclass(frozen=True, slots=True)
class Pki:
    """What the process serves."""

    url: str
    folder: Path

    @property
    def tsa(self) -> str:
        """Address of the time-stamping service."""
        return f"{self.url}/clinic/tsa/tsa"

    @property
    def root(self) -> x509.Certificate:
        """The one to trust."""
        return x509.load_pem_x509_certificate((self.folder / _ROOT).read_bytes())

    def signer(self, label: str = DOCTOR) -> Pkcs12Signer:
        """Doctor (RSA-2048) or approver (P-256)."""
        return Pkcs12Signer.open((self.folder / f"{label}.p12").read_bytes(), PASSPHRASE)

    def spent(self) -> float:
        """Seconds of the services' own work so far."""
        with urllib.request.urlopen(self.url + SPENT, timeout=30) as answer:
            return float(answer.read())


@contextmanager
def pki_process(folder: Path) -> Iterator[Pki]:
    """Runs it for a while."""
    command = [sys.executable, "-m", "benchmarks.signing.pki_process", str(folder)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        yield Pki(process.stdout.readline().strip(), folder)
        process.stdin.close()


def main(folder: Path) -> None:
    """Serves until nobody listens."""
    with PkiServer(folder) as server:
        (folder / _ROOT).write_bytes(server.root.public_bytes(Encoding.PEM))
        for label in (DOCTOR, APPROVER):
            (folder / f"{label}.p12").write_bytes(server.key_file(label))
        sys.stdout.write(server.url + "\n")
        sys.stdout.flush()
        sys.stdin.read()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
