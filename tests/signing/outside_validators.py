"""Two judges that are not ours: OpenSSL over each signature, pyHanko's validator over the file."""

import io
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.keys.internal import translate_pyca_cryptography_cert_to_asn1
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from tests.signing.byte_ranges import Covered, covered_by_signatures

_TIME_STAMP: Final = bytes.fromhex("060b2a864886f70d0109100104")
"""id-ct-TSTInfo (RFC 3161), DER."""
GOST_ENGINE: Final = ("-engine", "gost")
INSTALL: Final = "openssl is not installed: apt-get install openssl"


def openssl() -> str | None:
    """The program; None where it is not installed."""
    return shutil.which("openssl")


def openssl_refusals(
    program: str,
    pdf: bytes,
    roots: Sequence[x509.Certificate],
    folder: Path,
    engine: Sequence[str] = (),
) -> list[str]:
    """What `openssl cms -verify -cades` says of each signature, in their order; "" is accepted.

    Of a time stamp over the file it is `openssl ts -verify` that says it. `engine`: GOST_ENGINE for
    GOST.
    """
    return [
        _refusal_of_stamp(program, one, roots, folder)
        if _TIME_STAMP in one.cms[:64]
        else _refusal(program, one, roots, folder, engine)
        for one in covered_by_signatures(pdf)
    ]


def pyhanko_accepts(pdf: bytes, roots: Sequence[x509.Certificate]) -> list[bool]:
    """pyHanko's own word on each signature, in their order; time stamps over files are none."""
    trusted = [translate_pyca_cryptography_cert_to_asn1(root) for root in roots]
    statuses = [
        validate_pdf_signature(
            embedded, ValidationContext(trust_roots=trusted, allow_fetching=False)
        )
        for embedded in PdfFileReader(io.BytesIO(pdf)).embedded_regular_signatures
    ]
    return [bool(status.bottom_line and status.docmdp_ok) for status in statuses]


def _refusal(
    program: str,
    covered: Covered,
    roots: Sequence[x509.Certificate],
    folder: Path,
    engine: Sequence[str],
) -> str:
    cms, content, pem = folder / "cms.der", folder / "content.bin", folder / "roots.pem"
    cms.write_bytes(covered.cms)
    content.write_bytes(covered.content)
    pem.write_bytes(b"".join(root.public_bytes(Encoding.PEM) for root in roots))
    command = [
        program,
        "cms",
        "-verify",
        *engine,
        "-cades",
        "-binary",
        "-inform",
        "DER",
        "-in",
        str(cms),
    ]
    command += ["-content", str(content), "-CAfile", str(pem), "-purpose", "any"]
    command += ["-out", str(folder / "out.bin")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30)
    return "" if done.returncode == 0 else done.stderr or f"exit code {done.returncode}"


def _refusal_of_stamp(
    program: str, covered: Covered, roots: Sequence[x509.Certificate], folder: Path
) -> str:
    token, content, pem = folder / "token.der", folder / "content.bin", folder / "roots.pem"
    token.write_bytes(covered.cms)
    content.write_bytes(covered.content)
    pem.write_bytes(b"".join(root.public_bytes(Encoding.PEM) for root in roots))
    command = [program, "ts", "-verify", "-token_in", "-in", str(token)]
    command += ["-data", str(content), "-CAfile", str(pem)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30)
    return "" if done.returncode == 0 else done.stderr or f"exit code {done.returncode}"
