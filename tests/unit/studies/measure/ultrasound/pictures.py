"""Ultrasound pictures made up for tests: only what measuring looks at."""

from collections.abc import Iterable

from backend_client.models.evidence import Figure
from workstation.studies.imaging import ClipInfo, FrameTimeSource, RegionUnit, UltrasoundRegion
from workstation.studies.measure.calibration import HandScale
from workstation.studies.measure.figures import Drawing, Point
from workstation.studies.measure.reading import Quantity, Reading
from workstation.studies.measure.ultrasound.measuring import measure_figure

CM, S, CM_S = RegionUnit.CENTIMETRE, RegionUnit.SECOND, RegionUnit.CENTIMETRE_PER_SECOND


def region(**changes: object) -> UltrasoundRegion:
    """In 2D, the whole of a picture of 640 x 480, 0.05 cm a pixel."""
    values: dict[str, object] = {
        "spatial_format": 1,
        "data_type": 1,
        "flags": 2,
        "x0": 0,
        "y0": 0,
        "x1": 639,
        "y1": 479,
        "unit_x": CM,
        "unit_y": CM,
        "delta_x": 0.05,
        "delta_y": 0.05,
        "reference_x": None,
        "reference_y": None,
        "reference_value_x": 0.0,
        "reference_value_y": 0.0,
    }
    return UltrasoundRegion(**(values | changes))  # type: ignore[arg-type]  # fields by name


def spectrum(**changes: object) -> UltrasoundRegion:
    """Rows 200 to 399, 5 ms and 1 cm/s a pixel, its zero in row 300."""
    values: dict[str, object] = {
        "spatial_format": 3,
        "data_type": 3,
        "y0": 200,
        "y1": 399,
        "unit_x": S,
        "unit_y": CM_S,
        "delta_x": 0.005,
        "delta_y": 1.0,
        "reference_x": 0,
        "reference_y": 100,
    }
    return region(**(values | changes))


def m_mode(**changes: object) -> UltrasoundRegion:
    """Rows 200 to 399, 4 ms and 0.5 mm a pixel."""
    values: dict[str, object] = {
        "spatial_format": 2,
        "y0": 200,
        "y1": 399,
        "unit_x": S,
        "delta_x": 0.004,
    }
    return region(**(values | changes))


def ecg_strip(**changes: object) -> UltrasoundRegion:
    """Rows 440 to 479, 10 ms a pixel."""
    values: dict[str, object] = {
        "spatial_format": 4,
        "data_type": 10,
        "y0": 440,
        "unit_x": S,
        "unit_y": RegionUnit.NONE,
        "delta_x": 0.01,
        "delta_y": 0.0,
    }
    return region(**(values | changes))


def picture(*regions: UltrasoundRegion, **changes: object) -> ClipInfo:
    """A clip of 640 x 480, three frames."""
    values: dict[str, object] = {
        "frame_count": 3,
        "frames_announced": 3,
        "width": 640,
        "height": 480,
        "pixel_aspect": 1.0,
        "frame_times_ms": (0.0, 40.0, 80.0, 120.0),
        "time_source": FrameTimeSource.FRAME_TIME,
        "regions": regions,
        "patient_name": "",
        "patient_birth_date": None,
        "taken_on": None,
        "taken_at": None,
        "title": "",
        "modality": "US",
        "warnings": (),
    }
    return ClipInfo(**(values | changes))  # type: ignore[arg-type]  # fields by name


def measured(
    info: ClipInfo,
    figure: Figure,
    points: Iterable[Point],
    by_hand: HandScale | None = None,
) -> dict[Quantity, Reading]:
    """All readings of a figure on the first frame, by their quantity."""
    found = measure_figure(info, 0, Drawing(figure, tuple(points)), by_hand)
    by_quantity = {one.quantity: one for one in found}
    assert len(by_quantity) == len(found), "each quantity once"
    return by_quantity
