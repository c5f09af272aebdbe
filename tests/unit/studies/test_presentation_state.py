"""A presentation state is no picture: it is named as what it is."""

import pytest

from tests.unit.studies import dicom_factory as make
from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.readers.opening import open_file


@pytest.mark.parametrize("kind", ["1", "2", "5"])
def test_a_presentation_state_is_recognised(kind: str) -> None:
    """Grayscale, colour, and that of angiograms (PS3.4 B.5)."""
    dataset = make.element(
        SOPClassUID=f"1.2.840.10008.5.1.4.1.1.11.{kind}",
        SOPInstanceUID="1.2.3",
        Modality="PR",
        PatientName="Образцов^Пётр",
        SpecificCharacterSet="ISO_IR 192",
        ContentLabel="STATE",
    )
    with pytest.raises(UnreadableFile) as refused:
        open_file(memoryview(make.written(dataset)))
    assert refused.value.reason is Unreadable.PRESENTATION_STATE
