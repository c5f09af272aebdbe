"""What figures can be measured on: a clip with its own scales, or a still that has none."""

from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol

from workstation.studies.imaging import ClipInfo, PictureInfo, UltrasoundRegion
from workstation.studies.measure.calibration import PlaneScale

_SQUARE: Final = 1.0


class Measurable(Protocol):
    """Frames of one size, and what their file says of the scale: a `ClipInfo`, or a `Still`."""

    @property
    def frame_count(self) -> int:
        """How many frames there are."""

    @property
    def width(self) -> int:
        """Stored pixels; of a still those of the upright picture."""

    @property
    def height(self) -> int:
        """The same."""

    @property
    def pixel_aspect(self) -> float:
        """Height of a pixel over its width."""

    @property
    def regions(self) -> tuple[UltrasoundRegion, ...]:
        """Parts with a scale of their own."""

    @property
    def plane(self) -> PlaneScale | None:
        """Scale of the whole picture."""

    @property
    def taken_on(self) -> date | None:
        """Day of the examination."""


@dataclass(frozen=True, slots=True)
class Still:
    """A photo, a scan or an export of a screen: one frame, no scale of its own.

    Its points are pixels of the upright picture (EXIF orientation applied), as a `PicturePlace`
    has them: whatever the doctor turns on the screen, they stay where they are.
    """

    width: int
    height: int
    taken_on: date | None = None
    """By the request: a photo's own date is that of the photo, not of the examination."""

    @classmethod
    def of(cls, info: PictureInfo, taken_on: date | None = None) -> "Still":
        """That picture."""
        return cls(info.width, info.height, taken_on)

    @property
    def frame_count(self) -> int:
        """One."""
        return 1

    @property
    def pixel_aspect(self) -> float:
        """Square: what a camera or an export has."""
        return _SQUARE

    @property
    def regions(self) -> tuple[UltrasoundRegion, ...]:
        """None."""
        return ()

    @property
    def plane(self) -> PlaneScale | None:
        """None."""
        return None


def has_own_ways(info: Measurable) -> bool:
    """Whether the file says which way its pixels lie: then time runs along its rows, however the
    picture is seen."""
    return bool(info.regions) or info.plane is not None or info.pixel_aspect != _SQUARE


def measurable(info: object, taken_on: date | None) -> Measurable | None:
    """What figures are drawn on, of an open file; None for what is no picture of frames.

    `taken_on`: day of the examination by the request, for a file that cannot know it.
    """
    if isinstance(info, PictureInfo):
        return Still.of(info, taken_on)
    return info if isinstance(info, ClipInfo) else None
