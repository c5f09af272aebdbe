"""CT slices of the demonstration: a chest with a wide ascending aorta, a file for each slice.

Drawn, not scanned: ellipses of the densities that organs have, in millimetres of the patient, so
that what is measured on them is what the story tells.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt
from pydicom.uid import CTImageStorage, ExplicitVRLittleEndian

from backend.demo_data.files.dicom_header import (
    describe_patient,
    describe_study,
    new_dataset,
    taken_at,
    to_bytes,
    uid,
)
from backend.demo_data.files.subject import Subject

SLICES: Final = 24
SIDE: Final = 256
PIXEL_MM: Final = 1.4
STEP_MM: Final = 5.0
AIR, LUNG, FAT, MUSCLE, BLOOD, MARROW, BONE = -1000, -860, -90, 50, 330, 180, 620
_INTERCEPT: Final = -1024

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Organ:
    """An ellipse of one density; mm from the middle of the picture, to the patient's left and back
    positive."""

    left: float
    back: float
    half_wide: float
    half_deep: float
    density: float
    turned: float = 0.0
    """Degrees."""


def make_ct_slice(subject: Subject, day: date, number: int) -> bytes:
    """The slice with that number, from 0 at the feet's end."""
    key = f"ct{number}"
    dataset = new_dataset(
        CTImageStorage, ExplicitVRLittleEndian, uid(subject.number, "ct", f"{day}", key)
    )
    dataset.Modality = "CT"
    describe_patient(dataset, subject)
    describe_study(dataset, subject, taken_at(day, "ct"), "КТ-ангиография аорты", "ct")
    dataset.SeriesDescription = "Аорта, артериальная фаза 5 мм"
    dataset.SeriesNumber = 3
    dataset.InstanceNumber = SLICES - number
    dataset.ImageType = ["ORIGINAL", "PRIMARY", "AXIAL"]
    dataset.FrameOfReferenceUID = uid(subject.number, "ct", f"{day}", "frame")
    first = -PIXEL_MM * (SIDE - 1) / 2
    height = STEP_MM * number
    dataset.ImagePositionPatient = [f"{first:.2f}", f"{first:.2f}", f"{height:.1f}"]
    dataset.ImageOrientationPatient = [1, 0, 0, 0, 1, 0]
    dataset.SliceLocation = f"{height:.1f}"
    dataset.SliceThickness = f"{STEP_MM:.0f}"
    dataset.PixelSpacing = [PIXEL_MM, PIXEL_MM]
    dataset.KVP = 120
    _describe_numbers(dataset)
    dataset.PixelData = stored(number).tobytes()
    return to_bytes(dataset)


def stored(number: int) -> npt.NDArray[np.uint16]:
    """The slice's stored numbers, 12 bits: density + 1024."""
    noise = np.random.default_rng(4843 + number).normal(0, 14, (SIDE, SIDE))
    found = np.clip(density(number / (SLICES - 1)) + noise - _INTERCEPT, 0, 4095)
    return found.astype(np.uint16)


def density(height: float) -> Numbers:
    """Hounsfield units of a slice; `height`: 0 at the diaphragm, 1 at the arch."""
    places = (np.arange(SIDE) - (SIDE - 1) / 2) * PIXEL_MM
    left, back = places[np.newaxis, :], places[:, np.newaxis]
    picture = np.full((SIDE, SIDE), float(AIR))
    for organ in _organs(height):
        angle = np.deg2rad(organ.turned)
        x, y = left - organ.left, back - organ.back
        along = (x * np.cos(angle) + y * np.sin(angle)) / organ.half_wide
        across = (y * np.cos(angle) - x * np.sin(angle)) / organ.half_deep
        edge = np.clip((1 - np.hypot(along, across)) * min(organ.half_wide, 40) / PIXEL_MM, 0, 1)
        picture += edge * (organ.density - picture)
    return picture


def _describe_numbers(dataset: object) -> None:
    values = {
        "Rows": SIDE,
        "Columns": SIDE,
        "SamplesPerPixel": 1,
        "PhotometricInterpretation": "MONOCHROME2",
        "BitsAllocated": 16,
        "BitsStored": 12,
        "HighBit": 11,
        "PixelRepresentation": 0,
        "RescaleIntercept": str(_INTERCEPT),
        "RescaleSlope": "1",
        "RescaleType": "HU",
        "WindowCenter": ["150", "-600"],
        "WindowWidth": ["600", "1500"],
        "WindowCenterWidthExplanation": ["АОРТА", "ЛЁГКИЕ"],
    }
    for keyword, value in values.items():
        setattr(dataset, keyword, value)


def _organs(height: float) -> Iterator[_Organ]:
    """From the skin inwards: what comes later lies on top."""
    yield _Organ(0, 0, 165 - 12 * height, 112 - 8 * height, FAT)
    yield _Organ(0, 2, 152 - 12 * height, 101 - 8 * height, MUSCLE)
    lung = 1 - 0.5 * height**2
    for side in (-1, 1):
        yield _Organ(side * 76, 4, 60 * (0.72 + 0.28 * lung), 86 * (0.8 + 0.2 * lung), LUNG)
    yield _Organ(4, -14, 44 + 14 * (1 - height), 62, MUSCLE)
    yield from _bones(height)
    yield from _heart(height)
    yield from _vessels(height)


def _bones(height: float) -> Iterator[_Organ]:
    yield _Organ(0, 66, 22, 18, BONE)
    yield _Organ(0, 66, 18, 14, MARROW)
    yield _Organ(0, 88, 8, 18, BONE)
    yield _Organ(0, 90, 9, 7, MUSCLE)
    yield _Organ(0, -82 + 6 * height, 18, 7, BONE)
    for side in (-1, 1):
        for place in range(5):
            angle = 0.5 + 0.55 * place + 0.35 * height
            left, back = side * 143 * np.sin(angle), -92 * np.cos(angle)
            yield _Organ(left, back, 10, 4, BONE, side * np.degrees(angle) * 0.9)


def _heart(height: float) -> Iterator[_Organ]:
    size = max(0.0, 1 - 1.9 * height)
    if size > 0.05:
        yield _Organ(22, -22, 62 * size**0.5, 46 * size**0.5, MUSCLE + 40, 28)
        yield _Organ(36, -12, 30 * size**0.5, 20 * size**0.5, BLOOD, 28)
        yield _Organ(-2, -36, 32 * size**0.5, 17 * size**0.5, BLOOD - 90, 20)


def _vessels(height: float) -> Iterator[_Organ]:
    """The ascending aorta is 53 mm wide, the descending one 28, the arch 34."""
    yield _Organ(24, 42, 14, 14, BLOOD)
    if height > 0.9:
        yield _Organ(8, 4, 17, 46, BLOOD, -24)
        return
    if height > 0.25:
        widest = 26.5 - 30 * max(0.0, height - 0.72) - 22 * max(0.0, 0.45 - height)
        yield _Organ(-14, -26, widest, widest, BLOOD)
    if 0.5 < height < 0.75:
        yield _Organ(22, -22, 14, 14, BLOOD - 60)
        yield _Organ(4, 6, 40, 9, BLOOD - 60, -8)
    if height > 0.45:
        yield _Organ(-42, -12, 9, 9, BLOOD - 40)
        yield _Organ(-4, 22, 9, 8, AIR + 30)
