"""Filters of the trace that is shown: zero phase, made anew from the stored samples each time.

A filter here is a gain for each frequency and nothing else: the samples' spectrum is multiplied
by real numbers between 0 and 1, so that no wave is shifted against another at any frequency.

AHA/ACC/HRS 2007, part I (Kligfield), "Processing of the ECG signal": 0.05 to 150 Hz is what the
ECG of an adult needs (children: up to 250 Hz); a filter without phase may begin at 0.67 Hz. 40 Hz
is for reading a noisy trace: R and S are lower in it than they are. The filter of the baseline
moves the level after a wave by up to 0.8 mV for each mV s under the wave: nothing next to a
narrow QRS, 0.1 mV after a wide one, so ST is not measured on it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum
from itertools import product
from typing import Final

import numpy as np
import numpy.typing as npt

from workstation.studies.ecg import EcgLead
from workstation.studies.measure.ecg.stretches import recorded

Signal = npt.NDArray[np.float64]

BASELINE_HZ: Final = 0.5
"""Below 0.67 Hz of the standard, and below the slowest pulse of 30 a minute."""
_LOW_HZ: Final = 0.05
_STEEPNESS: Final = 2
_NOTCH_HALF_WIDTH_HZ: Final = 1.0
_SHORTEST_FOR_MAINS_S: Final = 1.0
"""On shorter stretches a wave of the heart could be taken for a period of the mains."""
_MAINS_REACH_S: Final = 2.0


class Band(Enum):
    """The passband: its upper end at -3 dB in Hz, the lower one is 0.05 Hz."""

    AS_RECORDED = None
    DIAGNOSTIC = 150.0
    MONITOR = 40.0


class Mains(Enum):
    """The hum of the mains that is taken out, Hz."""

    KEPT = None
    HZ_50 = 50.0
    HZ_60 = 60.0


@dataclass(frozen=True, slots=True)
class TraceFilter:
    """What the doctor has chosen; as it is made: nothing."""

    band: Band = Band.AS_RECORDED
    mains: Mains = Mains.KEPT
    baseline: bool = False

    @property
    def off(self) -> bool:
        """Whether the trace is shown as it was recorded."""
        return self == TraceFilter()

    @property
    def code(self) -> str:
        """As kept with what was measured through it: "none", "0.05-40+50hz+baseline"."""
        high, mains = self.band.value, self.mains.value
        parts = [
            f"{_LOW_HZ:g}-{high:g}" if high is not None else "",
            f"{mains:g}hz" if mains is not None else "",
            "baseline" if self.baseline else "",
        ]
        return "+".join(part for part in parts if part) or "none"

    @property
    def low_hz(self) -> float | None:
        """Lower end of the passband at -3 dB; None: whatever the recording holds."""
        if self.baseline:
            return BASELINE_HZ
        return None if self.band is Band.AS_RECORDED else _LOW_HZ

    @property
    def reach_s(self) -> float:
        """So far a sample may be moved by another: what to add on both sides of a cut-out."""
        if self.low_hz is None:
            return 0.0 if self.off else 2.0
        return max(2.0, 1.0 / self.low_hz)


_FILTER_OF: Final = {
    one.code: one for one in (TraceFilter(*parts) for parts in product(Band, Mains, (False, True)))
}


def filter_of(code: str) -> TraceFilter | None:
    """The filter with that `TraceFilter.code`; None where the code is none of ours."""
    return _FILTER_OF.get(code)


def gain(chosen: TraceFilter, frequencies_hz: Signal) -> Signal:
    """Factor for each frequency, 0 to 1; 0.707 (-3 dB) at the ends of the passband."""
    factor = np.ones_like(frequencies_hz)
    if chosen.low_hz is not None:
        above = (frequencies_hz / chosen.low_hz) ** _STEEPNESS
        factor *= above / np.sqrt(1 + above**2)
    if chosen.band.value is not None:
        beyond = (frequencies_hz / chosen.band.value) ** _STEEPNESS
        factor /= np.sqrt(1 + beyond**2)
    if chosen.mains.value is not None:
        factor *= _notch(frequencies_hz, chosen.mains.value)
    return factor


def filtered(lead: EcgLead, sampling_rate_hz: float, chosen: TraceFilter) -> EcgLead:
    """The lead as it is shown; the lead itself where no filter is chosen, which is never changed.

    Unit and gaps stay. Each stretch between gaps is filtered alone: a gap is no wave.
    """
    if chosen.off:
        return lead
    samples = np.zeros(len(lead.samples), np.float32)
    for start, stop in recorded(len(lead.samples), lead.gaps):
        stretch = lead.samples[start:stop].astype(np.float64)
        samples[start:stop] = _filtered(stretch, sampling_rate_hz, chosen)
    samples.flags.writeable = False
    return replace(lead, samples=samples)


def all_filtered(
    leads: Iterable[EcgLead], sampling_rate_hz: float, chosen: TraceFilter
) -> tuple[EcgLead, ...]:
    """All leads through the same filter: what follows from I and II follows still."""
    return tuple(filtered(lead, sampling_rate_hz, chosen) for lead in leads)


def _notch(frequencies_hz: Signal, mains_hz: float) -> Signal:
    """Gauss's bell, upside down: it rings least after QRS. -3 dB at 1 Hz either side."""
    off_by = (frequencies_hz - mains_hz) / _NOTCH_HALF_WIDTH_HZ
    factor: Signal = 1 - np.exp(off_by**2 * np.log(1 - np.sqrt(0.5)))
    return factor


def _filtered(samples: Signal, rate: float, chosen: TraceFilter) -> Signal:
    """The stretch with its gains applied; mirrored at its ends, so that it goes on smoothly."""
    if len(samples) < 2:
        return samples
    steady = _without_mains(samples, rate, chosen)
    rest = replace(chosen, mains=Mains.KEPT)
    return steady if rest.off else _with_gains(np.r_[steady, steady[::-1]], rate, rest, steady.size)


def _with_gains(samples: Signal, rate: float, chosen: TraceFilter, kept: int) -> Signal:
    """The first `kept` samples of what is taken for one period, with its gains."""
    spectrum = np.fft.rfft(samples)
    spectrum *= gain(chosen, np.fft.rfftfreq(len(samples), 1 / rate).astype(np.float64))
    return np.fft.irfft(spectrum, len(samples))[:kept]


def _without_mains(samples: Signal, rate: float, chosen: TraceFilter) -> Signal:
    """Without the hum. At the ends the trace is mirrored and the hum goes on in its own phase."""
    hertz = chosen.mains.value
    if hertz is None or hertz >= rate / 2 or len(samples) < _SHORTEST_FOR_MAINS_S * rate:
        return samples
    reach = min(len(samples), round(_MAINS_REACH_S * rate))
    after = _goes_on(samples, reach, rate, hertz)
    before = _goes_on(samples[::-1], reach, rate, hertz)[::-1]
    only = TraceFilter(mains=chosen.mains)
    longer = np.concatenate([before, samples, after])
    return _with_gains(longer, rate, only, reach + len(samples))[reach:]


def _goes_on(samples: Signal, reach: int, rate: float, hertz: float) -> Signal:
    """What may follow the samples: their mirror image, but for the hum, which is no mirror."""
    near = min(len(samples), round(rate * _SHORTEST_FOR_MAINS_S))
    end = len(samples)
    angle = 2 * np.pi * hertz / rate * np.arange(end - max(reach, near), end + reach)
    waves = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    past, coming = waves[:-reach], waves[-reach:]
    size = np.linalg.lstsq(past[-near:], samples[-near:] - samples[-near:].mean(), rcond=None)[0]
    mirrored: Signal = samples[: -reach - 1 : -1] - (past @ size)[: -reach - 1 : -1]
    going_on: Signal = mirrored + coming @ size
    return going_on
