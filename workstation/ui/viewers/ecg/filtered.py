"""The record as it is painted: through a filter, made only as far as somebody looks."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

import numpy as np
import numpy.typing as npt

from workstation.studies.ecg import EcgLead, EcgRecord
from workstation.studies.measure.ecg.filters import TraceFilter, all_filtered, filtered
from workstation.ui.viewers.ecg.layout import Strip

AT_ONCE = 130_000
"""Samples of all leads together that are filtered whole: in 15 to 30 ms."""
_BLOCK_S = 10.0


class FilteredRecord:
    """A record through one filter. `record` is as long as the stored one, which is never changed.

    A short record is filtered whole. Of a longer one only leads and seconds are that `look_at`
    names, made with what is around them (`TraceFilter.reach_s`); the rest is as stored.
    """

    def __init__(self, stored: EcgRecord, chosen: TraceFilter) -> None:
        self.stored, self.chosen = stored, chosen
        self._rate = stored.sampling_rate_hz
        self._samples: dict[str, npt.NDArray[np.float32]] = {}
        self._done: dict[str, set[int]] = {}
        self.record = self._opened()

    def look_at(self, strips: Iterable[Strip]) -> None:
        """Makes what these strips show."""
        for strip in strips:
            if strip.ref.name in self._samples:
                self._make(strip.ref.name, strip.start_s, strip.start_s + strip.duration_s)

    def _opened(self) -> EcgRecord:
        stored = self.stored
        if self.chosen.off:
            return stored
        if len(stored.leads) * stored.sample_count <= AT_ONCE:
            return replace(stored, leads=all_filtered(stored.leads, self._rate, self.chosen))
        return replace(stored, leads=tuple(map(self._to_be_made, stored.leads)))

    def _to_be_made(self, lead: EcgLead) -> EcgLead:
        samples = self._samples[lead.name] = lead.samples.copy()
        seen = samples.view()
        seen.flags.writeable = False
        return replace(lead, samples=seen)

    def _make(self, name: str, start_s: float, stop_s: float) -> None:
        lead, done = self.stored.lead(name), self._done.setdefault(name, set())
        wanted = range(int(start_s / _BLOCK_S), int((stop_s - 1e-6) / _BLOCK_S) + 1)
        for first, last in _runs(block for block in wanted if block not in done):
            if lead is not None:
                self._fill(lead, first * _BLOCK_S, (last + 1) * _BLOCK_S)
        done.update(wanted)

    def _fill(self, lead: EcgLead, start_s: float, stop_s: float) -> None:
        size, reach = len(lead.samples), round(self.chosen.reach_s * self._rate)
        start, stop = (min(size, round(at * self._rate)) for at in (start_s, stop_s))
        first, last = max(0, start - reach), min(size, stop + reach)
        made = filtered(_cut(lead, first, last), self._rate, self.chosen).samples
        self._samples[lead.name][start:stop] = made[start - first : stop - first]


def _cut(lead: EcgLead, first: int, last: int) -> EcgLead:
    gaps = [(max(start, first) - first, min(stop, last) - first) for start, stop in lead.gaps]
    there = tuple((start, stop) for start, stop in gaps if start < stop)
    return replace(lead, samples=lead.samples[first:last], gaps=there)


def _runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """First and last of each run of neighbours."""
    for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        neighbours = [number for _, number in run]
        yield neighbours[0], neighbours[-1]
