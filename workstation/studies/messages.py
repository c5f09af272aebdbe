"""What goes through the pipe between the window and the decoder process: frozen and small.

The window asks, the process answers each question once and in order. Files go in and pixels and
samples come out through shared memory that the window made.
"""

from typing import Final

import msgspec
import numpy as np
import numpy.typing as npt

from workstation.studies.disc import DiscInfo, EntryPlace
from workstation.studies.ecg import EcgRecord
from workstation.studies.errors import Unreadable
from workstation.studies.imaging import ClipInfo, PdfInfo, PictureInfo
from workstation.studies.long_store import StoredPlace, Whole
from workstation.studies.page_text import PageHits, PageText
from workstation.studies.report import ReportInfo
from workstation.studies.stack import GreyLut, StackInfo


class Message(msgspec.Struct, frozen=True, tag=True):
    """Base of all messages."""


class Block(Message, frozen=True):
    """Where a result is to be written."""

    name: str
    size: int
    offset: int
    """Where in the block the result begins."""
    kept: bool
    """Whether it will be used again until the study is closed."""


class OpenFile(Message, frozen=True):
    """Open the file of `size` bytes in that block under this number."""

    study: int
    name: str
    size: int
    samples: Block | None = None
    """Where an ECG's samples go with the answer, as by `ReadSamples`; what is no ECG, or a longer
    one, leaves it untouched."""


class PartSpan(Message, frozen=True):
    """One file of several that lie in one block."""

    offset: Whole
    size: Whole
    there: Whole
    """Bytes from its beginning that can be read by now."""


class OpenParts(Message, frozen=True):
    """Open the slices in these files under this number."""

    study: int
    name: str
    size: int
    parts: tuple[PartSpan, ...]


class OpenEntries(Message, frozen=True):
    """Open these files of the archive in that block under this number: one as any file, several
    as slices."""

    study: int
    name: str
    size: int
    places: tuple[EntryPlace, ...]


class DrawSmall(Message, frozen=True):
    """Write a small picture of a file of the archive in that block: height x width x 4."""

    name: str
    size: int
    place: EntryPlace
    width: int
    height: int
    into: Block


class ReadSlice(Message, frozen=True):
    """Write the numbers of a slice that has to be unpacked: uint16, rows x columns."""

    study: int
    index: int
    into: Block


class ReadOverlay(Message, frozen=True):
    """The lines that a device keeps apart from a picture, by their number."""

    study: int
    number: Whole


class ReadSamples(Message, frozen=True):
    """Write the ECG's samples: float32, lead after lead, as in `EcgRecord.all_leads`."""

    study: int
    into: Block


class Render(Message, frozen=True):
    """Write a frame's or a page's pixels: height x width x 4."""

    study: int
    index: int
    width: int
    height: int
    into: Block


class Unfold(Message, frozen=True):
    """Write the samples of a packed long ECG, and say what `LongEcgOpened` says of them there."""

    study: int
    into: Block


class LeadAt(Message, frozen=True):
    """One lead of a long ECG, for a question that needs no open file."""

    place: StoredPlace
    gaps: tuple[tuple[int, int], ...]
    """In samples of the lead."""


class BuildPyramid(Message, frozen=True):
    """Write the pyramid of a lead of the samples in `source`: see `measure.ecg.envelope`."""

    source: Block
    lead: LeadAt
    into: Block


class FindBeats(Message, frozen=True):
    """Look for R peaks in the minutes that begin in [start, stop), in all these leads together."""

    source: Block
    leads: tuple[LeadAt, ...]
    sampling_rate_hz: float
    start: int
    """A whole number of minutes, in samples."""
    stop: int
    last: int | None
    """The peak before."""


class FindWords(Message, frozen=True):
    """Look for words on a page of a document."""

    study: int
    index: int
    words: str


class ReadText(Message, frozen=True):
    """The letters of a page of a document."""

    study: int
    index: int


class CloseFile(Message, frozen=True):
    """Forget the study; nothing is answered."""

    study: int


Question = (
    OpenFile
    | OpenParts
    | OpenEntries
    | DrawSmall
    | ReadSamples
    | ReadSlice
    | ReadOverlay
    | Render
    | Unfold
    | BuildPyramid
    | FindBeats
    | FindWords
    | ReadText
)
Request = Question | CloseFile


class EcgOpened(Message, frozen=True):
    """The record with empty leads; `ReadSamples` brings the samples."""

    record: EcgRecord
    sample_counts: tuple[int, ...]
    """Of each of `EcgRecord.all_leads`."""
    has_samples: bool = False
    """Whether they are written already: see `OpenFile.samples`."""


class LeadStore(Message, frozen=True):
    """Where the samples of a long ECG's lead lie, and what their numbers mean."""

    place: StoredPlace
    scale: float
    """mV of a number; 1 where the lead has no calibration."""
    offset: float
    """mV of the number 0; 0 where the lead has no calibration."""


class LongEcgOpened(Message, frozen=True):
    """A long ECG that is viewed in the file's block, or in that of `Unfold`."""

    record: EcgRecord
    """With empty leads."""
    sample_count: Whole
    """Of each lead."""
    stores: tuple[LeadStore, ...]
    """Of each lead."""


class PackedEcgOpened(Message, frozen=True):
    """A long ECG that `Unfold` has to unfold into so many bytes."""

    size: Whole


class BeatsFound(Message, frozen=True):
    """R peaks: samples, ascending, 64 bits each in this machine's order."""

    places: bytes


class ClipOpened(Message, frozen=True):
    """A DICOM picture."""

    info: ClipInfo


class PictureOpened(Message, frozen=True):
    """A photo."""

    info: PictureInfo


class PdfOpened(Message, frozen=True):
    """A document."""

    info: PdfInfo


class ReportOpened(Message, frozen=True):
    """A structured report: all of it."""

    info: ReportInfo


class DiscOpened(Message, frozen=True):
    """A patient's disc: what it holds. Its files are opened by `OpenEntries`."""

    info: DiscInfo


class WordsFound(Message, frozen=True):
    """Where the words of `FindWords` stand."""

    hits: PageHits


class TextFound(Message, frozen=True):
    """What `ReadText` asks for."""

    text: PageText


class StackOpened(Message, frozen=True):
    """Slices in their order."""

    info: StackInfo
    places: tuple[Whole | None, ...]
    """Of each slice: bytes in the block before its plain numbers; None: `ReadSlice` unpacks."""
    luts: tuple[GreyLut, ...] = ()
    """The tables for whose numbers stand in `info`: see `stack_luts`."""


class WholePartsWanted(Message, frozen=True):
    """The beginnings of these parts do not say enough: to be asked again with all of them."""

    parts: tuple[int, ...]


class OverlayFound(Message, frozen=True):
    """What `ReadOverlay` asks for: a bit a pixel of the picture, row after row, the first in the
    lowest."""

    bits: bytes


class Done(Message, frozen=True):
    """What was asked for is written."""


class Refused(Message, frozen=True):
    """It cannot be done, the process is well."""

    reason: Unreadable
    detail: str
    frames_readable: int | None


Opened = (
    EcgOpened
    | LongEcgOpened
    | PackedEcgOpened
    | ClipOpened
    | PictureOpened
    | PdfOpened
    | ReportOpened
    | StackOpened
)
Answer = (
    Opened
    | DiscOpened
    | WholePartsWanted
    | BeatsFound
    | WordsFound
    | TextFound
    | OverlayFound
    | Done
    | Refused
)

EXIT_OUT_OF_MEMORY: Final = 77
"""Exit code of the process when a job went beyond its memory."""

NO_SAMPLES: Final[npt.NDArray[np.float32]] = np.zeros(0, np.float32)


def _without_samples(value: object) -> None:
    """Samples do not go through the pipe."""
    if not isinstance(value, np.ndarray):
        raise NotImplementedError(type(value).__name__)


def _no_samples(kind: type, value: object) -> npt.NDArray[np.float32]:
    return NO_SAMPLES


_encoder: Final = msgspec.msgpack.Encoder(enc_hook=_without_samples)
_requests: Final[msgspec.msgpack.Decoder[Request]] = msgspec.msgpack.Decoder(Request)
_answers: Final[msgspec.msgpack.Decoder[Answer]] = msgspec.msgpack.Decoder(
    Answer, dec_hook=_no_samples
)


def encode(message: Request | Answer) -> bytes:
    """A message as bytes."""
    return _encoder.encode(message)


def decode_request(data: bytes) -> Request:
    """What the window asks.

    Raises:
        ValueError: not a request.
    """
    return _requests.decode(data)


def decode_answer(data: bytes) -> Answer:
    """What the process answers, checked: a file may have taken the process over.

    Raises:
        ValueError: not an answer.
    """
    return _answers.decode(data)
