"""DICOM pictures, still and moving: what they are, and their frames one by one."""

from functools import cached_property

from pydicom.dataset import Dataset

from workstation.studies.imaging import ClipInfo, FrameTimeSource
from workstation.studies.opened import Pixels
from workstation.studies.readers import colours
from workstation.studies.readers.dicom_file import DicomFile
from workstation.studies.readers.dicom_text import person, text
from workstation.studies.readers.dicom_values import day, moment, value
from workstation.studies.readers.frame_shape import COLOUR, PALETTE, FrameShape
from workstation.studies.readers.frame_times import frame_times
from workstation.studies.readers.heart_beats import heart_rate, r_waves_ms
from workstation.studies.readers.jpeg_frame import draw_jpeg
from workstation.studies.readers.pixel_spacing import plane_of
from workstation.studies.readers.stored_frames import StoredFrames
from workstation.studies.readers.ultrasound_regions import pixel_aspect, regions
from workstation.studies.warnings import StudyWarning


class DicomPicture:
    """An open DICOM picture; frames are decoded when they are drawn.

    Raises:
        UnreadableFile: no picture, not one whole frame, absurd sizes, or a packing that is not
            read here.
    """

    def __init__(self, file: DicomFile) -> None:
        self._dataset = file.dataset
        self._frames = StoredFrames(file)
        self.info = clip_info(
            file.dataset,
            self._frames.shape,
            self._frames.frame_count,
            self._frames.frames_announced,
        )

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
        inverted = self._frames.photometric == "MONOCHROME1"
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
        StudyWarning.OVERLAYS_HIDDEN: _has_overlays(dataset),
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
        taken_on=taken_on,
        taken_at=taken_at,
        title=title.words,
        modality=str(value(dataset, "Modality") or "")[:16],
        warnings=tuple(code for code, given in warnings.items() if given),
        plane=plane_of(dataset),
        r_waves_ms=r_waves_ms(dataset, times.edges[-1]),
        heart_rate=heart_rate(dataset),
    )


def _has_overlays(dataset: Dataset) -> bool:
    """Overlay planes (PS3.3 C.9.2) that have bits of their own, or stand in the pixels' spare."""
    return any((group, 0x0010) in dataset for group in range(0x6000, 0x6020, 2))
