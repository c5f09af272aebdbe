"""A day's beats as they come in, minute by minute: rates, pauses, how far it is. No Qt."""

from typing import Final

import numpy as np

from workstation.studies.long_ecg import LongEcg
from workstation.studies.measure.ecg.r_peaks import Places, minute_length
from workstation.studies.measure.ecg.rhythm_strip import Pause, RatePiece, pauses, rate_strip
from workstation.studies.measure.ecg.stretches import Stretch

MINUTES: Final = 10
"""That are searched at once: the decoder gives way to others in between."""


class Survey:
    """Beats are added in the order of time; rates are known of all minutes but the last ones."""

    def __init__(self, ecg: LongEcg) -> None:
        self.ecg = ecg
        self.rates: list[RatePiece] = []
        """Minute by minute."""
        self.pauses: list[Pause] = []
        self.beats = 0
        self.last: int | None = None
        """The beat that was found last."""
        self._gaps = _gaps_of_all(ecg)
        self._minute = minute_length(ecg.sampling_rate_hz)
        self._done = 0
        self._told = 0
        self._kept = np.empty(0, np.int64)
        """Beats of the minutes whose rates are not told yet."""

    @property
    def is_complete(self) -> bool:
        """Whether the whole recording was searched."""
        return self._done >= self.ecg.sample_count

    @property
    def share(self) -> float:
        """How much of the recording was searched: 0 to 1."""
        return min(1.0, self._done / self.ecg.sample_count)

    @property
    def due(self) -> Stretch:
        """The samples whose minutes are to be searched next."""
        stop = min(self._done + MINUTES * self._minute, self.ecg.sample_count)
        return self._done, stop

    @property
    def gaps(self) -> tuple[Stretch, ...]:
        """Where no lead was recorded, samples."""
        return self._gaps

    def add(self, found: Places) -> None:
        """The beats of the samples that were due."""
        _, stop = self.due
        self.beats += len(found)
        self.last = int(found[-1]) if len(found) else self.last
        self._kept = np.concatenate([self._kept, found])
        self._done = stop
        # An interval belongs to the minute in which it begins: the last one is not over yet.
        self._tell(stop if self.is_complete else stop - self._minute)

    def _tell(self, until: int) -> None:
        begin, stop = self._told, self._done
        near = [(max(a, begin) - begin, min(b, stop) - begin) for a, b in self._gaps]
        gaps = [(a, b) for a, b in near if a < b]
        peaks = self._kept - begin
        rate, count = self.ecg.sampling_rate_hz, stop - begin
        first_s = begin / rate
        for piece in rate_strip(peaks, rate, count, gaps, self._minute / rate):
            if begin + piece.start_s * rate < until - 0.5:
                at = first_s + piece.start_s
                self.rates.append(
                    RatePiece(
                        at, piece.recorded_s, piece.beats, piece.slowest, piece.mean, piece.fastest
                    )
                )
        for one in pauses(peaks, rate, count, gaps):
            if begin + one.start < until:
                self.pauses.append(Pause(begin + one.start, begin + one.stop, one.seconds))
        self._kept = self._kept[self._kept >= until]
        self._told = until


def _gaps_of_all(ecg: LongEcg) -> tuple[Stretch, ...]:
    """Where none of the leads in which beats are looked for was recorded."""
    leads = ecg.beat_leads
    edges = sorted(event for lead in leads for a, b in lead.gaps for event in ((a, 1), (b, -1)))
    found: list[Stretch] = []
    depth = begin = 0
    for place, step in edges:
        if depth == len(leads) and step < 0 and place > begin:
            found.append((begin, place))
        depth += step
        begin = place
    return tuple(found)
