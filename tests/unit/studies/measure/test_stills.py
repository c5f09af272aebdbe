"""Stills are measured in pixels of the upright picture, however the camera was held."""

import io

import numpy as np
import pytest
from PIL import Image

from backend_client.models.evidence import Figure
from tests.unit.studies.test_pictures import _turned
from workstation.studies.imaging import PictureInfo
from workstation.studies.measure.calibration import plane_by_hand
from workstation.studies.measure.figures import Drawing, Point
from workstation.studies.measure.measurable import Still, measurable
from workstation.studies.measure.reading import Reason, ScaleSource, Unit
from workstation.studies.measure.ultrasound.measuring import measure_figure
from workstation.studies.readers.picture import PhotoFile

UPPER, LOWER = (30.5, 8.5), (30.5, 68.5)
"""Centres of two marks of the depth scale."""


@pytest.mark.parametrize("orientation", range(1, 9))
def test_marks_are_found_where_the_upright_picture_has_them(orientation: int) -> None:
    """EXIF (CIPA DC-008, 4.6.5): stored turned, shown and measured upright."""
    shown, info = _photo(orientation)
    assert (info.width, info.height) == (40, 90)
    assert _centre(shown, 0) == LOWER
    assert _centre(shown, 2) == UPPER
    still = Still.of(info)
    scale = plane_by_hand(UPPER, LOWER, 30.0)
    line = Drawing(Figure.LINE, ((10.0, 10.0), (30.0, 10.0)))
    (reading,) = measure_figure(still, 0, line, scale)[:1]  # type: ignore[arg-type]  # a scale
    assert reading.value == pytest.approx(10.0)
    assert reading.source is ScaleSource.BY_HAND


def test_a_still_has_no_scale_and_no_second_frame() -> None:
    line = Drawing(Figure.LINE, ((10.0, 10.0), (30.0, 10.0)))
    (reading,) = measure_figure(Still(40, 90), 0, line)[:1]
    assert (reading.value, reading.unit) == (20.0, Unit.PIXELS)
    assert reading.reason is Reason.NO_CALIBRATION
    assert measure_figure(Still(40, 90), 1, line)[0].reason is Reason.NO_SUCH_FRAME


def test_what_is_no_picture_is_not_measured() -> None:
    assert measurable("a report", None) is None


def _photo(orientation: int) -> tuple[np.ndarray, PictureInfo]:
    """Blue above, red below, as a camera stores it; what is shown of it, and what is said."""
    upright = np.zeros((90, 40, 3), np.uint8)
    for (x, y), colour in ((UPPER, (0, 0, 255)), (LOWER, (255, 0, 0))):
        upright[int(y), int(x)] = colour
    exif = Image.Exif()
    exif[0x0112] = orientation
    stored = io.BytesIO()
    _turned(Image.fromarray(upright), orientation).save(stored, "PNG", exif=exif)
    photo = PhotoFile(memoryview(stored.getvalue()))
    assert isinstance(photo.info, PictureInfo)
    into = np.zeros((photo.info.height, photo.info.width, 4), np.uint8)
    photo.render(0, into)
    return into, photo.info


def _centre(shown: np.ndarray, colour: int) -> Point:
    """Where the one pixel of that colour is: blue 0 is the red mark's lack of it."""
    others = shown[..., 2 - colour].astype(int)
    rows, columns = np.nonzero(shown[..., colour].astype(int) - others < -200)
    return float(columns[0]) + 0.5, float(rows[0]) + 0.5
