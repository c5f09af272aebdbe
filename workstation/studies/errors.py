"""What may go wrong with an uploaded file, and with the process that opens it.

::

    StudyError
      UnreadableFile      the file: says why, and how much of it can be shown
      DecoderStopped      the process: it was started again, the same call may be tried again
      StudyClosed         the caller: the file was closed while its frames were waited for
"""

from enum import Enum


class StudyError(Exception):
    """Any trouble with opening a file of a patient. Its text never holds what the file says."""


class Unreadable(Enum):
    """Why a file cannot be shown, or not further than this."""

    EMPTY = "empty"
    """The file has no bytes."""
    NOT_RECOGNISED = "not_recognised"
    """The content is of no format that is known here."""
    TRUNCATED = "truncated"
    """The file ends before what it announces."""
    DAMAGED = "damaged"
    """The file contradicts itself or its format."""
    TOO_LARGE = "too_large"
    """The file, or what it claims to unfold to, is beyond the limits."""
    SERIES_TOO_LARGE = "series_too_large"
    """The slices of a series are together more than fits into memory."""
    NO_PICTURE = "no_picture"
    """The file is well formed and holds nothing that these viewers show."""
    PRESENTATION_STATE = "presentation_state"
    """A DICOM presentation state: how other pictures are to look; it has none of its own."""
    NO_TIME_SCALE = "no_time_scale"
    """An ECG that does not say its sampling rate."""
    UNSUPPORTED_SYNTAX = "unsupported_syntax"
    """A known format packed in a way that is not read here; `detail` names it."""
    SAVE_AS_JPEG = "save_as_jpeg"
    """A kind of photo for which no decoder is there that may be used; `detail` names it."""
    WEB_PAGE = "web_page"
    """HTML or SVG, whatever it calls itself: it may run programs and is not opened."""
    SAVE_AS_DOCUMENT = "save_as_document"
    """A text program's own format (`detail` names it): to be saved as PDF or DOCX."""
    LOCKED = "locked"
    """The file asks for a password."""
    OUT_OF_MEMORY = "out_of_memory"
    """This computer has no room for the file now."""
    STOPS_DECODER = "stops_decoder"
    """The file has ended the decoder process several times and is not tried again."""


class UnreadableFile(StudyError):
    """A file, or one frame or page of it, that cannot be shown.

    Attributes:
        reason: why.
        detail: name of the format or packing, for `UNSUPPORTED_SYNTAX` and those that ask for
            another one; never patient data.
        frames_readable: how many frames from the first can be shown, where that is known.
    """

    def __init__(
        self, reason: Unreadable, detail: str = "", frames_readable: int | None = None
    ) -> None:
        super().__init__(f"{reason.value} {detail}".strip())
        self.reason = reason
        self.detail = detail
        self.frames_readable = frames_readable


class StopReason(Enum):
    """Why the decoder process ended."""

    CRASHED = "crashed"
    """It died by itself or was killed from outside."""
    TIME = "time"
    """It was stopped: the work took too long."""
    MEMORY = "memory"
    """It was stopped: the work took too much memory."""


class DecoderStopped(StudyError):
    """The decoder process ended during the call; a new one is being started."""

    def __init__(self, reason: StopReason) -> None:
        super().__init__(reason.value)
        self.reason = reason


class StudyClosed(StudyError):
    """The study was closed before the frame came, or was asked after that."""
