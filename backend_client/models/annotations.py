"""What a doctor measured in the files of a request: kept beside them, never in them."""

from typing import Annotated, NewType

import msgspec

from backend_client.models.common import (
    ID_PATTERN,
    Count,
    DocumentId,
    OpenEnum,
    RequestId,
    UserId,
    UtcTime,
    Wire,
)
from backend_client.models.evidence import Name, Origin, Place, Words

AnnotationId = NewType("AnnotationId", str)

MOST_ANNOTATIONS = 500
"""Of one request, removed ones not counted."""


class MarkKind(OpenEnum):
    """What a mark of a calibration by hand says. A program that does not know one of the kinds
    measures nothing by that calibration."""

    UNKNOWN = "unknown"
    LENGTH = "length"
    """So many mm between two points of a frame."""
    VELOCITY = "velocity"
    """A point on the baseline of a spectrum, and one that is worth so many cm/s, with its sign."""
    TIME = "time"
    """Opposite corners of a strip of a frame in which time runs; ms from edge to edge."""
    PAPER_ALONG = "paper_along"
    """So many mm of ECG paper between two points, along the time."""
    PAPER_UP = "paper_up"
    """The same, across the time."""
    PAPER_CORNERS = "paper_corners"
    """Four corners of a rectangle of ECG paper, from the upper left one with the clock; mm along
    the time, then mm up."""
    PAPER_TURN = "paper_turn"
    """By how many degrees clockwise the picture was turned when time was seen to run right."""
    PAPER_SPEED = "paper_speed"
    """mm/s."""
    PAPER_GAIN = "paper_gain"
    """mm/mV."""
    ENDS = "ends"
    """No points: only `blurs`, how exactly both ends of the measurement itself were put."""


class CalibrationMark(Wire, frozen=True, kw_only=True):
    """One thing that the doctor said of the scale. Together the marks of a measurement say all by
    which its value was found, so that it can be found again."""

    kind: MarkKind
    points: Annotated[tuple[tuple[float, float], ...], msgspec.Meta(max_length=4)] = ()
    """Pixels, counted as in the measurement's place."""
    blurs: Annotated[
        tuple[Annotated[float, msgspec.Meta(ge=0)], ...], msgspec.Meta(max_length=4)
    ] = ()
    """Of each point: pixels by which it may be beside what was meant; none where not known."""
    values: Annotated[tuple[float, ...], msgspec.Meta(max_length=2)] = ()
    unit: Name = ""
    """UCUM."""
    frame: Count = 0
    """On which the mark was put, from 0."""


Calibration = Annotated[tuple[CalibrationMark, ...], msgspec.Meta(max_length=12)]


class Annotation(Wire, frozen=True, kw_only=True):
    """One measurement as it stands: a line of the doctor's list and the place it comes from."""

    id: AnnotationId
    request_id: RequestId
    document_id: DocumentId
    sha256: str
    """Of the bytes on which it was measured: lower-case hexadecimal."""
    place: Place
    quantity: str
    """Code of what was measured, of the tool that measured it: «qt», «line», «bpd»."""
    label: str
    """What was measured, in the doctor's words."""
    value: float | None
    """None: unknown; the text says why."""
    unit: str
    """UCUM; "" where there is no value."""
    origin: Origin
    scale: str
    """Where the scale comes from, as the tool names it; "" where it needs none or has none."""
    calibration: Calibration = ()
    """By hand, of this measurement; nothing where the file's own scale holds."""
    text: str
    """The whole line, as the doctor read it."""
    made_by: UserId
    made_by_name: str
    """Short name."""
    made_at: UtcTime
    """Of its present state."""
    version: Count
    """From 1, one more with every change."""
    removed: bool = False


class PutAnnotation(Wire, frozen=True, kw_only=True):
    """A new one, or what one with this id is from now on."""

    id: Annotated[AnnotationId, msgspec.Meta(pattern=ID_PATTERN)]
    """Made by the client: the same one put again is the same one."""
    document_id: Annotated[DocumentId, msgspec.Meta(pattern=ID_PATTERN)]
    sha256: Annotated[str, msgspec.Meta(max_length=64)]
    place: Place
    quantity: Name
    label: Words
    value: float | None = None
    unit: Name = ""
    origin: Origin
    scale: Name = ""
    calibration: Calibration = ()
    text: Words
