"""What stands beside a slice's plain elements: tables of greys, lines over it, a mask to subtract.

Few files have any of it; those are taken apart by pydicom for it, the others are only walked over.
"""

from dataclasses import dataclass, replace
from typing import Final

from pydicom.dataset import Dataset

from workstation.studies.readers.dicom_values import first_item, items, value
from workstation.studies.readers.grey_luts import BadLut, modality_lut, voi_luts
from workstation.studies.readers.overlays import Overlay, has_overlays, overlays_in
from workstation.studies.stack import GreyLut, GreyNumbers, Rescale
from workstation.studies.warnings import StudyWarning

_LETTERS: Final = "SpecificCharacterSet"
_SHARED: Final = "SharedFunctionalGroupsSequence"
_OF_FRAMES: Final = "PerFrameFunctionalGroupsSequence"
_SEQUENCES: Final = ("ModalityLUTSequence", "VOILUTSequence")


@dataclass(frozen=True, slots=True)
class SliceExtras:
    """Of one slice."""

    modality: Rescale | None = None
    """By a modality LUT, in the place of slope and intercept."""
    is_undone: bool = False
    """Whether there is a modality LUT that cannot be used: nothing is known of the values then,
    and no window is meant for the stored numbers."""
    luts: tuple[GreyLut, ...] = ()
    overlays: tuple[Overlay, ...] = ()
    warnings: frozenset[StudyWarning] = frozenset()


NO_EXTRAS: Final = SliceExtras()


def extras_of(
    dataset: Dataset, numbers: GreyNumbers, stored: tuple[int, int, int], rescale: Rescale
) -> SliceExtras:
    """Of a file. `rescale`: its slope and intercept; `stored`: bits allocated and stored, high
    bit.
    """
    warnings = set()
    if items(dataset, "MaskSubtractionSequence"):
        warnings.add(StudyWarning.MASK_NOT_APPLIED)
    overlays: tuple[Overlay, ...] = ()
    if has_overlays(dataset):
        found, some_left_out = overlays_in(dataset, stored=stored)
        overlays = tuple(found)
        if some_left_out:
            warnings.add(StudyWarning.OVERLAYS_HIDDEN)
    made = SliceExtras(overlays=overlays, warnings=frozenset(warnings))
    return _with_luts(made, dataset, numbers, rescale)


def of_frame(
    extras: SliceExtras, dataset: Dataset, frame: int, numbers: GreyNumbers, rescale: Rescale
) -> SliceExtras:
    """The same with the VOI LUTs that stand in a frame's functional groups, or the shared ones
    (Frame VOI LUT With LUT Macro, C.7.6.16.2.10b)."""
    several = items(dataset, _OF_FRAMES)
    own = several[frame] if frame < len(several) else Dataset()
    for groups in (own, first_item(dataset, _SHARED)):
        group = first_item(groups, "FrameVOILUTSequence")
        if "VOILUTSequence" in group:
            return _with_voi(extras, group, dataset, _is_signed(numbers, extras, rescale))
    return extras


def _with_luts(
    extras: SliceExtras, dataset: Dataset, numbers: GreyNumbers, rescale: Rescale
) -> SliceExtras:
    _say_letters(dataset, dataset)
    try:
        found = modality_lut(dataset, signed=numbers.signed)
    except BadLut:
        warnings = extras.warnings | {StudyWarning.MODALITY_LUT_UNUSABLE}
        return replace(extras, is_undone=True, warnings=warnings)
    if found is not None:
        lut, kind = found
        unit = "" if kind == "US" else kind
        extras = replace(extras, modality=Rescale(unit=unit, lut=lut))
    return _with_voi(extras, dataset, dataset, _is_signed(numbers, extras, rescale))


def _with_voi(extras: SliceExtras, group: Dataset, dataset: Dataset, signed: bool) -> SliceExtras:
    if extras.is_undone:
        return extras
    _say_letters(group, dataset)
    try:
        return replace(extras, luts=voi_luts(group, signed=signed) or extras.luts)
    except BadLut:
        warnings = extras.warnings | {StudyWarning.VOI_LUT_UNUSABLE}
        return replace(extras, luts=(), warnings=warnings)


def _is_signed(numbers: GreyNumbers, extras: SliceExtras, rescale: Rescale) -> bool:
    """Whether values can lie below 0."""
    if extras.modality is not None:
        return False
    half = 1 << (numbers.bits - 1)
    ends = (-half, half - 1) if numbers.signed else (0, 2 * half - 1)
    return min(rescale.slope * end + rescale.intercept for end in ends) < 0


def _say_letters(group: Dataset, dataset: Dataset) -> None:
    """Items inherit the letters of their file (PS3.5 6.1.2.3)."""
    letters = value(dataset, _LETTERS)
    if letters is None:
        return
    for name in _SEQUENCES:
        for item in items(group, name):
            if _LETTERS not in item:
                setattr(item, _LETTERS, letters)
