"""The truths of the manifest's ultrasound rows, measured as a doctor would.

Their generated twins: test_regions.py and test_spectral.py.
"""

import pytest

from backend_client.models.evidence import Figure
from tests.shared_data import needs_shared_data, shared_file
from tests.unit.studies.measure.ultrasound.pictures import measured
from tests.unit.studies.reading import read_clip
from workstation.studies.measure.figures import Point
from workstation.studies.measure.reading import Quantity, Reading, Reason, ScaleSource, Unit


def readings(name: str, figure: Figure, *points: Point) -> dict[Quantity, Reading]:
    """The manifest counts whole pixels: their middles are half a pixel on."""
    info = read_clip(shared_file(f"us/{name}"))
    return measured(info, figure, [(x + 0.5, y + 0.5) for x, y in points])


def distance(name: str, *points: Point) -> Reading:
    return readings(name, Figure.LINE, *points)[Quantity.DISTANCE]


@needs_shared_data
@pytest.mark.parametrize(
    ("name", "points", "millimetres", "tolerance"),
    [
        ("fetal_cisterna_magna_still.dcm", ((460, 291), (499, 302)), 10.6, 0.5),
        ("gyn_endometrium_still.dcm", ((316, 242), (323, 305)), 10.5, 0.5),
        ("echo_cine_colour_toshiba_67f.dcm", ((200, 200), (300, 200)), 32.41, 0.005),
        ("echo_cine_hp_nonsquare_34f.dcm", ((100, 100), (200, 100)), 28.57, 0.005),
        ("echo_cine_hp_nonsquare_34f.dcm", ((100, 100), (100, 200)), 22.86, 0.005),
        ("echo_cine_hp_nonsquare_34f.dcm", ((100, 100), (200, 200)), 36.59, 0.005),
        ("fetal_rle_palette_2f.dcm", ((200, 200), (300, 200)), 26.229, 0.001),
        ("fetal_voluson_cine_87f.dcm", ((200, 200), (300, 200)), 25.939, 0.001),
        ("echo_stress_ftv_10f.dcm", ((100, 100), (200, 100)), 36.281, 0.001),
        ("echo_mmode_still.dcm", ((330, 60), (430, 60)), 89.172, 0.001),
        ("doppler_tdi_still.dcm", ((330, 60), (430, 60)), 108.280, 0.001),
    ],
)
def test_distances(
    name: str, points: tuple[Point, Point], millimetres: float, tolerance: float
) -> None:
    found = distance(name, *points)
    assert found.value == pytest.approx(millimetres, abs=tolerance)
    assert (found.unit, found.source) == (Unit.MILLIMETRE, ScaleSource.ULTRASOUND_REGION)
    assert found.region == (2 if "stress" in name else 1)


@needs_shared_data
@pytest.mark.parametrize(
    ("name", "points", "reason"),
    [
        ("echo_rle_palette_10f.dcm", ((100, 100), (200, 100)), Reason.NO_CALIBRATION),
        ("cine_jpeg_sonosite_30f.dcm", ((100, 100), (200, 100)), Reason.RESIZED_PICTURE),
        ("echo_mmode_still.dcm", ((400, 100), (400, 300)), Reason.ACROSS_REGIONS),
        ("fetal_cisterna_magna_still.dcm", ((400, 100), (9, 9)), Reason.OUTSIDE_REGIONS),
    ],
)
def test_pixels_alone(name: str, points: tuple[Point, Point], reason: Reason) -> None:
    """No regions; regions that reach out of a picture made smaller; two regions; none."""
    found = distance(name, *points)
    assert (found.unit, found.source, found.reason) == (Unit.PIXELS, ScaleSource.NONE, reason)


@needs_shared_data
def test_m_mode() -> None:
    """240 px are 1.000 s; 0.0532317 cm a pixel down."""
    found = readings("echo_mmode_still.dcm", Figure.LINE, (100, 300), (340, 400))
    assert found[Quantity.TIME].value == pytest.approx(1000, abs=0.1)
    assert found[Quantity.RATE].value == pytest.approx(60, abs=0.01)
    assert found[Quantity.DISTANCE].value == pytest.approx(53.232, abs=0.001)
    assert found[Quantity.DISTANCE].region == 2


@needs_shared_data
def test_tissue_doppler() -> None:
    """Baseline at y = 352: pixel 302 is +8.935 cm/s, pixel 402 -8.935 cm/s."""
    for y, velocity in ((302, 8.935), (402, -8.935), (352, 0)):
        found = readings("doppler_tdi_still.dcm", Figure.POINT, (100, y))[Quantity.VELOCITY]
        assert found.value == pytest.approx(velocity, abs=1e-3)
        assert found.region == 3
    time = readings("doppler_tdi_still.dcm", Figure.LINE, (100, 302), (340, 402))
    assert time[Quantity.TIME].value == pytest.approx(1000, abs=0.1)


@needs_shared_data
@pytest.mark.parametrize(
    ("name", "row"), [("echo_cine_hp_nonsquare_34f.dcm", 390), ("fetal_rle_palette_2f.dcm", 550)]
)
def test_ecg_strips_have_no_distance(name: str, row: int) -> None:
    found = readings(name, Figure.LINE, (180, row), (250, row + 5))
    assert found[Quantity.DISTANCE].value is None
    assert found[Quantity.DISTANCE].reason is Reason.NO_LENGTH_HERE
    assert found[Quantity.TIME].region == 2
