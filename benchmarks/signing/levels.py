"""Signatures of one paper at each level, lifting, and verification.

Floor of all: `openssl cms -sign` (a process) over the same bytes with the same RSA-2048 key, in
turns with what is measured. The services of trust run in a process of their own; at B-T and above
their own work is subtracted, the way to them is not. Each is said by the clock and, since other
programs may be running, by the time of the processor that it and its children took. Beside it,
where it is installed, the same signature by pyHanko's own command line (`pyhanko-cli`).
"""

import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta, timezone
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.serialization import Encoding

from benchmarks.figures import Figure, at_most_times, report, stated
from benchmarks.signing.pki_process import Pki, pki_process
from signing.fields import StampPlace, prepare_fields
from signing.keys.pkcs12 import Pkcs12Signer
from signing.levels import approve_with, certify_with, extend
from signing.pades import certify
from signing.policy import Policy
from signing.report import Level, Verdict
from signing.signed_file import SignedFile, Terms
from signing.stamp import Stamp
from signing.verify import verify_pdf
from tests.signing.pki import APPROVER, PASSPHRASE
from tests.unit.documents.papers import make_content
from workstation.documents.conclusion_pdf import render_conclusion

RUNS: Final = 15
_STAMP: Final = Stamp("врач-кардиолог", timezone(timedelta(hours=3)), "МСК")
_PYHANKO: Final = """
import sys
from pathlib import Path
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, SimpleSigner, fields, sign_pdf
key, words, paper, signed = sys.argv[1:]
signer = SimpleSigner.load_pkcs12(key, passphrase=Path(words).read_bytes())
meta = PdfSignatureMetadata(field_name="Doctor", subfilter=fields.SigSeedSubFilter.PADES)
with open(paper, "rb") as given, open(signed, "wb") as made:
    sign_pdf(IncrementalPdfFileWriter(given), meta, signer=signer, output=made)
"""
_HIDDEN: Final = StampPlace(0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Desk:
    """What the measurements need."""

    pki: Pki
    doctor: Pkcs12Signer
    plain: bytes
    """A paper with fields that show nothing."""
    paper: bytes
    """With room for stamps."""
    folder: Path

    def terms(self, level: Level) -> Terms:
        """Of one level, with the services in reach."""
        policy = Policy(level=level, time_services=(self.pki.tsa,), timeout=30)
        return Terms(policy, [self.pki.root])


def figures() -> list[Figure]:
    """All of them."""
    with tempfile.TemporaryDirectory() as name, pki_process(Path(name)) as pki:
        raw = render_conclusion(make_content())
        plain, paper = prepare_fields(raw, _HIDDEN, _HIDDEN), prepare_fields(raw)
        return list(_measured(Desk(pki, pki.signer(), plain, paper, Path(name))))


def _measured(desk: Desk) -> list[Figure]:
    floor = _openssl(desk)
    both = _both(desk)
    assert verify_pdf(both.pdf, [desk.pki.root], 2).verdict is Verdict.VALID
    offline = certify_with(desk.paper, desk.doctor, _STAMP, _alone(desk)).pdf
    promised: list[tuple[str, float, Callable[[], object]]] = [
        ("B-B, RSA-2048, nothing shown", 5, lambda: certify(desk.plain, desk.doctor, _STAMP)),
        ("B-B with a Cyrillic stamp", 12, lambda: certify(desk.paper, desk.doctor, _STAMP)),
        ("B-LTA without the services", 20, lambda: _at(desk, Level.B_LTA)),
        (
            "two signatures at B-LTA verified",
            25,
            lambda: verify_pdf(both.pdf, [desk.pki.root], 2),
        ),
    ]
    told: list[tuple[str, Callable[[], object]]] = [
        ("B-T without the services", lambda: _at(desk, Level.B_T)),
        ("B-LT without the services", lambda: _at(desk, Level.B_LT)),
        ("B-B lifted to B-LTA", lambda: extend(offline, desk.terms(Level.B_LTA))),
    ]
    found: list[Figure] = []
    for name, limit, work in promised:
        took = _in_turns(desk, work, floor)
        found.append(at_most_times(name, *took.by_clock, limit, "ms"))
        found.append(stated(f"{name}, of the processor", *took.by_processor, "ms"))
    for name, work in told:
        found.append(stated(name, *_in_turns(desk, work, floor).by_clock, "ms"))
    return found + _by_pyhanko(desk, floor)


@dataclass(frozen=True, slots=True)
class Took:
    """Medians in ms of the work and of the floor."""

    by_clock: tuple[float, float]
    """Less the services' own."""
    by_processor: tuple[float, float]
    """Without them: they are no children of this process."""


def _at(desk: Desk, level: Level) -> SignedFile:
    signed = certify_with(desk.paper, desk.doctor, _STAMP, desk.terms(level))
    assert signed.reached is level, signed
    return signed


def _both(desk: Desk) -> SignedFile:
    terms = desk.terms(Level.B_LTA)
    first = certify_with(desk.paper, desk.doctor, _STAMP, terms)
    return approve_with(first.pdf, desk.pki.signer(APPROVER), _STAMP, terms)


def _alone(desk: Desk) -> Terms:
    terms = desk.terms(Level.B_LTA)
    return replace(terms, policy=replace(terms.policy, time_services=()))


def _in_turns(desk: Desk, work: Callable[[], object], floor: Callable[[], object]) -> Took:
    work()
    works: list[tuple[float, float]] = []
    floors: list[tuple[float, float]] = []
    for _ in range(RUNS):
        floors.append(_took(floor))
        before = desk.pki.spent()
        clock, processor = _took(work)
        works.append((clock - 1000 * (desk.pki.spent() - before), processor))
    return Took(_medians(works, floors, 0), _medians(works, floors, 1))


def _medians(
    works: list[tuple[float, float]], floors: list[tuple[float, float]], kind: int
) -> tuple[float, float]:
    return (
        statistics.median(one[kind] for one in works),
        statistics.median(one[kind] for one in floors),
    )


def _took(work: Callable[[], object]) -> tuple[float, float]:
    """By the clock and of the processor, ms."""
    begun, spent = time.perf_counter(), _processor()
    work()
    return 1000 * (time.perf_counter() - begun), 1000 * (_processor() - spent)


def _processor() -> float:
    """Seconds that this process and its ended children have had."""
    known = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in known)


def _openssl(desk: Desk) -> Callable[[], object]:
    """The bare signature over the same bytes."""
    paper, pem = desk.folder / "paper.pdf", desk.folder / "signer.pem"
    paper.write_bytes(desk.plain)
    pem.write_bytes(desk.doctor.certificate.public_bytes(Encoding.PEM))
    command = ["openssl", "cms", "-sign", "-binary", "-cades", "-outform", "DER"]
    command += ["-in", str(paper), "-signer", str(pem), "-inkey", str(desk.folder / "doctor.pem")]
    command += ["-out", str(desk.folder / "out.der")]
    return lambda: subprocess.run(command, check=True, capture_output=True)


def _by_pyhanko(desk: Desk, floor: Callable[[], object]) -> list[Figure]:
    """The same signature by pyHanko's command line (`pyhanko-cli`); where that is not installed, by
    its own signer in a process of its own, which is what the command line starts."""
    words, signed = desk.folder / "words.txt", desk.folder / "by_pyhanko.pdf"
    words.write_text(PASSPHRASE, "utf-8")
    key, paper = desk.folder / "doctor.p12", desk.folder / "paper.pdf"
    program = shutil.which("pyhanko", path=str(Path(sys.executable).parent))
    program = program or shutil.which("pyhanko")
    if program is None:
        name = "B-B by pyHanko's signer in a process"
        command = [sys.executable, "-c", _PYHANKO, str(key), str(words), str(paper), str(signed)]
    else:
        name = "B-B by pyHanko's command line"
        command = [program, "sign", "addsig", "--field", "Doctor", "--use-pades", "pkcs12"]
        command += ["--passfile", str(words), str(paper), str(signed), str(key)]

    def work() -> object:
        return subprocess.run(command, check=True, capture_output=True)

    took = _in_turns(desk, work, floor)
    return [
        stated(name, *took.by_clock, "ms"),
        stated(f"{name}, of the processor", *took.by_processor, "ms"),
    ]


if __name__ == "__main__":
    sys.exit(report(figures()))
