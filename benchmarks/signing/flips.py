"""A thousand flipped bits in the covered bytes of a file: none is called valid, none crashes.

Once in a file of two signatures at B-B, once in one of two at B-LTA, where the last time stamp
covers both signatures, their time stamps and the answers about the certificates as well. The places
are seeded: every run looks at the same ones of a file of that size. The floor of the time is the
verification of the file as it was signed.
"""

import logging
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from cryptography import x509

from benchmarks.figures import Figure, never, report, stated
from benchmarks.signing.pki_process import Pki, pki_process
from signing.fields import prepare_fields
from signing.levels import approve_with, certify_with
from signing.policy import Policy
from signing.report import Level, Verdict
from signing.signed_file import Terms
from signing.verify import verify_pdf
from tests.signing.byte_ranges import covered_by_signatures
from tests.signing.clinic import STAMP, make_clinic
from tests.signing.pki import APPROVER
from tests.unit.documents.papers import make_content
from workstation.documents.conclusion_pdf import render_conclusion

logger = logging.getLogger(__name__)

FLIPS, SEED, RUNS = 1_000, 8_2026, 20


def figures() -> list[Figure]:
    """Two signatures at each of the two levels, flipped anywhere but in the last one's own room."""
    clinic = make_clinic()
    with tempfile.TemporaryDirectory() as folder, pki_process(Path(folder)) as pki:
        sealed, roots = _sealed(pki), [pki.root]
    return [
        *_flipped("B-B", clinic.approved, [clinic.authority.root]),
        *_flipped("B-LTA", sealed, roots),
    ]


def _sealed(pki: Pki) -> bytes:
    """By the doctor and the approver, both at B-LTA."""
    terms = Terms(Policy(level=Level.B_LTA, time_services=(pki.tsa,), timeout=30), [pki.root])
    paper = prepare_fields(render_conclusion(make_content()))
    first = certify_with(paper, pki.signer(), STAMP, terms)
    second = approve_with(first.pdf, pki.signer(APPROVER), STAMP, terms)
    assert second.reached is Level.B_LTA, second
    return second.pdf


def _flipped(level: str, pdf: bytes, roots: Sequence[x509.Certificate]) -> list[Figure]:
    chance, accepted, crashed = random.Random(SEED), 0, 0
    places = [place for span in covered_by_signatures(pdf)[-1].spans for place in span]
    whole, times = [_whole(pdf, roots) for _ in range(RUNS)], list[float]()
    for _ in range(FLIPS):
        damaged = bytearray(pdf)
        damaged[chance.choice(places)] ^= 1 << chance.randrange(8)
        start = time.perf_counter()
        try:
            accepted += verify_pdf(bytes(damaged), roots, 2).verdict is Verdict.VALID
        except Exception:
            logger.exception("no file may raise")
            crashed += 1
        times.append((time.perf_counter() - start) * 1000)
    floor = statistics.median(whole)
    where = f"{FLIPS} flips in {len(places)} bytes of two signatures at {level}"
    return [
        never(f"called valid of {where}", accepted),
        never(f"crashed over of {where}", crashed),
        stated(f"verification of a flipped file at {level}", statistics.median(times), floor, "ms"),
        stated(f"the slowest of them at {level}", max(times), floor, "ms"),
        stated(f"all {FLIPS} at {level}", sum(times) / 1000, floor * FLIPS / 1000, "s"),
    ]


def _whole(pdf: bytes, roots: Sequence[x509.Certificate]) -> float:
    """Milliseconds for the file as it was signed, which is valid."""
    start = time.perf_counter()
    assert verify_pdf(pdf, roots, 2).verdict is Verdict.VALID
    return (time.perf_counter() - start) * 1000


if __name__ == "__main__":
    sys.exit(report(figures()))
