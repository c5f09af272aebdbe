"""Twelve leads from the heart's vector: ten seconds, 500 samples a second."""

from dataclasses import dataclass
from math import sqrt
from zlib import crc32

import numpy as np
import numpy.typing as npt

from backend.demo_data.files.ecg_shapes import Beat, EcgShape, Rhythm, Wave

LEADS = ("I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6")
RATE_HZ = 500
SECONDS = 10
SAMPLES = RATE_HZ * SECONDS
FROM_VECTOR = np.array(
    [
        [0.632, -0.235, 0.059],
        [0.235, 1.066, -0.132],
        [-0.515, 0.157, -0.917],
        [0.044, 0.164, -1.387],
        [0.882, 0.098, -1.277],
        [1.213, 0.127, -0.601],
        [1.125, 0.127, -0.086],
        [0.831, 0.076, 0.230],
    ]
)
"""Leads I, II, V1 to V6 from Frank's x, y, z: Dower, Machado, Osborne 1980."""
Microvolts = npt.NDArray[np.int16]
Signal = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class EcgTrace:
    """The samples and what the made-up device measured on them."""

    samples: Microvolts
    """Shape (12, 5000), microvolts, in the order of LEADS; III, aVR, aVL, aVF follow exactly."""
    rr: int
    pr: int | None
    qrs: int
    qt: int
    axis: int
    """Electrical axis of QRS in the frontal plane, degrees."""

    @property
    def qtc(self) -> int:
        """Bazett."""
        return round(self.qt / sqrt(self.rr / 1000))


def make_trace(shape: EcgShape, person: str) -> EcgTrace:
    """The trace of one person: the same for the same name, no two people alike."""
    random = np.random.default_rng(crc32(person.encode()))
    size = random.normal(1.0, 0.06)
    vector, intervals = _heart_vector(shape, random)
    leads = FROM_VECTOR @ (vector * size) + _noise(random, shape.noise_uv / 1000)
    beat = shape.beat
    rr = round(float(np.mean(intervals)))
    return EcgTrace(_twelve(leads), rr, beat.pr, beat.qrs, beat.qt, _axis(beat))


def _heart_vector(shape: EcgShape, random: np.random.Generator) -> tuple[Signal, list[float]]:
    vector = np.zeros((3, SAMPLES))
    intervals: list[float] = []
    onset, count = -float(random.uniform(200, 600)), 0
    while onset < SECONDS * 1000 + 300:
        premature = shape.extra is not None and count % shape.extra_every == shape.extra_every - 1
        _add(vector, shape.extra if premature and shape.extra else shape.beat, onset)
        step = shape.rr * max(0.55, random.normal(1.0, shape.spread))
        intervals.append(step)
        count += 1
        follows = shape.extra_every and count % shape.extra_every == shape.extra_every - 1
        onset += step * (0.62 if follows else 1.38 if premature else 1.0)
    _add_atria(vector, shape, random)
    return vector, intervals


def _add(vector: Signal, beat: Beat, onset: float) -> None:
    for wave in beat.waves:
        _add_wave(vector, wave, onset)


def _add_wave(vector: Signal, wave: Wave, onset: float) -> None:
    first = int(np.ceil((onset + wave.start) * RATE_HZ / 1000))
    last = int((onset + wave.stop) * RATE_HZ / 1000)
    index = np.arange(max(first, 0), min(last + 1, SAMPLES))
    part = (index * 1000 / RATE_HZ - onset - wave.start) / (wave.stop - wave.start)
    rising = 0.5 - 0.5 * np.cos(np.pi * part / wave.peak)
    falling = 0.5 + 0.5 * np.cos(np.pi * (part - wave.peak) / (1 - wave.peak))
    bump = np.where(part < wave.peak, rising, falling)
    vector[:, index] += np.outer(wave.vector, bump)


def _add_atria(vector: Signal, shape: EcgShape, random: np.random.Generator) -> None:
    if shape.rhythm is Rhythm.DISSOCIATED:
        for onset in np.arange(-random.uniform(0, 500), SECONDS * 1000 + 200, shape.atrial_rr):
            _add_wave(vector, shape.atrial_wave, float(onset))
    if shape.rhythm is Rhythm.FIBRILLATION:
        time = np.arange(SAMPLES) / RATE_HZ
        swing = np.cumsum(random.normal(0, 0.05, SAMPLES))
        waves = np.sin(2 * np.pi * 6.1 * time + swing) + 0.5 * np.sin(
            2 * np.pi * 8.3 * time - swing
        )
        vector += np.outer((0.01, 0.03, -0.045), waves * (1 + 0.4 * np.sin(2 * time)))


def _noise(random: np.random.Generator, level: float) -> Signal:
    time = np.arange(SAMPLES) / RATE_HZ
    muscle = random.normal(0, level, (len(FROM_VECTOR), SAMPLES + 2))
    muscle = (muscle[:, :-2] + muscle[:, 1:-1] + muscle[:, 2:]) / 3**0.5
    phases = random.uniform(0, 2 * np.pi, (len(FROM_VECTOR), 1))
    breathing = 0.018 * np.sin(2 * np.pi * 0.24 * time + phases)
    drift = 0.012 * np.sin(2 * np.pi * 0.07 * time + 2 * phases)
    return muscle + breathing + drift


def _twelve(leads: Signal) -> Microvolts:
    """Even microvolts in I and II, so that the limb leads follow without a remainder."""
    first, second = (2 * np.round(leads[:2] * 500)).astype(np.int16)
    chest = np.round(leads[2:] * 1000).astype(np.int16)
    limb = [first, second, second - first, -(first + second) // 2]
    limb += [first - second // 2, second - first // 2]
    return np.vstack([*limb, *chest]).astype(np.int16)


def _axis(beat: Beat) -> int:
    inside = [wave for wave in beat.waves if wave.start >= 0 and wave.stop <= beat.qrs]
    areas = [(wave.stop - wave.start) * np.array(wave.vector) for wave in inside]
    first, second = (FROM_VECTOR @ np.sum(areas, axis=0))[:2]
    return round(float(np.degrees(np.arctan2((second - first / 2) * 2 / 3**0.5, first))))
