"""Annotated records of PhysioNet as tests and benchmarks need them: WFDB formats 16 and 212.

Small on purpose: sound files of known records. Files of patients are opened by the readers' room.
Sources: the WFDB file formats signal(5), header(5) and annot(5).
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from workstation.studies.ecg import EcgLead

_STANDARD: Final = {"avr": "aVR", "avl": "aVL", "avf": "aVF"}
_GAIN: Final = re.compile(r"([\d.]+)(?:\((-?\d+)\))?")
_BEATS: Final = frozenset((*range(1, 14), 25, 30, 34, 35, 38, 41))
"""Annotation codes that are beats."""
_P, _NORMAL, _T, _ONSET, _OFFSET = 24, 1, 27, 39, 40
_WAVES: Final = {_P: "p", _NORMAL: "N", _T: "t"}
_SKIP, _NUMBER, _SUB, _CHANNEL, _AUX = 59, 60, 61, 62, 63


@dataclass(frozen=True, slots=True, eq=False)
class WfdbRecord:
    """Leads in mV and their rate."""

    leads: tuple[EcgLead, ...]
    rate_hz: float


@dataclass(frozen=True, slots=True)
class Wave:
    """One annotated wave in samples: "p", "N" (QRS) or "t"; None where a side is not annotated."""

    kind: str
    onset: int | None
    peak: int
    offset: int | None


def read_record(header: Path) -> WfdbRecord:
    """The record of one .hea file."""
    lines = [line for line in header.read_text("utf-8").splitlines() if line and line[0] != "#"]
    _, count, rate, *_ = lines[0].split()
    signals = [line.split() for line in lines[1 : 1 + int(count)]]
    stored = _stored((header.parent / signals[0][0]).read_bytes(), signals[0][1], len(signals))
    leads = [_lead(line, stored[:, place]) for place, line in enumerate(signals)]
    return WfdbRecord(tuple(leads), float(rate.split("/")[0]))


def _stored(data: bytes, packing: str, count: int) -> npt.NDArray[np.int16]:
    if packing == "16":
        return np.frombuffer(data, "<i2").reshape(-1, count)
    assert packing == "212", packing
    low, middle, high = np.frombuffer(data, np.uint8).reshape(-1, 3).astype(np.int16).T
    pairs = np.stack([low | (middle & 15) << 8, high | (middle >> 4) << 8], axis=1)
    pairs[pairs > 2047] -= 4096
    return pairs.reshape(-1, count)


def _lead(line: list[str], stored: npt.NDArray[np.int16]) -> EcgLead:
    gain = _GAIN.match(line[2])
    assert gain is not None
    zero = float(gain.group(2) if gain.group(2) is not None else line[4])
    name = line[8]
    samples = ((stored - zero) / float(gain.group(1))).astype(np.float32)
    return EcgLead(_STANDARD.get(name, name.upper()), samples)


def beats(annotations: Path) -> npt.NDArray[np.int64]:
    """Samples of all annotated beats."""
    found = [at for at, code in _annotations(annotations.read_bytes()) if code in _BEATS]
    return np.array(found, np.int64)


def waves(annotations: Path) -> list[Wave]:
    """Waves with onset and offset, as LUDB writes them: "(" wave ")"."""
    found: list[Wave] = []
    onset: int | None = None
    for at, code in _annotations(annotations.read_bytes()):
        if code == _ONSET:
            onset = at
        elif code in _WAVES:
            found.append(Wave(_WAVES[code], onset, at, None))
            onset = None
        elif code == _OFFSET and found and found[-1].offset is None:
            found[-1] = Wave(found[-1].kind, found[-1].onset, found[-1].peak, at)
    return found


def _annotations(data: bytes) -> list[tuple[int, int]]:
    words = np.frombuffer(data[: len(data) // 2 * 2], "<u2")
    found, at, place = [], 0, 0
    while place < len(words) and words[place]:
        code, number = int(words[place]) >> 10, int(words[place]) & 1023
        place += 1
        if code == _SKIP:
            at += (int(words[place]) << 16) + int(words[place + 1])
            place += 2
        elif code == _AUX:
            place += (number + 1) // 2
        elif code not in (_NUMBER, _SUB, _CHANNEL):
            at += number
            found.append((at, code))
    return found
