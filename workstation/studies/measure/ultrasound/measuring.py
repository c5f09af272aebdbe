"""Measures a figure on a frame of an ultrasound clip, or on a still: the door of this room."""

from workstation.studies.measure.calibration import (
    HandScale,
    MModeScale,
    NoScale,
    PlaneScale,
    Scale,
    SpectralScale,
)
from workstation.studies.measure.figures import Drawing
from workstation.studies.measure.measurable import Measurable
from workstation.studies.measure.plane import measure_in_pixels, measure_in_plane
from workstation.studies.measure.reading import Reading, Reason, ScaleSource
from workstation.studies.measure.ultrasound.moving import measure_curve, measure_m_mode
from workstation.studies.measure.ultrasound.regions import ultrasound_scale
from workstation.studies.measure.ultrasound.spectral import measure_spectral


def measure_figure(
    info: Measurable, frame: int, drawing: Drawing, by_hand: HandScale | None = None
) -> tuple[Reading, ...]:
    """All that the figure tells in the part of the picture where it lies; the chief value first.

    Without a scale its lengths in pixels, with the reason. `by_hand` is the doctor's own
    calibration: every value of it says so.
    """
    return measure_with(scale_at(info, frame, drawing, by_hand), drawing, info.pixel_aspect)


def measure_with(scale: Scale, drawing: Drawing, pixel_aspect: float = 1.0) -> tuple[Reading, ...]:
    """The same by a scale that is known: a photo or a page calibrated by hand, or `NoScale`."""
    reason = drawing.reason_against
    if reason is not None:
        return measure_in_pixels(drawing, NoScale(reason))
    if isinstance(scale, PlaneScale):
        return measure_in_plane(drawing, scale)
    if isinstance(scale, NoScale):
        return measure_in_pixels(drawing, scale, pixel_aspect)
    if isinstance(scale, SpectralScale):
        return measure_spectral(drawing, scale)
    if isinstance(scale, MModeScale):
        return measure_m_mode(drawing, scale)
    return measure_curve(drawing, scale)


def scale_at(
    info: Measurable, frame: int, drawing: Drawing, by_hand: HandScale | None = None
) -> Scale:
    """The scale that holds for a figure: which tools make sense there, and who says so.

    Regions hold for all frames of a clip (PS3.3 C.8.5.5 has one sequence a file); where there are
    none, the picture's own spacing. A calibration by hand goes before the file's own of the same
    kind; where regions say that the figure lies in a part of another kind, or across several, it
    does not count.
    """
    reason = drawing.reason_against
    if reason is not None:
        return NoScale(reason)
    if not 0 <= frame < info.frame_count:
        return NoScale(Reason.NO_SUCH_FRAME)
    by_file = _by_file(info, drawing)
    return by_file if by_hand is None or not _gives_way(by_file, by_hand) else by_hand


def _by_file(info: Measurable, drawing: Drawing) -> Scale:
    if info.plane is not None and not info.regions:
        return info.plane
    return ultrasound_scale(info.regions, (info.width, info.height), drawing.points)


def _gives_way(by_file: Scale, by_hand: HandScale) -> bool:
    if isinstance(by_file, NoScale):
        return by_file.reason is not Reason.ACROSS_REGIONS
    if by_file.source is not ScaleSource.ULTRASOUND_REGION:
        return True
    return type(by_file) is type(by_hand)
