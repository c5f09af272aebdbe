"""Clips, pictures and pages as the viewers show them."""

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, IntEnum
from types import TracebackType
from typing import Self

import numpy as np
import numpy.typing as npt

from workstation.studies.measure.calibration import PlaneScale
from workstation.studies.patient_sex import PatientSex
from workstation.studies.series_plane import NO_MARKS, EdgeMarks
from workstation.studies.warnings import StudyWarning


class FrameTimeSource(Enum):
    """Where a clip's frame times come from; said beside the frame rate."""

    FRAME_TIME = "frame_time"
    FRAME_TIME_VECTOR = "frame_time_vector"
    CINE_RATE = "cine_rate"
    VIDEO = "video"
    """By the video's own times, which may come in unequal steps."""
    ASSUMED = "assumed"
    STILL = "still"


class RegionUnit(IntEnum):
    """Physical Units of an ultrasound region's axis, DICOM PS3.3 C.8.5.5.1.15."""

    NONE = 0
    PERCENT = 1
    DECIBEL = 2
    CENTIMETRE = 3
    SECOND = 4
    HERTZ = 5
    DECIBEL_PER_SECOND = 6
    CENTIMETRE_PER_SECOND = 7
    SQUARE_CENTIMETRE = 8
    SQUARE_CENTIMETRE_PER_SECOND = 9
    CUBIC_CENTIMETRE = 10
    CUBIC_CENTIMETRE_PER_SECOND = 11
    DEGREE = 12


@dataclass(frozen=True, slots=True)
class UltrasoundRegion:
    """Sequence of Ultrasound Regions, one item: DICOM PS3.3 C.8.5.5."""

    spatial_format: int
    """0 none, 1 2D, 2 M-mode, 3 spectral, 4 waveform, 5 graphics (C.8.5.5.1.1)."""
    data_type: int
    """1 tissue, 2 colour flow, 3 PW, 4 CW, 10 ECG trace, ... (C.8.5.5.1.2)."""
    flags: int
    x0: int
    y0: int
    x1: int
    y1: int
    """Bounds in pixels of the picture, both ends inside; may lie outside the picture."""
    unit_x: RegionUnit
    unit_y: RegionUnit
    delta_x: float
    delta_y: float
    """Units a pixel; finite, may be negative or 0 (no scale)."""
    reference_x: float | None
    reference_y: float | None
    """The reference pixel, relative to (x0, y0)."""
    reference_value_x: float
    reference_value_y: float
    """Physical values at the reference pixel."""


@dataclass(frozen=True, slots=True)
class ClipInfo:
    """A DICOM picture, moving or still (`frame_count` 1), or a video."""

    frame_count: int
    """Frames that can be shown: 0 to `frame_count` - 1."""
    frames_announced: int
    """Frames that the header promises; more than `frame_count` where the file is cut off."""
    width: int
    height: int
    """Stored pixels; stretch the height by `pixel_aspect` when drawing."""
    pixel_aspect: float
    """Height of a pixel over its width: 1 for square ones."""
    frame_times_ms: tuple[float, ...]
    """`frame_count` + 1 ascending values: start of each frame from 0, then the whole length."""
    time_source: FrameTimeSource
    regions: tuple[UltrasoundRegion, ...]
    patient_name: str
    """Readable; literal text, "" where the file gives none."""
    patient_birth_date: date | None
    taken_on: date | None
    taken_at: datetime | None
    """By the device's clock, without a zone; None where only the day is known."""
    title: str
    """The device's own words on the series or the study; literal text."""
    modality: str
    """DICOM's code: "US", "CT", "OT", ...; "" for a video without a data set."""
    warnings: tuple[StudyWarning, ...]
    format: str = "DICOM"
    """"DICOM", or that of a video file: "MP4", "MOV", "AVI"."""
    plane: PlaneScale | None = None
    """Scale of the whole picture, of one that is no ultrasound."""
    r_waves_ms: tuple[float, ...] = ()
    """R waves that the device recorded, ascending, from the start of the first frame."""
    heart_rate: float | None = None
    """Beats a minute by the device, 20 to 300."""
    overlays: tuple[int | None, ...] = ()
    """Of each frame the number of the lines that the device keeps apart from the picture; frames
    of one number share them. Empty where no frame has any."""
    marks: EdgeMarks = NO_MARKS
    """What lies beyond the edges of the picture, where the file says so."""
    window: tuple[float, float] | None = None
    """Centre and width of the window through which the file has its greys shown."""
    patient_sex: PatientSex | None = None

    @property
    def is_still(self) -> bool:
        """One frame: nothing to play."""
        return self.frame_count == 1

    @property
    def duration_ms(self) -> float:
        """Length of one pass."""
        return self.frame_times_ms[-1]

    @property
    def frames_per_second(self) -> float | None:
        """Mean rate; None for a still picture."""
        return None if self.is_still else 1000 * self.frame_count / self.duration_ms

    def overlay_of(self, index: int) -> int | None:
        """The number of the lines over a frame; None where there are none."""
        return self.overlays[index] if index < len(self.overlays) else None

    def frame_at(self, time_ms: float) -> int:
        """The frame that is on at `time_ms` of an endless loop."""
        return bisect_right(self.frame_times_ms[:-1], time_ms % self.duration_ms) - 1


@dataclass(frozen=True, slots=True)
class PictureInfo:
    """A photo or a scan, upright already (EXIF orientation applied); one frame, index 0."""

    width: int
    height: int
    taken_at: datetime | None
    """By the camera's clock, without a zone."""
    format: str
    """"JPEG", "PNG"."""
    warnings: tuple[StudyWarning, ...]


@dataclass(frozen=True, slots=True)
class PdfInfo:
    """A document of pages."""

    page_count: int
    page_sizes_pt: tuple[tuple[float, float], ...]
    """Width and height of each page as shown (rotation applied), in points of 1/72 inch."""
    title: str
    warnings: tuple[StudyWarning, ...]
    format: str = "PDF"
    """"PDF", "DOCX", "TXT"; "DICOM PDF" for one within a DICOM file."""
    letters: str = ""
    """Of a plain text: the encoding by which it is read."""
    patient_name: str = ""
    """By the DICOM file around it; literal."""
    patient_birth_date: date | None = None
    taken_on: date | None = None
    taken_at: datetime | None = None
    patient_sex: PatientSex | None = None


class Frame:
    """Decoded pixels in shared memory: take them, paint, give them back.

    `pixels` is valid until `release()`; a `QImage` over it must not live longer. Use it as
    `with await study.frame(3) as frame:` or release it when the next one is shown.
    """

    __slots__ = ("_on_release", "_pixels", "index")

    def __init__(
        self, pixels: npt.NDArray[np.uint8], index: int, on_release: Callable[[], None]
    ) -> None:
        self._pixels: npt.NDArray[np.uint8] | None = pixels
        self._on_release = on_release
        self.index = index

    @property
    def pixels(self) -> npt.NDArray[np.uint8]:
        """Height x width x 4, blue, green, red, 255; C-contiguous, read-only.

        As `QImage.Format.Format_RGB32` with `pixels.strides[0]` bytes a line.
        """
        if self._pixels is None:
            raise ValueError("the frame was released")
        return self._pixels

    def release(self) -> None:
        """Gives the memory back; a second call does nothing."""
        if self._pixels is not None:
            self._pixels = None
            self._on_release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()
