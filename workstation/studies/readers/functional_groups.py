"""Elements of each frame of an enhanced picture: shared ones, and its own (PS3.3 C.7.6.16)."""

from typing import Final

from pydicom.dataset import Dataset

from workstation.studies.readers.dicom_values import first_item, items
from workstation.studies.readers.slice_header import SliceHeader, text_of

_GROUPS: Final = {
    "PlanePositionSequence": ("ImagePositionPatient",),
    "PlaneOrientationSequence": ("ImageOrientationPatient",),
    "PixelMeasuresSequence": ("PixelSpacing", "SliceThickness"),
    "FrameVOILUTSequence": (
        *("WindowCenter", "WindowWidth", "WindowCenterWidthExplanation", "VOILUTFunction"),
    ),
    "PixelValueTransformationSequence": ("RescaleIntercept", "RescaleSlope", "RescaleType"),
    "FrameContentSequence": (
        *("StackID", "InStackPositionNumber", "TemporalPositionIndex"),
        "FrameAcquisitionNumber",
    ),
    "MREchoSequence": ("EffectiveEchoTime",),
    "MRDiffusionSequence": ("DiffusionBValue",),
    "CardiacSynchronizationSequence": ("NominalCardiacTriggerDelayTime",),
    "CTImageFrameTypeSequence": ("FrameType",),
    "MRImageFrameTypeSequence": ("FrameType",),
}
"""Names of the groups (C.7.6.16.2, C.8.13.5, C.8.15.3) and what is wanted of them."""
_CLASSIC: Final = {
    "EffectiveEchoTime": "EchoTime",
    "NominalCardiacTriggerDelayTime": "TriggerTime",
    "FrameAcquisitionNumber": "AcquisitionNumber",
    "FrameType": "ImageType",
}
"""What the same is called in a picture of one frame."""


def frame_headers(dataset: Dataset, header: SliceHeader, count: int) -> list[SliceHeader]:
    """The elements of each of `count` frames: the file's, then the shared groups', then its own.

    A frame's number within its stack takes the place of the Instance Number, which all share.
    """
    shared = header | _of_groups(first_item(dataset, "SharedFunctionalGroupsSequence"))
    frames = items(dataset, "PerFrameFunctionalGroupsSequence")
    return [
        _numbered(shared | (_of_groups(frames[index]) if index < len(frames) else {}), index)
        for index in range(count)
    ]


def _of_groups(groups: Dataset) -> SliceHeader:
    found: SliceHeader = {}
    for name, keywords in _GROUPS.items():
        if name not in groups:
            continue
        group = first_item(groups, name)
        for keyword in keywords:
            text = text_of(group, keyword)
            if text:
                found[_CLASSIC.get(keyword, keyword)] = text
    return found


def _numbered(header: SliceHeader, index: int) -> SliceHeader:
    number = header.get("InStackPositionNumber") or str(index + 1)
    return header | {"InstanceNumber": number}
