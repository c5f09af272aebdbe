"""DICOM pictures, still and moving: what they are, and their frames one by one."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from pydicom.dataset import Dataset
from pydicom.multival import MultiValue

from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.imaging import ClipInfo, FrameTimeSource
from workstation.studies.opened import Pixels
from workstation.studies.readers import colours
from workstation.studies.readers.dicom_file import DicomFile
from workstation.studies.readers.dicom_text import person, text
from workstation.studies.readers.dicom_values import day, items, moment, numbers, sex, value
from workstation.studies.readers.frame_shape import COLOUR, GREY, PALETTE, FrameShape
from workstation.studies.readers.frame_times import frame_times
from workstation.studies.readers.heart_beats import heart_rate, r_waves_ms
from workstation.studies.readers.jpeg_frame import draw_jpeg
from workstation.studies.readers.overlays import Overlay, mask_of, overlays_in, packed
from workstation.studies.readers.pixel_spacing import plane_of
from workstation.studies.readers.stored_frames import StoredFrames
from workstation.studies.readers.ultrasound_regions import pixel_aspect, regions
from workstation.studies.series_plane import (
    EdgeMarks,
    edge_marks,
    marks_in_words,
    sound_cosines,
)
from workstation.studies.warnings import StudyWarning


class DicomPicture:
    """An open DICOM picture; frames are decoded when they are drawn.

    Raises:
        UnreadableFile: no picture, not one whole frame, absurd sizes, or a packing that is not
            read here.
    """

    def __init__(self, file: DicomFile) -> None:
        self._dataset, self._file = file.dataset, file
        self._frames = StoredFrames(file)
        store = self._frames.storage
        stored = (store.allocated, store.stored, store.high_bit)
        self._overlays, some_left_out = overlays_in(file.dataset, stored=stored)
        count = self._frames.frame_count
        found = clip_info(file.dataset, self._frames.shape, count, self._frames.frames_announced)
        hidden = (StudyWarning.OVERLAYS_HIDDEN,) if some_left_out else ()
        warnings = (*found.warnings, *hidden)
        overlays = _numbered(self._overlays, count)
        self.info = replace(found, overlays=overlays, warnings=warnings)

    def overlay(self, number: int) -> bytes:
        """The lines over a frame, which is their number: a bit a pixel, row after row.

        Raises:
            UnreadableFile: there is no such frame.
        """
        shape = self._frames.shape
        if not 0 <= number < self._frames.frame_count:
            raise UnreadableFile(Unreadable.DAMAGED)
        return packed(mask_of(self._overlays, self._file, number, shape.rows, shape.columns))

    def render(self, index: int, into: Pixels) -> None:
        """Draws frame `index`."""
        frames = self._frames
        if frames.photometric not in COLOUR:
            self._draw_greys(index, into)
        elif frames.is_plain_jpeg(index):
            # Straight to the screen's bytes: no numbers in between.
            as_rgb = frames.photometric == "RGB"
            draw_jpeg(frames.packed(index), into, stored_as_rgb=as_rgb)
        else:
            stored, photometric = frames.coloured(index)
            colours.put_colours(stored, photometric, frames.storage, into)

    def _draw_greys(self, index: int, into: Pixels) -> None:
        stored = self._frames.stored(index)
        if self._frames.storage.stored <= colours.MOST_BITS:
            colours.look_up(self._table, stored, into)
        else:
            into.view("<u4")[..., 0] = self._greys.pixels(stored)

    @cached_property
    def _greys(self) -> colours.GreyScale:
        """Where no window is given, by the first frame."""
        said = str(value(self._dataset, "PresentationLUTShape") or "").strip().upper()
        inverted = self._frames.photometric == "MONOCHROME1" or said == "INVERSE"
        return colours.GreyScale(
            self._dataset,
            self._frames.storage,
            lambda: self._frames.stored(0),
            inverted=inverted,
        )

    @cached_property
    def _table(self) -> colours.Table:
        """From stored numbers to pixels."""
        if self._frames.photometric == PALETTE:
            return colours.palette_table(self._dataset, self._frames.storage)
        return self._greys.table()


def clip_info(dataset: Dataset, shape: FrameShape, count: int, announced: int) -> ClipInfo:
    """What the data set says of a picture with `count` frames that can be shown."""
    found, region_left_out = regions(dataset)
    times = frame_times(dataset, count)
    name = person(dataset, "PatientName")
    series, study = text(dataset, "SeriesDescription"), text(dataset, "StudyDescription")
    title = series if series.words else study
    taken_on, taken_at = moment(dataset, "Acquisition", "Content", "Series", "Study")
    warnings = {
        StudyWarning.NAME_CHARSET_GUESSED: name.guessed or title.guessed,
        StudyWarning.FRAMES_MISSING: count < announced,
        StudyWarning.FRAME_TIMES_UNKNOWN: times.source is FrameTimeSource.ASSUMED,
        StudyWarning.FRAME_TIMES_MENDED: times.mended,
        StudyWarning.REGIONS_IGNORED: region_left_out,
        StudyWarning.MASK_NOT_APPLIED: bool(items(dataset, "MaskSubtractionSequence")),
    }
    return ClipInfo(
        frame_count=count,
        frames_announced=announced,
        width=shape.columns,
        height=shape.rows,
        pixel_aspect=pixel_aspect(dataset, found),
        frame_times_ms=times.edges,
        time_source=times.source,
        regions=found,
        patient_name=name.words,
        patient_birth_date=day(dataset, "PatientBirthDate"),
        patient_sex=sex(dataset),
        taken_on=taken_on,
        taken_at=taken_at,
        title=title.words,
        modality=str(value(dataset, "Modality") or "")[:16],
        warnings=tuple(code for code, given in warnings.items() if given),
        plane=plane_of(dataset),
        r_waves_ms=r_waves_ms(dataset, times.edges[-1]),
        heart_rate=heart_rate(dataset),
        marks=_marks(dataset),
        window=colours.window_of(dataset) if shape.photometric in GREY else None,
    )


def _marks(dataset: Dataset) -> EdgeMarks:
    """By the place in the patient, else by Patient Orientation (C.7.6.1.1.1)."""
    cosines = sound_cosines(numbers(dataset, "ImageOrientationPatient"))
    if cosines is not None:
        return edge_marks(cosines)
    said = value(dataset, "PatientOrientation")
    return marks_in_words(tuple(map(str, said)) if isinstance(said, MultiValue) else ())


def _numbered(overlays: Sequence[Overlay], count: int) -> tuple[int | None, ...]:
    """Of each frame the first frame that has the same lines; None where it has none."""
    if not overlays:
        return ()
    if all(one.frames is None and one.bit is None for one in overlays):
        return (0,) * count
    return tuple(
        frame if any(one.own_frame(frame) is not None for one in overlays) else None
        for frame in range(count)
    )
