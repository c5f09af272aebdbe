"""Made-up long ECGs: hearts that beat as told, without a file and without a decoder."""

import asyncio
from collections.abc import Sequence
from datetime import date, datetime

import numpy as np
import numpy.typing as npt

from tests.ui.viewers.made_up import make_ecg
from workstation.studies.ecg import EcgLead, SampleUnit
from workstation.studies.errors import StudyError
from workstation.studies.long_ecg import LongEcg, LongLead
from workstation.studies.long_store import StoredSamples
from workstation.studies.measure.ecg.envelope import Envelope
from workstation.studies.measure.ecg.r_peaks import Places, minute_length, r_peaks_in_minute
from workstation.studies.measure.ecg.stretches import Stretch

Counts = npt.NDArray[np.int16]
RATE = 250
BEGAN = datetime(2026, 11, 21, 10, 59, 19)


def beating(seconds: float, rr_s: float = 0.8, pauses: Sequence[float] = ()) -> Counts:
    """A lead in numbers of 5 uV: P, QRS and T every `rr_s`; no beat for 2.5 s after each pause."""
    count = round(seconds * RATE)
    found = np.random.default_rng(1).integers(-4, 5, count).astype(np.int16)
    at, beat = 0.5, _beat()
    waiting = sorted(pauses)
    while round(at * RATE) + len(beat) < count:
        begin = round(at * RATE)
        found[begin : begin + len(beat)] += beat
        skips = bool(waiting) and at >= waiting[0]
        at += 2.5 if skips else rr_s * (1 + 0.04 * np.sin(at / 4))
        if skips:
            waiting.pop(0)
    return found


def _beat() -> Counts:
    time = np.arange(0, 0.7, 1 / RATE)
    waves = ((0.10, 0.025, 24), (0.215, 0.008, -20), (0.24, 0.010, 220), (0.27, 0.009, -50))
    shape = sum(top * np.exp(-0.5 * ((time - at) / wide) ** 2) for at, wide, top in waves)
    return np.asarray(shape + 55 * np.exp(-0.5 * ((time - 0.5) / 0.05) ** 2), np.int16)


def make_long(
    leads: dict[str, Counts],
    gaps: Sequence[Stretch] = (),
    unit: SampleUnit = SampleUnit.MILLIVOLT,
    began: datetime | None = BEGAN,
) -> LongEcg:
    """A recording of these leads, 5 uV a number."""
    scale = 0.005 if unit is SampleUnit.MILLIVOLT else 1.0
    found = tuple(
        LongLead(name, StoredSamples(counts[np.newaxis, :]), unit, scale, 0.0, tuple(gaps))
        for name, counts in leads.items()
    )
    facts = make_ecg(
        [EcgLead(name, np.zeros(0, np.float32), unit) for name in leads],
        sampling_rate_hz=float(RATE),
        recorded_at=began,
        recorded_on=began.date() if began is not None else date(2026, 11, 21),
        source_format="EDF+",
    )
    return LongEcg(facts, found, len(next(iter(leads.values()))))


class MadeUpLong:
    """An open long ECG; beats come when `let` says so, or at once."""

    def __init__(self, info: LongEcg, *, at_once: bool = True) -> None:
        self.info = info
        self.asked: list[Stretch] = []
        self.errors: list[StudyError] = []
        """What the next questions raise, one each."""
        self.closed = False
        self._may_go = asyncio.Event()
        if at_once:
            self._may_go.set()

    def let(self) -> None:
        """Lets beats come from now on."""
        self._may_go.set()

    async def envelope(self, lead: LongLead) -> Envelope:
        """Made here."""
        await asyncio.sleep(0)
        if self.errors:
            raise self.errors.pop(0)
        return Envelope(lead.samples, lead.gaps)

    async def beats(self, start: int, stop: int, last: int | None) -> Places:
        """Found here."""
        self.asked.append((start, stop))
        await self._may_go.wait()
        await asyncio.sleep(0)
        found = [np.empty(0, np.int64)]
        for begin in range(start, stop, minute_length(RATE)):
            part = r_peaks_in_minute(self.info.beat_leads, RATE, begin, last)
            last = int(part[-1]) if len(part) else last
            found.append(part)
        return np.concatenate(found)

    async def close(self) -> None:
        """Noted in `closed`."""
        self.closed = True
