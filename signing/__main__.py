"""`python -m signing sign|approve|extend|verify`: signatures from the command line.

`verify` leaves with 0 (valid), 1 (invalid) or 2 (indeterminate). `sign` and `approve` leave with 0
(signed; the level is said) or 1 (refused), `extend` with 0 where the wanted level was reached, else
with 1; what could be added is written nevertheless. A wrong command line is 64. Whatever happens,
the output is there whole or not at all. The key is a PKCS#12 file, a token, or an outside
program's; its PIN or passphrase never stands on the command line.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from typing import Final
from zoneinfo import ZoneInfo

from signing.chosen_key import opened_key
from signing.command_line import parse_arguments, roots_of, terms_of
from signing.errors import SigningError
from signing.fields import field_states, prepare_fields
from signing.hushed import hush_libraries
from signing.level_words import level_lines
from signing.levels import approve_with, certify_with, extend
from signing.report import Verdict
from signing.signed_file import SignedFile
from signing.stamp import Stamp
from signing.verify import verify_pdf
from signing.whole_file import write_whole
from signing.words import report_lines, report_record

EXIT_CODES: Final = {Verdict.VALID: 0, Verdict.INVALID: 1, Verdict.INDETERMINATE: 2}
REFUSED: Final = 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns the exit code."""
    hush_libraries()  # the report says it in order
    options = parse_arguments(sys.argv[1:] if arguments is None else arguments)
    work = {"verify": _verify, "extend": _extend}.get(options.command, _sign)
    try:
        return work(options)
    except (SigningError, OSError) as error:
        _refuse(options, error)
        return REFUSED


def _verify(options: argparse.Namespace) -> int:
    report = verify_pdf(options.pdf.read_bytes(), roots_of(options), options.expect_signers)
    _say(options, report_record(report), report_lines(report))
    return EXIT_CODES[report.verdict]


def _sign(options: argparse.Namespace) -> int:
    pdf, terms = options.pdf.read_bytes(), terms_of(options)
    stamp = Stamp(options.post, ZoneInfo("Europe/Moscow"), "МСК")
    with opened_key(options) as signer:
        if options.command == "approve":
            signed = approve_with(pdf, signer, stamp, terms)
        else:
            prepared = pdf if field_states(pdf) else prepare_fields(pdf)
            signed = certify_with(prepared, signer, stamp, terms)
    _keep(options, signed)
    return 0


def _extend(options: argparse.Namespace) -> int:
    lifted = extend(options.pdf.read_bytes(), terms_of(options))
    _keep(options, lifted)
    return REFUSED if lifted.why else 0


def _keep(options: argparse.Namespace, signed: SignedFile) -> None:
    write_whole(options.output, signed.pdf)
    record = {"signed": str(options.output), **signed.level_kept}
    _say(options, record, [f"signed: {options.output}", *level_lines(signed)])


def _refuse(options: argparse.Namespace, error: SigningError | OSError) -> None:
    name, tries = type(error).__name__, getattr(error, "tries", None)
    record: dict[str, object] = {"error": name, "said": str(error)}
    lines = [f"{name}: {error}"]
    if tries is not None:
        record["tries_left"] = tries.value
        lines.append(f"tries left: {tries.value}")
    _say(options, record, lines)


def _say(options: argparse.Namespace, record: dict[str, object], lines: list[str]) -> None:
    text = json.dumps(record, ensure_ascii=False, indent=2) if options.json else "\n".join(lines)
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    sys.exit(main())
