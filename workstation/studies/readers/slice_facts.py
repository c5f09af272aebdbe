"""What the elements of one slice mean: its place, its numbers, its windows, what repeats there."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, wraps
from typing import Final, TypeVar

from workstation.studies.measure.calibration import PlaneScale, plane_by_projection
from workstation.studies.measure.reading import ScaleSource
from workstation.studies.readers.frame_shape import GREY, MOST_PIXELS
from workstation.studies.readers.letters import guessed, plain
from workstation.studies.readers.slice_extras import NO_EXTRAS, SliceExtras
from workstation.studies.readers.slice_header import SliceHeader
from workstation.studies.series_plane import SlicePlane, edge_marks, marks_in_words, sound_cosines
from workstation.studies.stack import HOUNSFIELD, GreyNumbers, GreyWindow, Rescale, StackSlice

_CT: Final = frozenset(
    {"1.2.840.10008.5.1.4.1.1.2", "1.2.840.10008.5.1.4.1.1.2.1", "1.2.840.10008.5.1.4.1.1.2.2"}
)
_FARTHEST_MM: Final = 1e5
_GREATEST: Final = 1e9
_MOST_WINDOWS: Final = 8
_REPEATS: Final = (
    *("TemporalPositionIdentifier", "TemporalPositionIndex", "EchoNumbers", "EchoTime"),
    *("DiffusionBValue", "TriggerTime", "AcquisitionNumber"),
)
_Fact = TypeVar("_Fact")


def _following_from(
    *keywords: str,
) -> Callable[[Callable[[SliceHeader], _Fact]], Callable[[SliceHeader], _Fact]]:
    """Remembers what was found out from these elements: the slices of a series say the same of
    most things. The function is given no other elements."""

    def remembering(find: Callable[[SliceHeader], _Fact]) -> Callable[[SliceHeader], _Fact]:
        @lru_cache(maxsize=128)
        def found(*texts: str | None) -> _Fact:
            pairs = zip(keywords, texts, strict=True)
            return find({keyword: text for keyword, text in pairs if text is not None})

        @wraps(find)
        def look_up(header: SliceHeader) -> _Fact:
            return found(*map(header.get, keywords))

        return look_up

    return remembering


@dataclass(frozen=True, slots=True)
class GreyShape:
    """Size and storage of a grey slice."""

    rows: int
    columns: int
    allocated: int
    numbers: GreyNumbers
    is_plain: bool
    """Whether its uncompressed 16-bit numbers may be looked at as they lie in the file."""
    bits: tuple[int, int, int] = (16, 16, 15)
    """Allocated, stored, and the highest that is stored."""


@_following_from(
    *("Rows", "Columns", "SamplesPerPixel", "PhotometricInterpretation", "PresentationLUTShape"),
    *("BitsAllocated", "BitsStored", "HighBit", "PixelRepresentation"),
    *("PixelPaddingValue", "PixelPaddingRangeLimit"),
)
def grey_shape(header: SliceHeader) -> GreyShape | None:
    """None where it is no grey picture of up to 16 bits that is within sense."""
    rows, columns = whole(header, "Rows") or 0, whole(header, "Columns") or 0
    allocated = whole(header, "BitsAllocated") or 0
    stored = whole(header, "BitsStored") or allocated
    high_bit = whole(header, "HighBit")
    high_bit = stored - 1 if high_bit is None else high_bit
    photometric = header.get("PhotometricInterpretation", "").strip()
    sound = (
        rows > 0
        and columns > 0
        and rows * columns <= MOST_PIXELS
        and (whole(header, "SamplesPerPixel") or 1) == 1
        and photometric in GREY
        and allocated in (8, 16)
        and 0 < stored <= high_bit + 1 <= allocated
    )
    if not sound:
        return None
    signed = whole(header, "PixelRepresentation") == 1
    bits = 16 if allocated == 8 and signed else stored
    padding = _padding(header, stored, signed=signed)
    numbers = GreyNumbers(bits, signed, _is_inverted(header), padding)
    is_plain = allocated == 16 and high_bit == stored - 1
    described = (allocated, stored, high_bit)
    return GreyShape(rows, columns, allocated, numbers, is_plain, described)


def _is_inverted(header: SliceHeader) -> bool:
    """Whether the least value is white: MONOCHROME1 (C.7.6.3.1.2), or a Presentation LUT Shape
    that says so (C.11.6.1.2). Where both do, they say the same once, as in DX (C.8.11.3.1.2)."""
    said = header.get("PresentationLUTShape", "").strip().upper()
    return header["PhotometricInterpretation"].strip() == "MONOCHROME1" or said == "INVERSE"


def is_stack(header: SliceHeader, shape: GreyShape | None, extras: SliceExtras = NO_EXTRAS) -> bool:
    """Whether a picture (of no grey shape: never) is looked at with a window of one's own choice.

    More than 8 bits, a rescale or a table that changes numbers, or a place in the patient.
    Ultrasound stays a clip: its calibration is in regions.
    """
    if shape is None or header.get("Modality") in ("US", "IVUS", "ECG"):
        return False
    rescale = rescale_of(header)
    return (
        (whole(header, "BitsStored") or 0) > 8
        or (rescale.slope, rescale.intercept) != (1.0, 0.0)
        or bool(extras.modality or extras.is_undone or extras.luts)
        or numbers_of(header, "ImagePositionPatient") is not None
    )


def slice_of(
    header: SliceHeader,
    shape: GreyShape,
    part: int,
    frame: int,
    extras: SliceExtras = NO_EXTRAS,
) -> StackSlice:
    """One slice, its location along the normal included."""
    plane, source = _plane(header, shape)
    words = tuple(header.get("PatientOrientation", "").split("\\"))
    return StackSlice(
        part=part,
        frame=frame,
        uid=header.get("SOPInstanceUID", "")[:64],
        plane=plane,
        spacing_source=source,
        numbers=shape.numbers,
        rescale=Rescale() if extras.is_undone else extras.modality or rescale_of(header),
        windows=() if extras.is_undone else _windows(header),
        instance_number=whole(header, "InstanceNumber"),
        location_mm=plane.location_mm,
        thickness_mm=_positive(header, "SliceThickness"),
        marks=edge_marks(plane.orientation) if plane.orientation else marks_in_words(words),
        luts=extras.luts,
    )


@_following_from(
    *("RescaleSlope", "RescaleIntercept", "RescaleType", "SOPClassUID", "ImageType", "Units"),
)
def rescale_of(header: SliceHeader) -> Rescale:
    """Slope, intercept and what the values are.

    Hounsfield units where Rescale Type says HU, or is absent in an original CT image that is no
    localizer (PS3.3 C.8.2.1.1.2: the type is HU there).
    """
    slope, intercept = number(header, "RescaleSlope"), number(header, "RescaleIntercept")
    if slope is None or intercept is None or slope == 0:
        return Rescale()
    stated = header.get("RescaleType", "").strip().upper()
    if stated:
        return Rescale(slope, intercept, "" if stated == "US" else stated[:16])
    if header.get("SOPClassUID") in _CT and _is_original(header):
        return Rescale(slope, intercept, HOUNSFIELD)
    return Rescale(slope, intercept, header.get("Units", "").strip()[:16])


def is_localizer(header: SliceHeader) -> bool:
    """Image Type, value 3: LOCALIZER (PS3.3 C.8.2.1.1.1, C.8.3.1.1.1)."""
    return "LOCALIZER" in header.get("ImageType", "").split("\\")[2:]


def slice_ms_of(header: SliceHeader) -> float | None:
    """How long the device says that a frame is seen: Frame Time, else a rate (PS3.3 C.7.6.5)."""
    time = number(header, "FrameTime")
    if time is not None and 1 <= time <= 10_000:
        return time
    for keyword in ("RecommendedDisplayFrameRate", "CineRate"):
        rate = number(header, keyword)
        if rate is not None and 0.1 <= rate <= 1000:
            return 1000 / rate
    return None


@_following_from(*_REPEATS)
def repeat_of(header: SliceHeader) -> tuple[float, ...]:
    """What tells slices at one place apart, in a fixed order."""
    return tuple(number(header, keyword) or 0.0 for keyword in _REPEATS)


def numbers_of(header: SliceHeader, keyword: str) -> tuple[float, ...] | None:
    """All values; None where one is none, not finite or absurd."""
    text = header.get(keyword)
    return _numbers_in(text) if text else None


@lru_cache(maxsize=1024)
def _numbers_in(text: str) -> tuple[float, ...] | None:
    """Remembered: the slices of a series say the same of most things."""
    try:
        found = tuple(map(float, text.split("\\")))
    except ValueError:
        return None
    sound = all(-_GREATEST <= one <= _GREATEST for one in found)  # NaN is neither
    return found if sound else None


def number(header: SliceHeader, keyword: str) -> float | None:
    """The first value."""
    found = numbers_of(header, keyword)
    return found[0] if found else None


def whole(header: SliceHeader, keyword: str) -> int | None:
    """The first value where it is a whole number."""
    found = number(header, keyword)
    return int(found) if found is not None and found == int(found) else None


def _is_original(header: SliceHeader) -> bool:
    kinds = header.get("ImageType", "ORIGINAL").split("\\")
    return kinds[0] == "ORIGINAL" and not is_localizer(header)


def _plane(header: SliceHeader, shape: GreyShape) -> tuple[SlicePlane, ScaleSource]:
    at = numbers_of(header, "ImagePositionPatient")
    is_place = at is not None and len(at) == 3 and all(abs(one) <= _FARTHEST_MM for one in at)
    spacing, source = _spacing(header)
    plane = SlicePlane(
        shape.rows,
        shape.columns,
        (at[0], at[1], at[2]) if at is not None and is_place else None,
        sound_cosines(numbers_of(header, "ImageOrientationPatient")),
        spacing,
    )
    return plane, source


@_following_from("PixelSpacing", "ImagerPixelSpacing")
def _spacing(header: SliceHeader) -> tuple[tuple[float, float] | None, ScaleSource]:
    """In the patient, else at the detector; absurd ones are none."""
    scale = plane_by_projection(_pair(header, "PixelSpacing"), _pair(header, "ImagerPixelSpacing"))
    if isinstance(scale, PlaneScale):
        return (scale.mm_y, scale.mm_x), scale.source
    return None, ScaleSource.NONE


def _pair(header: SliceHeader, keyword: str) -> tuple[float, float] | None:
    found = numbers_of(header, keyword)
    return (found[0], found[1]) if found is not None and len(found) == 2 else None


@_following_from(
    *("WindowCenter", "WindowWidth", "WindowCenterWidthExplanation", "VOILUTFunction"),
)
def _windows(header: SliceHeader) -> tuple[GreyWindow, ...]:
    centres, widths = numbers_of(header, "WindowCenter"), numbers_of(header, "WindowWidth")
    if not centres or not widths:
        return ()
    names = header.get("WindowCenterWidthExplanation", "").split("\\")
    curve = header.get("VOILUTFunction", "").strip()
    curve = curve if curve in ("SIGMOID", "LINEAR_EXACT") else ""
    least = 0.0 if curve else 1.0
    found: dict[tuple[float, float], GreyWindow] = {}
    for place, (centre, width) in enumerate(zip(centres, widths, strict=False)):
        name = _literal(names[place])[:40] if place < len(names) else ""
        if width > 0 and width >= least:
            found.setdefault((centre, width), GreyWindow(centre, width, name, curve))
    return tuple(found.values())[:_MOST_WINDOWS]


def _literal(words: str) -> str:
    """A header's words in their own letters: it keeps the bytes of a name as they are."""
    try:
        return plain(guessed(words.encode("latin-1")))
    except UnicodeEncodeError:
        return plain(words)


def _padding(header: SliceHeader, stored: int, *, signed: bool) -> tuple[int, int] | None:
    first = whole(header, "PixelPaddingValue")
    if first is None:
        return None
    last = whole(header, "PixelPaddingRangeLimit")
    ends = [_stored_number(one, stored, signed=signed) for one in (first, last) if one is not None]
    return min(ends), max(ends)


def _stored_number(pattern: int, stored: int, *, signed: bool) -> int:
    """A padding value is written with the bits of a pixel."""
    value = pattern & 0xFFFF
    return value - 0x10000 if signed and value & 0x8000 else value & ((1 << stored) - 1)


def _positive(header: SliceHeader, keyword: str) -> float | None:
    found = number(header, keyword)
    return found if found is not None and 0 < found <= _FARTHEST_MM else None
