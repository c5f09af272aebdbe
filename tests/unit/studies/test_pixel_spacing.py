"""The spacing of pictures that are no ultrasound: in the patient or at the detector."""

import pytest

from tests.unit.studies import dicom_factory as make
from tests.unit.studies.reading import read_clip
from workstation.studies.measure.calibration import PlaneScale
from workstation.studies.measure.reading import ScaleSource
from workstation.studies.readers.pixel_spacing import plane_of

DETECTOR = ScaleSource.IMAGER_SPACING
PATIENT = ScaleSource.PIXEL_SPACING


@pytest.mark.parametrize(
    ("elements", "expected"),
    [
        ({"Modality": "XA", "ImagerPixelSpacing": [0.2, 0.3]}, PlaneScale(DETECTOR, 0.3, 0.2)),
        ({"Modality": "OT", "PixelSpacing": [0.2, 0.3]}, PlaneScale(PATIENT, 0.3, 0.2)),
        ({"Modality": "US", "PixelSpacing": [0.2, 0.3]}, None),
        ({"Modality": "XA", "PixelSpacing": [0, 0]}, None),
        ({"Modality": "XA"}, None),
        ({}, None),
    ],
)
def test_spacings(elements: dict[str, object], expected: PlaneScale | None) -> None:
    assert plane_of(make.element(**elements)) == expected


def test_a_spacing_of_three_values_is_none() -> None:
    assert plane_of(make.element(Modality="XA", PixelSpacing=[1, 1, 1])) is None


def test_a_clip_of_ultrasound_has_none() -> None:
    assert read_clip(make.clip_file(1)).plane is None
