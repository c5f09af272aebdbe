"""The demonstration's CT: separate files of one series, as wide as the story says."""

from io import BytesIO

import numpy as np
import pydicom
import pytest

from backend.demo_data.files.ct_dicom import PIXEL_MM, SLICES, STEP_MM, density
from backend.demo_data.requests import demo_requests
from backend.uploads.content import HEAD, type_of
from backend_client.models.documents import DocumentKind
from tests.backend.demo_view import FRIDAY
from workstation.studies.readers.stack_file import open_parts


def test_a_request_of_the_heart_centre_has_slices_that_the_server_knows_as_a_series() -> None:
    (request,) = [one for one in demo_requests(FRIDAY) if one.number == "20-4843"]
    files = [one for one in request.files if one.kind is DocumentKind.IMAGE]
    contents = [one.content() for one in files]
    found = [type_of(content[:HEAD]) for content in contents]
    assert len(found) == SLICES
    assert {one.kind for one in found} == {DocumentKind.IMAGE}
    assert {one.series.modality for one in found} == {"CT"}
    assert len({one.series.series_uid for one in found} - {None}) == 1
    opened = open_parts([memoryview(content) for content in contents])
    (series,) = opened.info.series
    assert (series.count, series.step_mm, series.notes) == (SLICES, STEP_MM, ())
    assert opened.info.left_out == 0
    first = pydicom.dcmread(BytesIO(contents[0]))
    assert str(first.PatientName).startswith("Белозёрова^")


def test_the_ascending_aorta_is_as_wide_as_the_story_says() -> None:
    """53 mm across, below the pulmonary trunk."""
    picture = density(0.48)
    places = (np.arange(picture.shape[0]) - (picture.shape[0] - 1) / 2) * PIXEL_MM
    row = int(np.argmin(np.abs(places + 32)))
    bright = places[(picture[row] > 250) & (places < 15) & (places > -45)]
    chord = bright.max() - bright.min() + PIXEL_MM
    assert 2 * np.hypot(chord / 2, 6) == pytest.approx(53, abs=2)
