"""What is remembered of one slice is never said of another that differs in an element of it."""

from collections.abc import Callable

import pytest
from pydicom.dataset import Dataset

from workstation.studies.readers.slice_facts import grey_shape, repeat_of, rescale_of
from workstation.studies.readers.slice_header import SliceHeader, header_of

CT = {
    "SOPClassUID": "1.2.840.10008.5.1.4.1.1.2",
    "ImageType": "ORIGINAL\\PRIMARY\\AXIAL",
    "Rows": "512",
    "Columns": "512",
    "SamplesPerPixel": "1",
    "PhotometricInterpretation": "MONOCHROME2",
    "BitsAllocated": "16",
    "BitsStored": "12",
    "HighBit": "11",
    "PixelRepresentation": "0",
    "RescaleSlope": "1",
    "RescaleIntercept": "-1024",
}
OTHERS = {
    "Rows": "256",
    "Columns": "256",
    "SamplesPerPixel": "3",
    "PhotometricInterpretation": "MONOCHROME1",
    "PresentationLUTShape": "INVERSE",
    "BitsAllocated": "8",
    "BitsStored": "10",
    "HighBit": "13",
    "PixelRepresentation": "1",
    "PixelPaddingValue": "4000",
}
RESCALED = {
    "RescaleSlope": "2",
    "RescaleIntercept": "0",
    "RescaleType": "US",
    "SOPClassUID": "1.2.840.10008.5.1.4.1.1.4",
    "ImageType": "DERIVED\\SECONDARY",
}
REPEATED = {
    "TemporalPositionIdentifier": "2",
    "TemporalPositionIndex": "2",
    "EchoNumbers": "2",
    "EchoTime": "80",
    "DiffusionBValue": "1000",
    "TriggerTime": "40",
    "AcquisitionNumber": "2",
}


@pytest.mark.parametrize(
    ("find", "changes"), [(grey_shape, OTHERS), (rescale_of, RESCALED), (repeat_of, REPEATED)]
)
def test_each_element_counts(
    find: Callable[[SliceHeader], object], changes: dict[str, str]
) -> None:
    first = find(CT)
    for keyword, text in changes.items():
        assert find(CT | {keyword: text}) != first, keyword
    assert find(dict(CT)) == first


def test_a_range_of_padding_counts() -> None:
    padded = CT | {"PixelPaddingValue": "4000"}
    assert grey_shape(padded) != grey_shape(padded | {"PixelPaddingRangeLimit": "4095"})


def test_the_units_of_what_is_no_ct_count() -> None:
    pet = CT | {"SOPClassUID": "1.2.840.10008.5.1.4.1.1.128", "Units": "BQML"}
    assert rescale_of(pet).unit == "BQML"
    assert rescale_of(pet | {"Units": "CNTS"}).unit == "CNTS"


def test_what_is_absurdly_long_is_left_out_and_not_remembered() -> None:
    """As in files that are walked over without pydicom."""
    dataset = Dataset()
    dataset.WindowCenter = [str(number) for number in range(1000)]
    dataset.Modality = "CT"
    assert header_of(dataset) == {"Modality": "CT"}
