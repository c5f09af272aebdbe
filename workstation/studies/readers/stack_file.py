"""Files of grey slices, one or hundreds, as one study: order first, numbers when asked for."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt
from pydicom.dataset import Dataset

from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.film import Film
from workstation.studies.imaging import FrameTimeSource
from workstation.studies.readers.dicom_file import DicomFile, read_dicom
from workstation.studies.readers.dicom_text import person, text
from workstation.studies.readers.dicom_values import day, moment, sex
from workstation.studies.readers.frame_shape import GREY
from workstation.studies.readers.frame_times import frame_times
from workstation.studies.readers.functional_groups import frame_headers
from workstation.studies.readers.heart_beats import heart_rate, r_waves_ms
from workstation.studies.readers.letters import Text
from workstation.studies.readers.overlays import mask_of, packed
from workstation.studies.readers.sample_storage import Stored
from workstation.studies.readers.slice_extras import NO_EXTRAS, SliceExtras, extras_of, of_frame
from workstation.studies.readers.slice_facts import (
    GreyShape,
    grey_shape,
    is_localizer,
    is_stack,
    repeat_of,
    rescale_of,
    slice_ms_of,
    slice_of,
    whole,
)
from workstation.studies.readers.slice_header import SliceHeader, header_of, text_of, walked
from workstation.studies.readers.stored_frames import StoredFrames
from workstation.studies.series import SliceFacts, SliceStack, stacks
from workstation.studies.stack import StackInfo, StackSeries, StackSlice
from workstation.studies.warnings import StudyWarning

_MOST_SLICES: Final = 20_000
_FILMS: Final = frozenset({"XA", "RF"})
_MOST_LUT_BYTES: Final = 32 * 1024 * 1024
"""Of all tables together, each counted once."""

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
    extras: SliceExtras = NO_EXTRAS


class PartsWanted(Exception):
    """The beginnings of some parts do not reach to their pixels: these are needed whole."""

    def __init__(self, parts: tuple[int, ...]) -> None:
        super().__init__(f"{len(parts)} parts")
        self.parts = parts


class StackFile:
    """An open set of slices."""

    def __init__(
        self,
        info: StackInfo,
        parts: Sequence[PartData],
        offsets: Sequence[int | None],
        overlaid: Sequence[_Found] = (),
    ) -> None:
        """`overlaid`: the slices whose lines `StackSlice.overlay` counts."""
        self.info = info
        self._parts = parts
        self._offsets = offsets
        self._overlaid = overlaid
        self._unpacked: tuple[int, StoredFrames] | None = None
        self._taken_apart: tuple[int, DicomFile] | None = None

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

    def overlay(self, number: int) -> bytes:
        """The device's lines over a slice: a bit a pixel, row after row, the first in the lowest.

        Raises:
            UnreadableFile: there is no such number, or its file is damaged.
        """
        if not 0 <= number < len(self._overlaid):
            raise UnreadableFile(Unreadable.DAMAGED)
        found = self._overlaid[number]
        one, plane = found.slice, found.slice.plane
        file = self._file(one.part)
        mask = mask_of(found.extras.overlays, file, one.frame, plane.rows, plane.columns)
        return packed(mask)

    def _frames(self, part: int) -> StoredFrames:
        """Of the part that was asked for last; a file of many frames is located once."""
        if self._unpacked is None or self._unpacked[0] != part:
            self._unpacked = (part, StoredFrames(self._file(part)))
        return self._unpacked[1]

    def _file(self, part: int) -> DicomFile:
        if self._taken_apart is None or self._taken_apart[0] != part:
            self._taken_apart = (part, read_dicom(self._parts[part].whole))
        return self._taken_apart[1]


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
    groups = "SharedFunctionalGroupsSequence" in file.dataset
    if file.pixels is None or not (groups or _says_grey(file.dataset)):
        return None
    header = header_of(file.dataset)
    first = frame_headers(file.dataset, header, 1)[0] if groups else header
    shape = grey_shape(first)
    if shape is None:
        return None
    if not is_stack(first, shape, _extras(file.dataset, first, shape)):
        return None
    part = PartData(data, len(data))
    return _assembled(_of_frames(0, part, file), [part], left_out=0)


def _says_grey(dataset: Dataset) -> bool:
    """Asked first: a colour clip is opened without its elements being laid out as a slice's."""
    return text_of(dataset, "PhotometricInterpretation").strip() in GREY


class _Wanted(Exception):
    """A part's beginning does not reach far enough."""


def _slices(number: int, part: PartData) -> list[_Found]:
    found = walked(part.beginning)
    if found is None or (whole(found.header, "NumberOfFrames") or 1) > 1:
        if not part.is_whole:
            raise _Wanted
        return _of_frames(number, part, read_dicom(part.whole))
    shape = grey_shape(found.header)
    if shape is None:
        raise UnreadableFile(Unreadable.NO_PICTURE)
    extras = NO_EXTRAS
    if found.has_more:
        extras = _extras(_elements_of(part.beginning), found.header, shape)
    if not is_stack(found.header, shape, extras):
        raise UnreadableFile(Unreadable.NO_PICTURE)
    size = 2 * shape.rows * shape.columns
    plain = found.pixels_length is not None and shape.is_plain
    if plain and len(part.whole) < found.pixels_at + size:
        raise UnreadableFile(Unreadable.TRUNCATED, frames_readable=0)
    offset = found.pixels_at if plain else None
    one = slice_of(found.header, shape, number, 0, extras)
    return [_Found(found.header, one, offset, extras=extras)]


def _extras(dataset: Dataset, header: SliceHeader, shape: GreyShape) -> SliceExtras:
    return extras_of(dataset, shape.numbers, shape.bits, rescale_of(header))


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
    shared = _extras(file.dataset, header, shape)
    found: list[_Found] = []
    for frame, one in enumerate(headers):
        extras = of_frame(shared, file.dataset, frame, shape.numbers, rescale_of(one))
        found.append(
            _Found(
                one,
                slice_of(one, shape, number, frame, extras),
                first + frame * step if first is not None else None,
                is_cut_off=frames.frame_count < frames.frames_announced,
                extras=extras,
            )
        )
    return found


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
        series.append(words.series(len(order), stack, ordered))
        order += ordered
    warnings = list(words.warnings)
    if any(one.is_cut_off for one in found):
        warnings.append(StudyWarning.FRAMES_MISSING)
    beside = {code for one in found for code in one.extras.warnings}
    warnings += [code for code in StudyWarning if code in beside]
    _check_luts(order)
    overlaid, slices = _overlaid(order)
    info = StackInfo(slices, tuple(series), left_out, tuple(warnings))
    return StackFile(info, parts, [one.offset for one in order], overlaid)


def _check_luts(found: Sequence[_Found]) -> None:
    """Raises UnreadableFile where tables would take more memory than any device's."""
    luts = {lut for one in found for lut in one.slice.luts}
    luts |= {one.slice.rescale.lut for one in found if one.slice.rescale.lut is not None}
    if sum(len(one.entries) for one in luts) > _MOST_LUT_BYTES:
        raise UnreadableFile(Unreadable.TOO_LARGE)


def _overlaid(order: Sequence[_Found]) -> tuple[list[_Found], tuple[StackSlice, ...]]:
    """Slices with lines over them, and all slices with the number of theirs.

    Frames of one file share the lines that lie on all of them.
    """
    numbered: list[_Found] = []
    shared: dict[int, int] = {}
    slices: list[StackSlice] = []
    for one in order:
        planes = [p for p in one.extras.overlays if p.own_frame(one.slice.frame) is not None]
        if not planes:
            slices.append(one.slice)
            continue
        is_shared = all(plane.frames is None and plane.bit is None for plane in planes)
        is_shared = is_shared and len(planes) == len(one.extras.overlays)
        number = shared.get(one.slice.part) if is_shared else None
        if number is None:
            number = len(numbered)
            numbered.append(one)
        if is_shared:
            shared[one.slice.part] = number
        slices.append(replace(one.slice, overlay=number))
    return numbered, tuple(slices)


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

    def series(self, first: int, stack: SliceStack, ordered: Sequence[_Found]) -> StackSeries:
        """One series, whose slices begin at `first`."""
        lead = ordered[0]
        dataset = self._dataset(lead.slice.part)
        name, title = person(dataset, "PatientName"), _title(dataset)
        guessed = StudyWarning.NAME_CHARSET_GUESSED
        if name.guessed or title.guessed:
            self._warn(guessed)
        taken_on, taken_at = moment(dataset, "Acquisition", "Content", "Series", "Study")
        return StackSeries(
            first=first,
            count=len(stack.order),
            title=title.words,
            number=whole(lead.header, "SeriesNumber"),
            modality=lead.header.get("Modality", "")[:16],
            patient_name=name.words,
            patient_birth_date=day(dataset, "PatientBirthDate"),
            patient_sex=sex(dataset),
            taken_on=taken_on,
            taken_at=taken_at,
            step_mm=stack.step_mm,
            repeats=stack.repeats,
            is_localizer=stack.is_localizer,
            notes=stack.notes,
            slice_ms=slice_ms_of(lead.header),
            film=self._film(dataset, ordered),
        )

    def _film(self, dataset: Dataset, ordered: Sequence[_Found]) -> Film | None:
        """The times of one file's frames that are looked at one after another; None where they
        are places, or nothing says that they follow one another in time."""
        lead, count = ordered[0], len(ordered)
        is_one_file = all(
            one.slice.part == lead.slice.part and one.slice.location_mm is None for one in ordered
        )
        in_order = [one.slice.frame for one in ordered] == list(range(count))
        if count < 2 or not is_one_file or not in_order:
            return None
        times = frame_times(dataset, count)
        is_said = times.source is not FrameTimeSource.ASSUMED
        if not is_said and lead.header.get("Modality") not in _FILMS:
            return None
        if not is_said:
            self._warn(StudyWarning.FRAME_TIMES_UNKNOWN)
        if times.mended:
            self._warn(StudyWarning.FRAME_TIMES_MENDED)
        waves = r_waves_ms(dataset, times.edges[-1])
        return Film(times.edges, times.source, times.mended, waves, heart_rate(dataset))

    def _warn(self, warning: StudyWarning) -> None:
        if warning not in self.warnings:
            self.warnings.append(warning)

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
