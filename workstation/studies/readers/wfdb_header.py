"""A WFDB header (header(5) of the WFDB Applications Guide): what lies where in which file."""

import re
from dataclasses import dataclass
from typing import Final

from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.readers.ecg_samples import Calibration, calibration
from workstation.studies.readers.ecg_values import number
from workstation.studies.readers.letters import Text, read

_LARGEST: Final = 256 * 1024
_MOST_SIGNALS: Final = 256
_MOST_COMMENTS: Final = 100
_RATE: Final = re.compile(r"([\d.eE+-]+)(?:/.*)?")
_FORMAT: Final = re.compile(r"(\d{1,4})(?:x(\d+))?(?::(\d+))?(?:\+(\d+))?")
_GAIN: Final = re.compile(r"([\d.eE+-]+?)(?:\((-?\d+)\))?(?:/(.+))?")
_WHOLE: Final = re.compile(r"-?\d{1,12}")


@dataclass(frozen=True, slots=True)
class Signal:
    """One signal line."""

    file: str
    format: int
    offset: int
    """Bytes before the samples in its file."""
    scale: Calibration | None
    first: int | None
    """The first sample, None where it is not stated."""
    checksum: int | None
    """Sum of all samples, 16 bits."""
    label: str


@dataclass(frozen=True, slots=True)
class Header:
    """A record of one segment."""

    rate_hz: float | None
    samples: int | None
    time: str
    date: str
    signals: tuple[Signal, ...]
    comments: tuple[Text, ...]


def parsed(data: bytes) -> Header:
    """The header.

    Raises:
        UnreadableFile: it is none, or of a kind that is not read here (the detail says which).
    """
    lines = [line.strip() for line in data[:_LARGEST].splitlines()]
    comments = tuple(read(line.lstrip(b"# ")) for line in lines if line.startswith(b"#"))
    told = [line.decode("latin-1") for line in lines if line and not line.startswith(b"#")]
    fields = told[0].split() if told else []
    if len(fields) < 2 or not fields[1].isdecimal():
        raise UnreadableFile(Unreadable.NOT_RECOGNISED)
    if "/" in fields[0]:
        raise UnreadableFile(Unreadable.UNSUPPORTED_SYNTAX, "WFDB segments")
    signals = int(fields[1])
    if not 0 < signals <= _MOST_SIGNALS or len(told) < signals + 1:
        raise UnreadableFile(Unreadable.NOT_RECOGNISED)
    fields += [""] * 4
    rate = _RATE.fullmatch(fields[2])
    return Header(
        rate_hz=number(rate.group(1)) if rate else None,
        samples=int(fields[3]) if fields[3].isdecimal() else None,
        time=fields[4],
        date=fields[5],
        signals=tuple(_signal(line) for line in told[1 : signals + 1]),
        comments=tuple(one for one in comments if one.words)[:_MOST_COMMENTS],
    )


def _signal(line: str) -> Signal:
    """File, format, gain, resolution, zero, first sample, checksum, block size, description."""
    fields = line.split(None, 8)
    packing = _FORMAT.fullmatch(fields[1]) if len(fields) > 1 else None
    if packing is None:
        raise UnreadableFile(Unreadable.NOT_RECOGNISED)
    format_, frame, skew, offset = packing.groups()
    if (frame and int(frame) > 1) or (skew and int(skew)):
        raise UnreadableFile(Unreadable.UNSUPPORTED_SYNTAX, f"WFDB {fields[1][:20]}")
    fields += [""] * 9
    return Signal(
        file=fields[0],
        format=int(format_),
        offset=int(offset or 0),
        scale=_scale(fields[2], _whole(fields[4])),
        first=_whole(fields[5]),
        checksum=_whole(fields[6]),
        label=read(fields[8].encode("latin-1")).words[:80],
    )


def _scale(words: str, zero: int | None) -> Calibration | None:
    """Numbers a unit, the number at 0; without a unit mV, a gain of 0 is none (header(5))."""
    found = _GAIN.fullmatch(words)
    gain = number(found.group(1)) if found else None
    if found is None or gain is None or gain <= 0:
        return None
    baseline = int(found.group(2)) if found.group(2) else zero or 0
    return calibration(1 / gain, 1.0, -baseline / gain, found.group(3) or "mV")


def _whole(words: str) -> int | None:
    return int(words) if _WHOLE.fullmatch(words) else None
