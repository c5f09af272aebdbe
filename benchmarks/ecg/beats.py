"""R peaks against annotated beats, as ANSI/AAMI EC57 compares them: within 150 ms.

MIT-BIH 100 (30 min, 2,273 beats), both leads and each alone, and twelve records of LUDB, whose
first and last beats are not annotated and do not count. Not left out, as EC57 has it: the first
five minutes. Floor of the time: one reading of the samples.

RR and the rates that follow from it are shown to the doctor (as proposed, or as found by the
program): their median error is under 20 ms, or they may not be. Floor: the sampling interval.
"""

import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from benchmarks.figures import Figure, at_least, report, stated
from tests.unit.studies.measure.ecg.annotated import LUDB, MITDB, RECORDS
from tests.unit.studies.measure.ecg.wfdb_records import beats, read_record, waves
from workstation.studies.ecg import EcgLead
from workstation.studies.measure.ecg.r_peaks import Places, r_peaks

WINDOW_S = 0.15
GOAL = 0.99
SHOWN_MS = 20.0
"""A value is shown only where its median error is less."""


def matched(found: Places, annotated: Places, rate: float) -> int:
    """Beats that have a peak of their own within 150 ms."""
    window = WINDOW_S * rate
    ours = found.tolist()
    count = place = 0
    for beat in annotated.tolist():
        while place < len(ours) and ours[place] < beat - window:
            place += 1
        if place < len(ours) and ours[place] <= beat + window:
            count += 1
            place += 1
    return count


def share(name: str, value: float) -> Figure:
    """It is to be `GOAL` or more."""
    return at_least(name, 100 * value, 100 * GOAL, "%", floor=100 * GOAL)


def both(name: str, found: Places, annotated: Places, rate: float) -> list[Figure]:
    """Sensitivity and positive predictivity."""
    true = matched(found, annotated, rate)
    return [
        share(f"{name}: sensitivity ({len(annotated)} beats)", true / len(annotated)),
        share(f"{name}: positive predictivity", true / max(1, len(found))),
    ]


def rr_errors(found: Places, annotated: Places, rate: float) -> list[float]:
    """Milliseconds by which our intervals differ from those between the same two beats."""
    window = WINDOW_S * rate
    near = [found[np.abs(found - beat) <= window] for beat in annotated]
    pairs = zip(near, near[1:], np.diff(annotated).tolist(), strict=False)
    ours = [(stop[0] - start[0], rr) for start, stop, rr in pairs if len(start) and len(stop)]
    return [abs(float(one) - rr) * 1000 / rate for one, rr in ours]


def rr_figures(name: str, errors: list[float], rate: float) -> list[Figure]:
    """Their median, with the largest beside it."""
    median, least = float(np.median(errors)), 1000 / rate
    words = f"{name}: RR, median error ({len(errors)} intervals)"
    shown = Figure(
        name=words,
        value=median,
        unit="ms",
        floor=least,
        ratio=median / least,
        goal=f"under {SHOWN_MS:g} ms",
        met=median < SHOWN_MS,
    )
    return [shown, stated(f"{name}: RR, largest error", max(errors), least, "ms")]


def _of_mitdb() -> list[Figure]:
    record = read_record(MITDB / "100.hea")
    annotated = beats(MITDB / "100.atr")
    found: list[Figure] = []
    for leads in (record.leads, record.leads[:1], record.leads[1:]):
        names = " and ".join(lead.name for lead in leads)
        peaks = r_peaks(leads, record.rate_hz)
        found += both(f"MIT-BIH 100, {names}", peaks, annotated, record.rate_hz)
        errors = rr_errors(peaks, annotated, record.rate_hz)
        found += rr_figures(f"MIT-BIH 100, {names}", errors, record.rate_hz)
    took = _seconds(lambda: r_peaks(record.leads, record.rate_hz))
    floor = _seconds(lambda: _read(record.leads))
    found.append(stated("MIT-BIH 100, 30 min: found in", 1000 * took, 1000 * floor, "ms"))
    return found


def _of_ludb() -> list[Figure]:
    true = ours = theirs = 0
    rate, errors, means = 0.0, list[float](), list[float]()
    for number in RECORDS:
        header = Path(LUDB / f"{number}.hea")
        record = read_record(header)
        marked = [one.peak for one in waves(header.with_suffix(".ii")) if one.kind == "N"]
        annotated = np.array(marked, np.int64)
        window = WINDOW_S * record.rate_hz
        found = r_peaks(record.leads, record.rate_hz)
        found = found[(found >= annotated[0] - window) & (found <= annotated[-1] + window)]
        true += matched(found, annotated, record.rate_hz)
        ours += len(found)
        theirs += len(annotated)
        rate = record.rate_hz
        errors += rr_errors(found, annotated, rate)
        means.append(abs(float(np.diff(found).mean() - np.diff(annotated).mean())) * 1000 / rate)
    return [
        *rr_figures("LUDB, twelve records", errors, rate),
        *rr_figures("LUDB, twelve records, mean of a record", means, rate),
        share(f"LUDB, twelve records: sensitivity ({theirs} beats)", true / theirs),
        share("LUDB, twelve records: positive predictivity", true / ours),
    ]


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _read(leads: Sequence[EcgLead]) -> float:
    return sum(float(lead.samples.sum()) for lead in leads)


def figures() -> list[Figure]:
    """Of both collections."""
    return [*_of_mitdb(), *_of_ludb()]


if __name__ == "__main__":
    raise SystemExit(report(figures()))
