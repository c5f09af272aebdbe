"""`python -m signing sign|approve|verify`: signatures from the command line.

`verify` leaves with 0 (valid), 1 (invalid) or 2 (indeterminate). The others leave with 0 (done) or
1 (refused). A wrong command line is 64, as sysexits.h has it.
"""

import argparse
import getpass
import json
import logging
import os
import ssl
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NoReturn
from zoneinfo import ZoneInfo

from cryptography import x509

from signing.certificates import load_roots
from signing.errors import NoCertificate, SigningError
from signing.fields import field_states, prepare_fields
from signing.keys.pkcs12 import Pkcs12Signer
from signing.pades import approve, certify
from signing.report import Verdict
from signing.stamp import Stamp
from signing.verify import verify_pdf
from signing.words import report_lines, report_record

EXIT_CODES: Final = {Verdict.VALID: 0, Verdict.INVALID: 1, Verdict.INDETERMINATE: 2}
REFUSED: Final = 1
_WRONG_USE: Final = 64


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Not with argparse's own 2: that is a verdict here."""
        self.print_usage(sys.stderr)
        self.exit(_WRONG_USE, f"{self.prog}: {message}\n")


def parse_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    """Reads the command line; leaves with 64 where it makes no sense."""
    parser = _Parser(prog="signing", description="Signatures in PDF files (PAdES B-B)")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, said in (("sign", "the doctor's signature"), ("approve", "the approver's signature")):
        _add_signing(commands.add_parser(name, help=said))
    checking = commands.add_parser("verify", help="verify all signatures of a file")
    checking.add_argument("pdf", type=Path)
    checking.add_argument("--expect-signers", type=int, metavar="N")
    for command in commands.choices.values():
        command.add_argument(
            "--trust", type=Path, metavar="PEM", help="trusted roots, instead of the system's"
        )
        command.add_argument("--json", action="store_true", help="answer as JSON")
    return parser.parse_args(arguments)


def _add_signing(command: argparse.ArgumentParser) -> None:
    command.add_argument("pdf", type=Path)
    command.add_argument("output", type=Path)
    command.add_argument("--key", type=Path, required=True, metavar="P12")
    command.add_argument(
        "--passphrase-file", type=Path, help="its first line; without it, the passphrase is asked"
    )
    command.add_argument("--post", default="", help="post of the signer, for the stamp")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns the exit code."""
    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)  # the report says it in order
    logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)
    options = parse_arguments(sys.argv[1:] if arguments is None else arguments)
    try:
        return _verify(options) if options.command == "verify" else _sign(options)
    except (SigningError, OSError) as error:
        _say(options, {"error": type(error).__name__}, [f"{type(error).__name__}: {error}"])
        return REFUSED


def _verify(options: argparse.Namespace) -> int:
    report = verify_pdf(options.pdf.read_bytes(), _roots(options), options.expect_signers)
    _say(options, report_record(report), report_lines(report))
    return EXIT_CODES[report.verdict]


def _sign(options: argparse.Namespace) -> int:
    pdf = options.pdf.read_bytes()
    signer = Pkcs12Signer.open_file(options.key, _passphrase(options))
    stamp = Stamp(options.post, ZoneInfo("Europe/Moscow"), "МСК")
    if options.command == "approve":
        signed = approve(pdf, signer, stamp, _roots(options))
    else:
        signed = certify(pdf if field_states(pdf) else prepare_fields(pdf), signer, stamp)
    _write(options.output, signed)
    _say(options, {"signed": str(options.output), "level": "B-B"}, [f"signed: {options.output}"])
    return 0


def _passphrase(options: argparse.Namespace) -> str:
    if options.passphrase_file is None:
        return getpass.getpass("Passphrase: ")
    lines = options.passphrase_file.read_text("utf-8").splitlines()
    return lines[0] if lines else ""


def _roots(options: argparse.Namespace) -> Sequence[x509.Certificate]:
    if options.trust is not None:
        return load_roots(options.trust)
    found = ssl.create_default_context().get_ca_certs(binary_form=True)
    if not found:
        raise NoCertificate("the system has no trusted roots: give --trust")
    return [x509.load_der_x509_certificate(der) for der in found]


def _write(path: Path, data: bytes) -> None:
    """All of it or nothing: beside the place first, then renamed."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise


def _say(options: argparse.Namespace, record: dict[str, object], lines: list[str]) -> None:
    text = json.dumps(record, ensure_ascii=False, indent=2) if options.json else "\n".join(lines)
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    sys.exit(main())
