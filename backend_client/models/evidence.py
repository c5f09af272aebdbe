"""Where a sentence of a conclusion comes from: the file, and the place in it."""

from typing import Annotated

import msgspec

from backend_client.models.common import Count, DocumentId, OpenEnum, UtcTime, Wire

Seconds = Annotated[float, msgspec.Meta(ge=0)]
Words = Annotated[str, msgspec.Meta(max_length=500)]
Name = Annotated[str, msgspec.Meta(max_length=100)]
Number = Annotated[int, msgspec.Meta(ge=1, le=999)]


class Origin(OpenEnum):
    """Who found a value: never mixed, always said."""

    UNKNOWN = "unknown"
    BY_HAND = "by_hand"
    """The doctor's calipers."""
    CONFIRMED = "confirmed"
    """Proposed by the program, confirmed by the doctor."""
    HAND_CALIBRATED = "hand_calibrated"
    """The doctor's calipers on a picture that the doctor calibrated."""
    DEVICE = "device"
    """Written in the file by the device."""


class EcgPlace(Wire, frozen=True, kw_only=True, tag="ecg"):
    """A stretch of one lead of an ECG, as it was shown."""

    part: Words = ""
    """Which one, where the file holds several (a disc): SOP Instance UID, or the path inside the
    archive; "" where it is one."""
    recording: Name = ""
    """`EcgRecord.name` of the recording that was shown; "" where it has none."""
    lead: Name = ""
    """"" means all leads together."""
    start_s: Seconds
    """From the beginning of the recording; of the median beat where `median_beat`."""
    stop_s: Seconds
    filter: Name = "none"
    """`TraceFilter.code` of the filter through which it was seen."""
    median_beat: bool = False
    """Whether it was measured on the beat that the program averaged."""
    beats_from_s: Seconds = 0.0
    """Where the part of a long recording begins whose beats were averaged; 0 for a short one."""


class PicturePlace(Wire, frozen=True, kw_only=True, tag="picture"):
    """Between two points of a picture, pixels of the upright picture to the right and down."""

    part: Words = ""
    """Which one, where the file holds several (a disc): SOP Instance UID, or the path inside the
    archive; "" where it is one."""
    page: Count = 0
    start: tuple[float, float]
    stop: tuple[float, float]


class Figure(OpenEnum):
    """What the points of a `FramePlace` are."""

    UNKNOWN = "unknown"
    FRAME = "frame"
    """The whole picture; no points."""
    POINT = "point"
    LINE = "line"
    """Two ends."""
    TRACE = "trace"
    """An open line through all points: a velocity envelope, a curved length."""
    AREA = "area"
    """A closed line through all points."""
    ELLIPSE = "ellipse"
    """Both ends of one axis, then one end of the other; the axes are at right angles in mm."""
    ANGLE = "angle"
    """A point on one leg, the vertex, a point on the other leg."""
    RECTANGLE = "rectangle"
    """Two opposite corners, sides along rows and columns."""


class FramePlace(Wire, frozen=True, kw_only=True, tag="frame"):
    """A figure upon one frame of a clip or one picture of a series, or a stretch of a clip."""

    part: Words = ""
    """Which one, where the file holds several (a disc): SOP Instance UID, or the path inside the
    archive; "" where it is one."""
    frame: Count = 0
    """From 0, within the part."""
    last: Count | None = None
    """Last frame of a stretch of a clip that begins at `frame`; none for one frame."""
    figure: Figure = Figure.FRAME
    points: Annotated[tuple[tuple[float, float], ...], msgspec.Meta(max_length=500)] = ()
    """Stored pixels to the right and down from the outer corner of the first one; its centre is
    (0.5, 0.5). Of a photo those of the upright picture, as in `PicturePlace`."""
    window: tuple[float, float] | None = None
    """Centre and width of the window through which a slice was seen; None: as the file says."""


class TextPlace(Wire, frozen=True, kw_only=True, tag="text"):
    """Words on a page of a document, from one point to another as a selection runs."""

    part: Words = ""
    """Which one, where the file holds several (a disc): SOP Instance UID, or the path inside the
    archive; "" where it is one."""
    page: Count = 0
    start: tuple[float, float]
    stop: tuple[float, float]
    """Points of 1/72 inch to the right and down from the upper left corner of the page as the
    file shows it."""


class ReportPlace(Wire, frozen=True, kw_only=True, tag="report"):
    """A line of a device's structured report."""

    part: Words = ""
    """Which one, where the file holds several (a disc): SOP Instance UID, or the path inside the
    archive; "" where it is one."""
    item: Count
    """Which content item, from 0 for the root, in the order of the document."""


Place = EcgPlace | PicturePlace | FramePlace | TextPlace | ReportPlace


class Evidence(Wire, frozen=True, kw_only=True):
    """One source. In the conclusion's text it is named by its number in brackets: «[1]»."""

    number: Number
    text: Words
    """The line as it was put into the text, without the number."""
    document_id: DocumentId
    sha256: str
    """Of the file that was seen."""
    title: Words
    """The file's title, for the list of sources."""
    place: Place
    origin: Origin
    made_at: UtcTime
