"""A thousand flipped bits in the covered bytes of a signed file: none is called valid.

The places are seeded: every run looks at the same ones. The floor of the time is the verification
of the file as it was signed.
"""

import random
import statistics
import sys
import time
from collections.abc import Sequence

from cryptography import x509

from benchmarks.figures import Figure, never, report, stated
from signing.report import Verdict
from signing.verify import verify_pdf
from tests.signing.byte_ranges import covered_by_signatures
from tests.signing.clinic import make_clinic

FLIPS, SEED, RUNS = 1_000, 8_2026, 20


def figures() -> list[Figure]:
    """Two signatures, flipped anywhere but in the signature's own room."""
    clinic, chance = make_clinic(), random.Random(SEED)
    pdf, roots = clinic.approved, [clinic.authority.root]
    first, second = covered_by_signatures(pdf)[-1].spans
    places, accepted, times = [*first, *second], 0, []
    whole = [_timed(pdf, roots)[1] for _ in range(RUNS)]
    for _ in range(FLIPS):
        damaged = bytearray(pdf)
        damaged[chance.choice(places)] ^= 1 << chance.randrange(8)
        verdict, took = _timed(bytes(damaged), roots)
        accepted += verdict is Verdict.VALID
        times.append(took)
    each, floor = statistics.median(times), statistics.median(whole)
    return [
        never(f"called valid of {FLIPS} flips in {len(places)} bytes", accepted),
        stated("verification of a flipped file", each, floor, "ms"),
    ]


def _timed(pdf: bytes, roots: Sequence[x509.Certificate]) -> tuple[Verdict, float]:
    start = time.perf_counter()
    verdict = verify_pdf(pdf, roots, 2).verdict
    return verdict, (time.perf_counter() - start) * 1000


if __name__ == "__main__":
    sys.exit(report(figures()))
