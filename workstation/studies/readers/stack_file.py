"""Files of grey slices, one or hundreds, as one study: order first, numbers when asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from pydicom.dataset import Dataset

from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.readers.dicom_file import DicomFile, read_dicom
from workstation.studies.readers.dicom_text import person, text
from workstation.studies.readers.dicom_values import day, moment
from workstation.studies.readers.functional_groups import frame_headers
from workstation.studies.readers.letters import Text
from workstation.studies.readers.sample_storage import Stored
from workstation.studies.readers.slice_facts import (
    GreyShape,
    grey_shape,
    is_localizer,
    is_stack,
    repeat_of,
    slice_ms_of,
    slice_of,
    whole,
)
from workstation.studies.readers.slice_header import SliceHeader, header_of, walked
from workstation.studies.readers.stored_frames import StoredFrames
from workstation.studies.series import SliceFacts, SliceStack, stacks
from workstation.studies.stack import StackInfo, StackSeries, StackSlice
from workstation.studies.warnings import StudyWarning

_MOST_SLICES: Final = 20_000

Numbers = npt.NDArray[np.uint16]
"""16 bits for each pixel, as `GreyNumbers` says: rows x columns."""


@dataclass(frozen=True, slots=True)
class PartData:
    """One file of a set, of which perhaps only the beginning is there yet."""

    whole: memoryview
    """Room for all of it."""
    there: int
    """Bytes of it that can be read now."""

    @property
    def beginning(self) -> memoryview:
        """What can be read now."""
        return self.whole[: self.there]

    @property
    def is_whole(self) -> bool:
        """Whether nothing of it is missing yet."""
        return self.there >= len(self.whole)


@dataclass(frozen=True, slots=True)
class _Found:
    """A slice before it has its place in the order."""

    header: SliceHeader
    slice: StackSlice
    offset: int | None
    """Bytes before its plain numbers in its part; None where it has to be unpacked."""
    is_cut_off: bool = False
    """Whether its file announces more frames than it has."""


class PartsWanted(Exception):
    """The beginnings of some parts do not reach to their pixels: these are needed whole."""

    def __init__(self, parts: tuple[int, ...]) -> None:
        super().__init__(f"{len(parts)} parts")
        self.parts = parts


class StackFile:
    """An open set of slices."""

    def __init__(
        self, info: StackInfo, parts: Sequence[PartData], offsets: Sequence[int | None]
    ) -> None:
        self.info = info
        self._parts = parts
        self._offsets = offsets
        self._unpacked: tuple[int, StoredFrames] | None = None

    def plain_numbers(self) -> list[memoryview | None]:
        """Of each slice the bytes of its numbers where they lie in its file as they are, 16 bits
        in this machine's order; None where they have to be unpacked.
        """
        return [
            None
            if offset is None
            else self._parts[one.part].whole[offset : offset + one.byte_count]
            for one, offset in zip(self.info.slices, self._offsets, strict=True)
        ]

    def write(self, index: int, into: Numbers) -> None:
        """Unpacks the numbers of a slice.

        Raises:
            UnreadableFile: it is damaged, or packed in a way that is not read here.
        """
        one = self.info.slices[index]
        stored = self._frames(one.part).stored(one.frame)
        if stored.shape != into.shape:
            raise UnreadableFile(Unreadable.DAMAGED)
        into[:] = _patterns(stored)

    def _frames(self, part: int) -> StoredFrames:
        """Of the part that was asked for last; a file of many frames is located once."""
        if self._unpacked is None or self._unpacked[0] != part:
            self._unpacked = (part, StoredFrames(read_dicom(self._parts[part].whole)))
        return self._unpacked[1]


def open_parts(parts: Sequence[memoryview]) -> StackFile:
    """Opens the files of a disc or a folder that are grey slices; others are counted and left out.

    Raises:
        UnreadableFile: none of them is one; with the reason of the first.
    """
    return open_beginnings([PartData(part, len(part)) for part in parts])


def open_beginnings(parts: Sequence[PartData]) -> StackFile:
    """The same of parts of which only the beginning may be there.

    Raises:
        UnreadableFile: none of them is a grey slice.
        PartsWanted: some have to be there as a whole.
    """
    found: list[_Found] = []
    wanted: list[int] = []
    refused: list[UnreadableFile] = []
    for number, part in enumerate(parts):
        try:
            found += _slices(number, part)
        except _Wanted:
            wanted.append(number)
        except UnreadableFile as error:
            refused.append(error)
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001  # one hostile file must not take the others along
            refused.append(UnreadableFile(Unreadable.DAMAGED))
        if len(found) > _MOST_SLICES:
            raise UnreadableFile(Unreadable.TOO_LARGE)
    if wanted:
        raise PartsWanted(tuple(wanted))
    if not found:
        raise refused[0] if refused else UnreadableFile(Unreadable.EMPTY)
    return _assembled(found, parts, len(refused))


def as_stack(file: DicomFile, data: memoryview) -> StackFile | None:
    """A file by itself, where it is to be looked at as a stack; None where it is a clip.

    Raises:
        UnreadableFile: it is one, and cannot be read.
    """
    header = header_of(file.dataset)
    groups = "SharedFunctionalGroupsSequence" in file.dataset
    first = frame_headers(file.dataset, header, 1)[0] if groups else header
    if file.pixels is None or not is_stack(first, grey_shape(first)):
        return None
    part = PartData(data, len(data))
    return _assembled(_of_frames(0, part, file), [part], left_out=0)


class _Wanted(Exception):
    """A part's beginning does not reach far enough."""


def _slices(number: int, part: PartData) -> list[_Found]:
    found = walked(part.beginning)
    if found is None or (whole(found.header, "NumberOfFrames") or 1) > 1:
        if not part.is_whole:
            raise _Wanted
        return _of_frames(number, part, read_dicom(part.whole))
    shape = grey_shape(found.header)
    if shape is None or not is_stack(found.header, shape):
        raise UnreadableFile(Unreadable.NO_PICTURE)
    size = 2 * shape.rows * shape.columns
    plain = found.pixels_length is not None and shape.is_plain
    if plain and len(part.whole) < found.pixels_at + size:
        raise UnreadableFile(Unreadable.TRUNCATED, frames_readable=0)
    offset = found.pixels_at if plain else None
    return [_Found(found.header, slice_of(found.header, shape, number, 0), offset)]


def _of_frames(number: int, part: PartData, file: DicomFile) -> list[_Found]:
    """All frames of a file that pydicom has taken apart."""
    frames = StoredFrames(file)
    header = header_of(file.dataset)
    shape = grey_shape(header)
    if shape is None:
        raise UnreadableFile(Unreadable.NO_PICTURE)
    headers = [header]
    if frames.frame_count > 1 or "SharedFunctionalGroupsSequence" in file.dataset:
        headers = frame_headers(file.dataset, header, frames.frame_count)
    first = _plain_start(file, shape, part.whole)
    step = 2 * shape.rows * shape.columns
    return [
        _Found(
            one,
            slice_of(one, shape, number, frame),
            first + frame * step if first is not None else None,
            is_cut_off=frames.frame_count < frames.frames_announced,
        )
        for frame, one in enumerate(headers)
    ]


def _plain_start(file: DicomFile, shape: GreyShape, data: memoryview) -> int | None:
    """Where uncompressed numbers begin in the part, as this computer reads them."""
    pixels, syntax = file.pixels, file.syntax
    if pixels is None or pixels.announced is None or not shape.is_plain or not len(pixels.value):
        return None
    if not syntax.is_little_endian and not syntax.is_compressed:
        return None
    offset = _address(pixels.value) - _address(data)
    return offset if 0 <= offset <= len(data) - len(pixels.value) else None


def _address(data: memoryview) -> int:
    return int(np.frombuffer(data, np.uint8).__array_interface__["data"][0])


def _patterns(stored: Stored) -> Numbers:
    """Any stored numbers in 16 bits, the sign spread."""
    if stored.dtype.itemsize > 2:
        raise UnreadableFile(Unreadable.UNSUPPORTED_SYNTAX, f"{8 * stored.dtype.itemsize} bit")
    wide = stored.astype(np.int16 if stored.dtype.kind == "i" else np.uint16, copy=False)
    return wide.view(np.uint16)


def _assembled(found: Sequence[_Found], parts: Sequence[PartData], left_out: int) -> StackFile:
    laid = stacks(_facts(number, one) for number, one in enumerate(found))
    in_order = sorted(laid, key=lambda stack: _rank(stack, found[stack.order[0]]))
    words = _Words(parts)
    series: list[StackSeries] = []
    order: list[_Found] = []
    for stack in in_order:
        ordered = [found[number] for number in stack.order]
        series.append(words.series(len(order), stack, ordered[0]))
        order += ordered
    warnings = list(words.warnings)
    if any(one.is_cut_off for one in found):
        warnings.append(StudyWarning.FRAMES_MISSING)
    info = StackInfo(tuple(one.slice for one in order), tuple(series), left_out, tuple(warnings))
    return StackFile(info, parts, [one.offset for one in order])


def _rank(stack: SliceStack, lead: _Found) -> tuple[bool, bool, int]:
    """By Series Number; localizers last."""
    number = whole(lead.header, "SeriesNumber")
    return stack.is_localizer, number is None, number or 0


def _facts(number: int, one: _Found) -> SliceFacts:
    header = one.header
    patient = (header.get("PatientName", ""), header.get("PatientID", ""))
    kept_apart = (header.get("SeriesInstanceUID", ""), header.get("StackID", ""), *patient)
    return SliceFacts(
        number=number,
        plane=one.slice.plane,
        series="\0".join(kept_apart),
        instance_uid=f"{one.slice.uid}:{one.slice.frame}" if one.slice.uid else "",
        instance_number=one.slice.instance_number,
        repeat=repeat_of(header),
        is_localizer=is_localizer(header),
    )


class _Words:
    """What is said of each series: in its own letters, from its first file."""

    def __init__(self, parts: Sequence[PartData]) -> None:
        self._parts = parts
        self._read: dict[int, Dataset] = {}
        self.warnings: list[StudyWarning] = []

    def series(self, first: int, stack: SliceStack, lead: _Found) -> StackSeries:
        """One series, whose slices begin at `first`."""
        dataset = self._dataset(lead.slice.part)
        name, title = person(dataset, "PatientName"), _title(dataset)
        guessed = StudyWarning.NAME_CHARSET_GUESSED
        if (name.guessed or title.guessed) and guessed not in self.warnings:
            self.warnings.append(guessed)
        taken_on, taken_at = moment(dataset, "Acquisition", "Content", "Series", "Study")
        return StackSeries(
            first=first,
            count=len(stack.order),
            title=title.words,
            number=whole(lead.header, "SeriesNumber"),
            modality=lead.header.get("Modality", "")[:16],
            patient_name=name.words,
            patient_birth_date=day(dataset, "PatientBirthDate"),
            taken_on=taken_on,
            taken_at=taken_at,
            step_mm=stack.step_mm,
            repeats=stack.repeats,
            is_localizer=stack.is_localizer,
            notes=stack.notes,
            slice_ms=slice_ms_of(lead.header),
        )

    def _dataset(self, part: int) -> Dataset:
        if part not in self._read:
            self._read[part] = _elements_of(self._parts[part].beginning)
        return self._read[part]


def _elements_of(data: memoryview) -> Dataset:
    """Of a file that was walked over; none where pydicom cannot follow."""
    try:
        return read_dicom(data).dataset
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  # hostile bytes make libraries raise anything
        return Dataset()


def _title(dataset: Dataset) -> Text:
    """The device's words on the series, else on the protocol or the study."""
    said = [text(dataset, f"{what}Description") for what in ("Series", "Study")]
    said.insert(1, text(dataset, "ProtocolName"))
    return next((one for one in said if one.words), said[0])
