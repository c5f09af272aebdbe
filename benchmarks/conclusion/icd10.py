"""ICD-10 search as a doctor types: every beginning of 40 queries, by code and by words, over the
national directory (its published file where it is here, else as many made-up headings).
p95 of one key. Floor: one look through all titles for the same letters, in the same run."""

import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final

from backend.icd10.published import read_published
from backend_client.models.icd10 import Icd10Code
from benchmarks.figures import Figure, at_most, report
from workstation.core.icd10 import Icd10Index

LIMIT_MS: Final = 30.0
PUBLISHED: Final = (
    Path(__file__).parents[3] / "shared/data/icd10/1.2.643.5.1.13.13.11.1005_2.27.csv"
)
ON: Final = date(2026, 11, 23)
CODES: Final = (
    "I35.0",
    "И21.4",
    "Ш25.1",
    "о80.1",
    "q21",
    "С50.4",
    "Z03.5",
    "е11.9",
    "I48",
    "i11.0",
)
WORDS: Final = (
    *("стеноз аортального клапана", "инфаркт миокарда", "гипертензивная болезнь сердца"),
    *("фибрилляция предсердий", "тяжёлая преэклампсия", "порок развития сердца плода"),
    *("беременность с рубцом матки", "недостаточность митрального клапана", "анемия"),
    *("сахарный диабет", "не", "неуточненная", "других", "болезни органов дыхания"),
    *("преждевременные роды", "тромбоз глубоких вен", "аневризма аорты", "кардиомиопатия"),
    *("врожденный", "остановка сердца", "блокада", "тахикардия", "атеросклероз", "плацента"),
    *("многоплодная беременность", "диабет беременных", "острая", "пневмония", "травма", "отёк"),
)


def _codes() -> list[Icd10Code]:
    if PUBLISHED.exists():
        return list(read_published(PUBLISHED.read_bytes()).codes)
    words = [word for words in WORDS for word in words.split()]
    return [
        Icd10Code(
            code=f"{chr(65 + n // 1000)}{n // 10 % 100:02}.{n % 10}",
            title=" ".join(words[(n * step) % len(words)] for step in (1, 3, 7, 11)),
        )
        for n in range(15_000)
    ]


def _ms(work: Callable[[], object]) -> float:
    begun = time.thread_time()
    work()
    return (time.thread_time() - begun) * 1000


def figures() -> list[Figure]:
    """p95 of a key."""
    codes = _codes()
    index = Icd10Index(codes)
    typed = [one[:end] for one in (*CODES, *WORDS) for end in range(1, len(one) + 1)]
    titles = [one.title.lower() for one in codes]
    taken = [_ms(lambda one=one: index.search(one, ON)) for one in typed]  # type: ignore[misc]
    floor = [_ms(lambda one=one: [t for t in titles if one in t]) for one in typed[::7]]  # type: ignore[misc]
    p95 = statistics.quantiles(taken, n=20)[-1]
    name = f"ICD-10: a key, p95 of {len(typed)} over {len(index)} headings"
    return [at_most(name, p95, LIMIT_MS, "ms", floor=statistics.median(floor))]


if __name__ == "__main__":
    sys.exit(report(figures()))
