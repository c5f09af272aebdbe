"""Long recordings in every format that allows them, short enough for a test."""

import zipfile
from collections.abc import Callable
from functools import partial
from typing import Final

import numpy as np
import numpy.typing as npt
from pydicom.uid import (
    DeflatedExplicitVRLittleEndian,
    ExplicitVRBigEndian,
    ImplicitVRLittleEndian,
)

from tests.unit.studies import dicom_factory as make
from tests.unit.studies.ecg_files import binary
from workstation.studies.opened import OpenedFile
from workstation.studies.readers.long_record import LongFrom
from workstation.studies.readers.opening import open_file

Counts = npt.NDArray[np.int16]
LEADS: Final = ("I", "II", "V5")
RATE: Final = 250
SECONDS: Final = 20
LONG_FROM: Final = LongFrom(samples=1000, dicom_size=0)
open_long: Callable[[memoryview], OpenedFile] = partial(open_file, long_from=LONG_FROM)
"""As `open_file`, where a thousand samples are a long recording."""


def counts(seconds: int = SECONDS, leads: int = len(LEADS), top: int = 1500) -> Counts:
    """Noise with an R peak of a sample every 0.8 s: samples x leads, within 12 bits."""
    random = np.random.default_rng(seconds)
    found = random.integers(-40, 40, (seconds * RATE, leads)).astype(np.int16)
    found[100 :: int(0.8 * RATE)] = top
    return found


def edf(stored: Counts, kind: str = "", starts: list[float] | None = None) -> bytes:
    """A second a record; `starts` for EDF+D."""
    signals = [binary.edf_signal(f"ECG {lead}", RATE) for lead in LEADS]
    records = binary.edf_records(stored, RATE)
    if starts is not None:
        signals.append(binary.edf_signal("EDF Annotations", 60, unit=""))
        records = [[*row, binary.edf_note(at)] for row, at in zip(records, starts, strict=True)]
    return binary.edf(signals, records, kind=kind)


def wfdb(stored: Counts, packing: str = "16", method: int = zipfile.ZIP_STORED) -> bytes:
    """In a zip, as it is or deflated."""
    header = binary.wfdb_header(LEADS, stored, rate=str(RATE), packing=packing)
    flat = stored.reshape(-1).tolist()
    packed = {
        "16": stored.astype("<i2").tobytes(),
        "61": stored.astype(">i2").tobytes(),
        "24": stored.astype("<i4").view(np.uint8).reshape(-1, 4)[:, :3].tobytes(),
        "32": stored.astype("<i4").tobytes(),
        "212": binary.packed_212(flat) if packing == "212" else b"",
    }
    return binary.zipped({"rec.hea": header, "rec.dat": packed[packing]}, method=method)


def dicom(stored: Counts, syntax: str = "explicit", announced: int | None = None) -> bytes:
    """An ambulatory ECG, uncompressed."""
    group = make.waveform(stored, LEADS, rate=str(RATE), sensitivity="2")
    if announced is not None:
        group.NumberOfWaveformSamples = announced
    if syntax == "big":
        group.WaveformData = stored.astype(">i2").tobytes()
        return make.written(make.ecg([group]), ExplicitVRBigEndian)
    if syntax == "deflated":
        return make.written(make.ecg([group]), DeflatedExplicitVRLittleEndian)
    if syntax == "implicit":
        return make.written(make.ecg([group]), ImplicitVRLittleEndian)
    return make.written(make.ecg([group]))


MFER_LEADS: Final = (1, 2, 7)
MFER_RATE: Final = binary.tag(0x0B, b"\x00\x00" + RATE.to_bytes(2, "little"))
MFER_STEP: Final = binary.tag(0x0C, b"\x00\xfa" + (2).to_bytes(2, "little"))
"""2 uV: Hz and V with an exponent of ten."""


def mfer(stored: Counts, *, big: bool = False) -> bytes:
    """One waveform; the definitions of more than a byte in its order of bytes."""
    rate, step = (
        (MFER_RATE, MFER_STEP)
        if not big
        else (
            binary.tag(0x0B, b"\x00\x00" + RATE.to_bytes(2, "big")),
            binary.tag(0x0C, b"\x00\xfa" + (2).to_bytes(2, "big")),
        )
    )
    return binary.mfer(stored, MFER_LEADS, rate=rate, step=step, big=big)


def of_every_format(stored: Counts) -> dict[str, bytes]:
    """The same recording, 2 uV a number."""
    seconds = [float(n) for n in range(len(stored) // RATE)]
    return {
        "edf": edf(stored),
        "edf+c": edf(stored, "EDF+C", seconds),
        "edf+d without breaks": edf(stored, "EDF+D", seconds),
        "ishne": binary.ishne(stored, LEADS, rate=RATE, nanovolts=2000),
        "wfdb 16": wfdb(stored),
        "wfdb 61": wfdb(stored, "61"),
        "wfdb 16 deflated": wfdb(stored, method=zipfile.ZIP_DEFLATED),
        "wfdb 212": wfdb(stored, "212"),
        "wfdb 24": wfdb(stored, "24"),
        "wfdb 32 deflated": wfdb(stored, "32", zipfile.ZIP_DEFLATED),
        "mfer": mfer(stored),
        "mfer big endian": mfer(stored, big=True),
        "dicom": dicom(stored),
        "dicom implicit": dicom(stored, "implicit"),
        "dicom big endian": dicom(stored, "big"),
        "dicom deflated": dicom(stored, "deflated"),
    }
