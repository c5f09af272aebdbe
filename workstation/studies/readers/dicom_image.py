"""DICOM pictures, still and moving: what they are, and their frames one by one."""

from functools import cached_property
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from pydicom import uid
from pydicom.dataset import Dataset
from pydicom.encaps import encapsulate
from pydicom.pixels.decoders.base import get_decoder

from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.imaging import ClipInfo, FrameTimeSource
from workstation.studies.opened import Pixels
from workstation.studies.readers import colours
from workstation.studies.readers.dicom_file import DicomFile, PixelElement
from workstation.studies.readers.dicom_text import person, text
from workstation.studies.readers.dicom_values import day, integer, moment, value
from workstation.studies.readers.encapsulated import Span, frames
from workstation.studies.readers.frame_times import frame_times
from workstation.studies.readers.jpeg_frame import draw_jpeg, jpeg_shades
from workstation.studies.readers.ultrasound_regions import pixel_aspect, regions
from workstation.studies.warnings import StudyWarning

_MOST_PIXELS: Final = 64_000_000
_MOST_FRAMES: Final = 100_000
_INTEGER_PIXELS: Final = 0x7FE00010
_JPEG: Final = (uid.JPEGBaseline8Bit, uid.JPEGExtended12Bit)
_GREY: Final = ("MONOCHROME1", "MONOCHROME2")
_PALETTE: Final = "PALETTE COLOR"
_COLOUR: Final = ("RGB", "YBR_FULL", "YBR_FULL_422")


class DicomPicture:
    """An open DICOM picture; frames are decoded when they are drawn.

    Raises:
        UnreadableFile: no picture, not one whole frame, absurd sizes, or a packing that is not
            read here.
    """

    def __init__(self, file: DicomFile) -> None:
        self._dataset = file.dataset
        if file.pixels is None:
            raise _without_pixels(file)
        self._shape = _Shape(file.dataset)
        self._pixels = file.pixels.value
        self._syntax = _readable_syntax(file, file.pixels, self._shape)
        announced = max(integer(file.dataset, "NumberOfFrames") or 1, 1)
        if announced > _MOST_FRAMES:
            raise UnreadableFile(Unreadable.TOO_LARGE)
        self._frames = self._locate(announced, encapsulated=file.pixels.announced is None)
        if not self._frames:
            raise UnreadableFile(Unreadable.TRUNCATED, frames_readable=0)
        self.info = _info(file.dataset, self._shape, len(self._frames), announced)

    def render(self, index: int, into: Pixels) -> None:
        """Draws frame `index`."""
        shape = self._shape
        if shape.photometric in _COLOUR and self._syntax in _JPEG:
            draw_jpeg(self._frame(index), into, stored_as_rgb=shape.photometric == "RGB")
        elif shape.photometric in _COLOUR:
            stored = self._unpacked(index)
            colours.put_colours(stored, shape.photometric, shape.storage, into)
        else:
            colours.look_up(self._table, self._unpacked(index), into)

    def _locate(self, announced: int, *, encapsulated: bool) -> list[list[Span]]:
        """Where each frame lies that is there as a whole."""
        if encapsulated:
            one_each = self._syntax == uid.RLELossless
            return frames(self._pixels, announced, one_fragment_each=one_each)
        size = self._shape.frame_bytes
        count = min(announced, len(self._pixels) // size)
        return [[(place * size, (place + 1) * size)] for place in range(count)]

    def _frame(self, index: int) -> bytes:
        return b"".join(bytes(self._pixels[slice(*span)]) for span in self._frames[index])

    def _unpacked(self, index: int) -> npt.NDArray[np.generic]:
        """Stored numbers: rows x columns, or rows x columns x 3."""
        shape = self._shape
        if self._syntax in _JPEG:
            return jpeg_shades(self._frame(index), shape.columns, shape.rows)
        frame = self._frame(index)
        rle = self._syntax == uid.RLELossless
        stored, _ = get_decoder(self._syntax).as_array(
            encapsulate([frame]) if rle else frame,
            index=0,
            raw=True,
            **shape.decoder_options(),
        )
        return stored

    @cached_property
    def _table(self) -> colours.Table:
        """From stored numbers to pixels; where no window is given, by the first frame."""
        if self._shape.photometric == _PALETTE:
            return colours.palette_table(self._dataset, self._shape.storage)
        inverted = self._shape.photometric == "MONOCHROME1"
        return colours.grey_table(
            self._dataset, self._shape.storage, self._unpacked(0), inverted=inverted
        )


class _Shape:
    """Size and storage of one frame (PS3.3 C.7.6.3), checked to be within sense."""

    def __init__(self, dataset: Dataset) -> None:
        self.rows = integer(dataset, "Rows") or 0
        self.columns = integer(dataset, "Columns") or 0
        self.samples = integer(dataset, "SamplesPerPixel") or 1
        self.photometric = str(value(dataset, "PhotometricInterpretation") or "").strip()
        self.planar = integer(dataset, "PlanarConfiguration") or 0
        allocated = integer(dataset, "BitsAllocated") or 0
        stored = integer(dataset, "BitsStored") or allocated
        high_bit = integer(dataset, "HighBit")
        self.storage = colours.Storage(
            allocated,
            stored,
            stored - 1 if high_bit is None else high_bit,
            integer(dataset, "PixelRepresentation") == 1,
        )
        self._check()

    @property
    def frame_bytes(self) -> int:
        """Bytes of an uncompressed frame."""
        samples = 2 if self.photometric == "YBR_FULL_422" else self.samples
        return self.rows * self.columns * samples * self.storage.allocated // 8

    def decoder_options(self) -> dict[str, Any]:  # pydicom types each option as all of them
        """What pydicom's decoders want to know."""
        options = {
            "rows": self.rows,
            "columns": self.columns,
            "number_of_frames": 1,
            "samples_per_pixel": self.samples,
            "photometric_interpretation": self.photometric,
            "bits_allocated": self.storage.allocated,
            "bits_stored": self.storage.stored,
            "pixel_representation": int(self.storage.signed),
            "pixel_keyword": "PixelData",
        }
        if self.samples > 1:
            options["planar_configuration"] = self.planar
        return options

    def _check(self) -> None:
        if self.rows <= 0 or self.columns <= 0:
            raise UnreadableFile(Unreadable.DAMAGED)
        if self.rows * self.columns > _MOST_PIXELS:
            raise UnreadableFile(Unreadable.TOO_LARGE)
        store = self.storage
        if not 0 < store.stored <= store.high_bit + 1 <= store.allocated:
            raise UnreadableFile(Unreadable.DAMAGED)
        known = (
            (self.photometric in _GREY and self.samples == 1)
            or (self.photometric == _PALETTE and self.samples == 1)
            or (self.photometric in _COLOUR and self.samples == 3)
        )
        if not known or store.allocated not in (8, 16):
            detail = f"{self.photometric[:16]} {self.samples} x {store.allocated} bit"
            raise UnreadableFile(Unreadable.UNSUPPORTED_SYNTAX, detail)


def _readable_syntax(file: DicomFile, pixels: PixelElement, shape: _Shape) -> uid.UID:
    """How the frames are packed: by the header, or by what lies there where the two disagree."""
    syntax = file.syntax
    encapsulated = pixels.announced is None
    if encapsulated and not syntax.is_compressed:
        syntax = uid.JPEGBaseline8Bit
    if not encapsulated and syntax.is_compressed:
        syntax = uid.ExplicitVRLittleEndian
    readable = not encapsulated or syntax in (*_JPEG, uid.RLELossless)
    twelve_bit = syntax == uid.JPEGExtended12Bit and shape.storage.allocated != 8
    if pixels.tag != _INTEGER_PIXELS or not readable or twelve_bit:
        raise UnreadableFile(Unreadable.UNSUPPORTED_SYNTAX, syntax.name[:80])
    return syntax


def _without_pixels(file: DicomFile) -> UnreadableFile:
    if file.cut_off or "Rows" in file.dataset:
        return UnreadableFile(Unreadable.TRUNCATED, frames_readable=0)
    kind = value(file.dataset, "SOPClassUID")
    return UnreadableFile(
        Unreadable.NO_PICTURE, kind.name[:80] if isinstance(kind, uid.UID) else ""
    )


def _info(dataset: Dataset, shape: _Shape, count: int, announced: int) -> ClipInfo:
    found, region_left_out = regions(dataset)
    times = frame_times(dataset, count)
    name = person(dataset, "PatientName")
    series, study = text(dataset, "SeriesDescription"), text(dataset, "StudyDescription")
    title = series if series.words else study
    taken_on, taken_at = moment(dataset, "Acquisition", "Content", "Series", "Study")
    warnings = {
        StudyWarning.NAME_CHARSET_GUESSED: name.guessed or title.guessed,
        StudyWarning.FRAMES_MISSING: count < announced,
        StudyWarning.FRAME_TIMES_UNKNOWN: times.source is FrameTimeSource.ASSUMED,
        StudyWarning.FRAME_TIMES_MENDED: times.mended,
        StudyWarning.REGIONS_IGNORED: region_left_out,
    }
    return ClipInfo(
        frame_count=count,
        frames_announced=announced,
        width=shape.columns,
        height=shape.rows,
        pixel_aspect=pixel_aspect(dataset, found),
        frame_times_ms=times.edges,
        time_source=times.source,
        regions=found,
        patient_name=name.words,
        patient_birth_date=day(dataset, "PatientBirthDate"),
        taken_on=taken_on,
        taken_at=taken_at,
        title=title.words,
        modality=str(value(dataset, "Modality") or "")[:16],
        warnings=tuple(code for code, given in warnings.items() if given),
    )
