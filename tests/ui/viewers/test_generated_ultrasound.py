"""From the file to the line of the list: each measurement of the issue on a generated DICOM file.

One file has a 2D picture with pixels that are not square, an M-mode, a spectrum whose baseline was
shifted, and a Pixel Spacing that must not count; another has no calibration.
"""

from math import cos, pi, sin, sqrt

import numpy as np
import pytest
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence as DicomSequence
from PySide6.QtWidgets import QApplication

from backend_client.models.documents import Document, DocumentKind
from backend_client.models.evidence import Figure
from backend_client.models.requests import Sex
from tests.factories import make_document, make_row
from tests.unit.studies import dicom_factory as make
from tests.unit.studies.reading import read_clip
from workstation.studies.imaging import ClipInfo
from workstation.studies.measure.echo.quantities import EchoInput
from workstation.studies.measure.figures import Drawing, Point
from workstation.studies.measure.organs import OrganAxis
from workstation.studies.measure.reading import Quantity, Reading, Reason, ScaleSource, Unit
from workstation.studies.measure.ultrasound.measuring import measure_figure
from workstation.ui.viewers.figures.names import Contour, Name
from workstation.ui.viewers.figures.rows import FigureRows
from workstation.ui.viewers.figures.shelf import CaseFigures
from workstation.ui.viewers.measurement_rows import MeasurementRow

pytestmark = pytest.mark.usefixtures("qapp")

BASELINE = 400 + 120.5
"""Rows 400 to 599 are the spectrum's, its reference pixel is row 120 of them, worth 20 cm/s."""
ZERO = BASELINE + 20 / 2


def _file(*, calibrated: bool = True) -> bytes:
    dataset = make.picture(np.zeros((600, 400), np.uint8), "MONOCHROME2")
    if calibrated:
        dataset.PixelSpacing = ["7", "7"]
        dataset.SequenceOfUltrasoundRegions = DicomSequence([_plane(), _m_mode(), _spectrum()])
    return make.written(dataset)


def _bounds(top: int, bottom: int) -> dict[str, int]:
    return {
        "RegionLocationMinX0": 0,
        "RegionLocationMaxX1": 399,
        "RegionLocationMinY0": top,
        "RegionLocationMaxY1": bottom,
    }


def _plane() -> Dataset:
    """0.5 mm across, mirrored; 0.25 mm down."""
    return make.region(**_bounds(0, 199), PhysicalDeltaX=-0.05, PhysicalDeltaY=0.025)


def _m_mode() -> Dataset:
    """4 ms and 0.5 mm a pixel."""
    return make.region(
        **_bounds(200, 399),
        RegionSpatialFormat=2,
        PhysicalUnitsXDirection=4,
        PhysicalDeltaX=0.004,
        PhysicalDeltaY=0.05,
    )


def _spectrum() -> Dataset:
    """5 ms and 2 cm/s a pixel, counted downwards, the baseline shifted by 20 cm/s."""
    return make.region(
        **_bounds(400, 599),
        RegionSpatialFormat=3,
        RegionDataType=4,
        PhysicalUnitsXDirection=4,
        PhysicalUnitsYDirection=7,
        PhysicalDeltaX=0.005,
        PhysicalDeltaY=-2.0,
        ReferencePixelX0=0,
        ReferencePixelY0=120,
        ReferencePixelPhysicalValueX=0.0,
        ReferencePixelPhysicalValueY=20.0,
    )


class Desk:
    """A case with that file: what `measure_figure` says, and what the list says."""

    def __init__(self, *, calibrated: bool = True) -> None:
        self.info: ClipInfo = read_clip(_file(calibrated=calibrated))
        self.case, self.rows = CaseFigures(), FigureRows()
        self.document: Document = make_document(
            request_id=make_row().id, item_code="echo", title="Echo", kind=DocumentKind.CLIP
        )

    def told(self, figure: Figure, *points: Point) -> dict[Quantity, Reading]:
        found = measure_figure(self.info, 0, Drawing(figure, points))
        return {one.quantity: one for one in found}

    def listed(self, figure: Figure, *points: Point, name: Name | None = None) -> MeasurementRow:
        """The newest figure's line."""
        shelf = self.case.of(self.document.id)
        made = shelf.add(self.info, 0, Drawing(figure, points))
        shelf.call(made.id, name)
        row = self.rows.of(self.document, shelf, Sex.MALE)[-1]
        assert isinstance(row, MeasurementRow)
        return row

    def computed(self) -> dict[str, str]:
        lines = self.rows.computed(self.case, [self.document], Sex.MALE)
        return {one.label: one.value for one in lines.every}


@pytest.fixture
def desk(qapp: QApplication) -> Desk:
    return Desk()


def at(seconds: float, cm_s: float) -> Point:
    """In the spectrum: 5 ms to the right, 2 cm/s up."""
    return seconds / 0.005, ZERO - cm_s / 2


def test_distances_across_down_and_aslant(desk: Desk) -> None:
    """ME-1: 60 px across are 30 mm, 160 down 40 mm, both 50 mm; never by the Pixel Spacing."""
    for points, millimetres in (
        (((100, 20), (160, 20)), 30),
        (((100, 20), (100, 180)), 40),
        (((100, 20), (160, 180)), 50),
    ):
        found = desk.told(Figure.LINE, *points)[Quantity.DISTANCE]
        assert found.value == pytest.approx(millimetres)
        assert (found.source, found.region) == (ScaleSource.ULTRASOUND_REGION, 1)
        row = desk.listed(Figure.LINE, *points)
        assert (row.label, row.value) == ("Distance", f"{millimetres}\u00a0mm")


def test_angles_are_those_of_the_patient_not_of_the_pixels(desk: Desk) -> None:
    """40 px across and 80 down are 20 mm each: 45 degrees."""
    points = ((100.0, 20.0), (60.0, 20.0), (100.0, 100.0))
    assert desk.told(Figure.ANGLE, *points)[Quantity.ANGLE].value == pytest.approx(45)
    assert desk.listed(Figure.ANGLE, *points).value == "45\u00a0°"


def test_an_ellipse_and_the_same_traced(desk: Desk) -> None:
    """Axes 60 and 40 mm: area 18.85 cm2, circumference 158.7 mm."""
    ellipse = ((40.0, 100.0), (160.0, 100.0), (100.0, 20.0))
    found = desk.told(Figure.ELLIPSE, *ellipse)
    assert found[Quantity.AREA].value == pytest.approx(600 * pi)
    assert found[Quantity.CIRCUMFERENCE].value == pytest.approx(158.654, abs=0.001)
    assert desk.listed(Figure.ELLIPSE, *ellipse).value == "60\u00a0mm × 40\u00a0mm"
    steps = [2 * pi * n / 200 for n in range(200)]
    border = [(100 + 60 * cos(step), 100 + 80 * sin(step)) for step in steps]
    traced = desk.told(Figure.AREA, *border)
    assert traced[Quantity.AREA].value == pytest.approx(600 * pi, rel=1e-3)
    assert traced[Quantity.PERIMETER].value == pytest.approx(158.654, rel=1e-3)
    assert desk.listed(Figure.AREA, *border).value == "18,85\u00a0cm²"


def test_volumes_by_discs_of_one_and_of_two_views(desk: Desk) -> None:
    """ME-3: cones of 40 mm across and 45 mm high: pi/3 * 4 cm2 * 4.5 cm = 18.85 mL."""
    cone = ((60.0, 195.0), (100.0, 15.0), (140.0, 195.0))
    desk.listed(Figure.AREA, *cone, name=Contour.DIASTOLE_FOUR)
    assert desk.computed()["EDV, one view (4C)"] == "19\u00a0mL"
    desk.listed(Figure.AREA, *cone, name=Contour.DIASTOLE_TWO)
    lines = desk.computed()
    assert lines["EDV, biplane"].startswith("19\u00a0mL")
    assert "EDV, one view (4C)" not in lines


def test_the_volume_of_an_ellipsoid(desk: Desk) -> None:
    """40, 30 and 20 mm: pi/6 * 24 cm3 = 12.57 mL."""
    for name, stop in (
        (OrganAxis.LENGTH, (100.0, 180.0)),
        (OrganAxis.WIDTH, (160.0, 20.0)),
        (OrganAxis.DEPTH, (140.0, 20.0)),
    ):
        desk.listed(Figure.LINE, (100.0, 20.0), stop, name=name)
    assert desk.computed()["Volume of the organ"] == "13\u00a0mL"


def test_m_mode_depth_time_rate_and_slope(desk: Desk) -> None:
    """100 px down are 50 mm, 250 px on are a second."""
    points = ((100.0, 220.0), (350.0, 320.0))
    found = desk.told(Figure.LINE, *points)
    assert found[Quantity.DISTANCE].value == pytest.approx(50)
    assert found[Quantity.TIME].value == pytest.approx(1000)
    assert found[Quantity.RATE].value == pytest.approx(60)
    assert found[Quantity.SLOPE].value == pytest.approx(50)
    row = desk.listed(Figure.LINE, *points)
    assert row.value == "50\u00a0mm"
    assert "Time 1000\u00a0ms, Rate 60\u00a0a minute, Slope 50\u00a0mm/s" in row.where
    upright = ((100.0, 220.0), (100.0, 316.0))
    named = desk.listed(Figure.LINE, *upright, name=EchoInput.DIASTOLIC_DIAMETER)
    assert named.value == "48\u00a0mm (42\u201358,4)"


@pytest.mark.parametrize(
    ("cm_s", "gradient", "shown"),
    [(200.0, 16.0, "2\u00a0m/s"), (-40.0, 0.64, "\u221240\u00a0cm/s")],
)
def test_doppler_velocity_and_gradient_from_a_shifted_baseline(
    desk: Desk, cm_s: float, gradient: float, shown: str
) -> None:
    """ME-2: 2 m/s are 16 mm Hg, on either side of the zero, which is not the reference pixel."""
    found = desk.told(Figure.POINT, at(0.5, cm_s))
    assert found[Quantity.VELOCITY].value == pytest.approx(cm_s)
    assert found[Quantity.PEAK_GRADIENT].value == pytest.approx(gradient)
    assert desk.listed(Figure.POINT, at(0.5, cm_s)).value == shown


def test_doppler_integral_and_half_time(desk: Desk) -> None:
    """Half a sine of 90 cm/s over 300 ms: 17.19 cm; 80 to 80/sqrt 2 cm/s in 220 ms: 220 ms."""
    wave = [at(0.4 + 0.003 * n, 90 * sin(pi * n / 100)) for n in range(101)]
    found = desk.told(Figure.TRACE, *wave)
    assert found[Quantity.VELOCITY_TIME_INTEGRAL].value == pytest.approx(17.19, abs=0.01)
    assert found[Quantity.MEAN_GRADIENT].value == pytest.approx(1.62, abs=0.005)
    named = desk.listed(Figure.TRACE, *wave, name=EchoInput.AORTIC_INTEGRAL)
    assert named.value == "17,2\u00a0cm"
    slope = (at(1.0, 80), at(1.22, 80 / sqrt(2)))
    assert desk.told(Figure.LINE, *slope)[Quantity.PRESSURE_HALF_TIME].value == pytest.approx(220)
    assert desk.listed(Figure.LINE, *slope, name=EchoInput.MITRAL_HALF_TIME).value == "220\u00a0ms"
    assert desk.computed()["MV area, 220/PHT"] == "1\u00a0cm²"
    assert "Rate" not in desk.listed(Figure.LINE, *slope).where
    beat = desk.listed(Figure.LINE, at(0.2, 60), at(1.0, 60)).where
    assert "Time 800\u00a0ms, Rate 75\u00a0a minute" in beat


def test_across_two_parts_pixels_alone_and_the_reason(desk: Desk) -> None:
    points = ((100.0, 150.0), (100.0, 250.0))
    found = desk.told(Figure.LINE, *points)[Quantity.DISTANCE]
    assert (found.value, found.unit, found.reason) == (100, Unit.PIXELS, Reason.ACROSS_REGIONS)
    row = desk.listed(Figure.LINE, *points)
    assert row.value == "100\u00a0pixels"
    assert row.warning == "Across parts of different scales"


def test_without_calibration_pixels_alone_and_the_reason(qapp: QApplication) -> None:
    bare = Desk(calibrated=False)
    found = bare.told(Figure.LINE, (10, 10), (40, 50))[Quantity.DISTANCE]
    assert (found.value, found.unit, found.reason) == (50, Unit.PIXELS, Reason.NO_CALIBRATION)
    row = bare.listed(Figure.LINE, (10, 10), (40, 50))
    assert row.value == "50\u00a0pixels"
    assert row.warning == "No calibration"
