"""The answer of `inspect --json`: what the viewer shows of a file, as plain values."""

from datetime import date, datetime

import msgspec


class Said(msgspec.Struct, frozen=True):
    """Base of the answers."""


class PatientSaid(Said, frozen=True, kw_only=True):
    """Whose the file is, by the file; null where it does not say."""

    name: str | None
    birth_date: date | None


class WarningSaid(Said, frozen=True, kw_only=True):
    """What the doctor is told beside the picture."""

    code: str
    text: str


class LeadSaid(Said, frozen=True, kw_only=True):
    """One lead. Samples in gaps do not count; null where nothing was recorded."""

    name: str
    unit: str
    """"mV", or "uncalibrated": then the numbers are the device's raw ones."""
    derived: bool
    first: float | None
    """The recording's first sample."""
    lowest: float | None
    highest: float | None
    gaps: tuple[tuple[int, int], ...]
    """Samples [start, stop) that were not recorded."""


class RecordingSaid(Said, frozen=True, kw_only=True):
    """Leads that belong together."""

    name: str
    kind: str
    sampling_rate_hz: float
    samples: int
    duration_s: float
    leads: tuple[LeadSaid, ...]
    """In the order in which they are shown."""


class DeviceSaid(Said, frozen=True, kw_only=True):
    """A value by the device."""

    quantity: str
    name: str
    value: float
    unit: str


class FilterSaid(Said, frozen=True, kw_only=True):
    """The filter that the device applied before storing, Hz; null where it does not say."""

    low_hz: float | None
    high_hz: float | None
    notch_hz: float | None


class EcgSaid(Said, frozen=True, kw_only=True, tag_field="kind", tag="ecg"):
    """An electrocardiogram."""

    format: str
    patient: PatientSaid
    recorded_on: date | None
    recorded_at: datetime | None
    recordings: tuple[RecordingSaid, ...]
    """The first is the one that is shown when the file is opened."""
    long: bool = False
    """Whether it is shown as a recording of hours."""
    device_measurements: tuple[DeviceSaid, ...]
    statements: tuple[str, ...]
    """The device's own words."""
    notes: tuple[str, ...]
    """Comments and annotations in the file, not the device's."""
    recorded_filter: FilterSaid | None
    shown_filter: str = "none"
    """The viewer's own: off until the doctor chooses one."""
    warnings: tuple[WarningSaid, ...]


class RegionSaid(Said, frozen=True, kw_only=True):
    """A calibrated region of an ultrasound picture, pixels with both ends inside."""

    number: int
    """From 1, in the file's order."""
    shows: str
    """"2d", "m_mode", "spectral", "waveform", "graphics", "none"."""
    data: str
    """"tissue", "colour_flow", "pw_spectral_doppler", "ecg_trace", ..."""
    x0: int
    y0: int
    x1: int
    y1: int
    unit_x: str
    unit_y: str
    delta_x: float
    delta_y: float


class ClipSaid(Said, frozen=True, kw_only=True, tag_field="kind", tag="clip"):
    """A DICOM picture, moving or still, or a video."""

    format: str = "DICOM"
    modality: str
    title: str
    patient: PatientSaid
    taken_on: date | None
    taken_at: datetime | None
    frames: int
    frames_announced: int
    width: int
    height: int
    pixel_aspect: float
    pixel_mm: tuple[float, float] | None
    """Of the whole picture: from row to row, then from column to column; null for an ultrasound
    picture, whose regions say it, and without a scale."""
    scale: str
    """Where `pixel_mm` comes from: "pixel_spacing", "imager_spacing" (at the detector), "none"."""
    frame_times_ms: tuple[float, ...]
    """Start of each frame, and the end of the last one."""
    frame_time_source: str
    frames_per_second: float | None
    heart_rate: float | None
    """Beats a minute by the device."""
    r_waves_ms: tuple[float, ...]
    """That the device recorded, from the start of the first frame."""
    regions: tuple[RegionSaid, ...]
    warnings: tuple[WarningSaid, ...]


class SeriesSaid(Said, frozen=True, kw_only=True):
    """Slices that are scrolled through together; what is not known is null."""

    number: int | None
    """Series Number; the command line counts series from 1 in this order."""
    modality: str
    title: str
    patient: PatientSaid
    taken_at: datetime | None
    slices: int
    columns: int
    rows: int
    pixel_mm: tuple[float, float] | None
    """From row to row, then from column to column."""
    scale: str
    """Where the size of a pixel comes from."""
    step_mm: float | None
    thickness_mm: float | None
    repeats: int
    localizer: bool
    unit: str
    """Of the values: "HU", another code, "" where it is not known."""
    windows: tuple[tuple[float, float], ...]
    """Centre and width of each window that the first slice names."""
    order: tuple[int | None, ...]
    """Instance Numbers of the slices as they are shown."""
    from_mm: float | None
    to_mm: float | None
    """Where the first and the last slice lie along the normal."""
    slice_ms: float | None
    """How long each is seen where the file says that they are played."""
    notes: tuple[str, ...]
    """Gaps, tilt, doubles, and what else must be known of the order."""


class StackSaid(Said, frozen=True, kw_only=True, tag_field="kind", tag="stack"):
    """Slices of CT, MR and others, of one file or of several."""

    format: str = "DICOM"
    patient: PatientSaid
    taken_on: date | None
    taken_at: datetime | None
    slices: int
    left_out: int
    series: tuple[SeriesSaid, ...]
    warnings: tuple[WarningSaid, ...]


class PictureSaid(Said, frozen=True, kw_only=True, tag_field="kind", tag="picture"):
    """A photo or a scan."""

    format: str
    width: int
    height: int
    taken_at: datetime | None
    warnings: tuple[WarningSaid, ...]


class PdfSaid(Said, frozen=True, kw_only=True, tag_field="kind", tag="pdf"):
    """A document."""

    format: str = "PDF"
    """"PDF", "DICOM PDF", "DOCX", "TXT"."""
    title: str
    patient: PatientSaid
    """By the DICOM file around it."""
    taken_on: date | None
    taken_at: datetime | None
    letters: str
    """Of a plain text: the encoding by which it is read."""
    pages: int
    page_sizes_pt: tuple[tuple[float, float], ...]
    page_texts: tuple[str, ...] = ()
    """The letters of each page, as far as they were asked for; "" for a scan."""
    warnings: tuple[WarningSaid, ...]


class ReportLineSaid(Said, frozen=True, kw_only=True):
    """A line of a device's report, as the file writes it."""

    item: int
    """Which content item of the file, from 0 for the root."""
    depth: int
    value_kind: str
    name: str
    code: str
    """Of the name: "29436-3 LN"."""
    value: str
    unit: str
    """UCUM; of numbers."""
    modifiers: tuple[str, ...]


class ReportSaid(Said, frozen=True, kw_only=True, tag_field="kind", tag="report"):
    """A structured report."""

    format: str = "DICOM SR"
    name: str
    template: str
    patient: PatientSaid
    taken_on: date | None
    taken_at: datetime | None
    device: str
    complete: bool | None
    verified: bool | None
    lines: tuple[ReportLineSaid, ...]
    warnings: tuple[WarningSaid, ...]


FileSaid = EcgSaid | ClipSaid | PictureSaid | PdfSaid | ReportSaid | StackSaid
