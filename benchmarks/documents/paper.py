"""A three-page conclusion with four key images, drawn in a thread beside a running loop.

Floor: an idle loop's own longest turn in the same run. The PDF/A check, which follows each drawing,
is stated apart.
"""

import asyncio
import math
import statistics
import sys
import time
from collections.abc import Callable

from benchmarks.figures import Figure, at_most, report, stated
from tests.unit.documents.papers import make_content
from workstation.core.conclusion import ConclusionContent, KeyPicture, KeyStrip
from workstation.documents.conclusion_pdf import render_conclusion
from workstation.documents.pdfa import checked_pdfa

RUNS = 15
TICK_S = 0.002


def content() -> ConclusionContent:
    """Two ultrasound frames of 800x600, two strips of 3.3 s, text for three pages."""
    pixels = bytes((x * y // 97) % 200 for y in range(600) for x in range(800))
    frame = KeyPicture(
        1, 800, 600, 1, pixels, "[1] ЭхоКГ, кадр 31", 1.0, 0.3, ((100, 90), (300, 210))
    )
    wave = tuple(math.sin(n / 40) + (1.2 if n % 400 < 12 else 0) for n in range(1650))
    strip = KeyStrip(3, "II", wave, 500, 2.0, (3.5, 3.9), "[3] ЭКГ, отведение II")
    plain = make_content(verify_url="https://clinic.example/verify/7k2m-9fxp-q4ht-c8wd")
    long = "\n".join([plain.history] * 14)
    return make_content(
        history=long,
        recommendations=long,
        verify_url=plain.verify_url,
        key_images=(frame, frame, strip, strip),
    )


async def _beside(work: Callable[[], object] | None, seconds: float) -> tuple[float, float]:
    """Seconds that the work took in its thread, and the loop's longest turn meanwhile."""
    begun = last = time.perf_counter()
    task = None if work is None else asyncio.create_task(asyncio.to_thread(work))
    longest = 0.0
    while (task is not None and not task.done()) or (task is None and last - begun < seconds):
        await asyncio.sleep(TICK_S)
        now = time.perf_counter()
        longest, last = max(longest, now - last - TICK_S), now
    return time.perf_counter() - begun, longest


async def _measured() -> list[Figure]:
    paper = content()
    pdf = render_conclusion(paper)
    drawn = [await _beside(lambda: render_conclusion(paper), 0) for _ in range(RUNS)]
    checked = [await _beside(lambda: checked_pdfa(pdf), 0) for _ in range(RUNS)]
    idle = [await _beside(None, 0.2) for _ in range(RUNS)]
    floor = statistics.median(longest for _, longest in idle) * 1000
    took = statistics.median(seconds for seconds, _ in drawn) * 1000
    turn = statistics.median(longest for _, longest in drawn) * 1000
    return [
        at_most("three pages with four key images", took, 300, "ms", floor=floor),
        at_most("the loop's longest turn meanwhile", turn, 50, "ms", floor=floor),
        stated(
            "the PDF/A check behind it",
            statistics.median(seconds for seconds, _ in checked) * 1000,
            floor,
            "ms",
        ),
        stated("size of the file", len(pdf) / 1024, 1, "KiB"),
    ]


def figures() -> list[Figure]:
    """All of them."""
    return asyncio.run(_measured())


if __name__ == "__main__":
    sys.exit(report(figures()))
