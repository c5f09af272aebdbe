"""A DICOM picture's frames as numbers, however they are packed."""

from dataclasses import replace
from typing import Final

from pydicom import uid

from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.readers.code_stream import Codec, code_stream
from workstation.studies.readers.dicom_file import DicomFile, PixelElement
from workstation.studies.readers.dicom_values import integer, value
from workstation.studies.readers.encapsulated import Span, frames
from workstation.studies.readers.frame_shape import COLOUR, FrameShape, frame_shape
from workstation.studies.readers.plain_frames import PlainFrames
from workstation.studies.readers.sample_storage import Storage, Stored

_MOST_FRAMES: Final = 100_000
_INTEGER_PIXELS: Final = 0x7FE00010
_STREAMS: Final = frozenset(
    f"1.2.840.10008.1.2.4.{number}" for number in (*range(50, 94), 201, 202, 203)
)
"""JPEG (the retired ones too), JPEG-LS, JPEG 2000: frames that say themselves what they are."""


class StoredFrames:
    """The frames of a picture's Pixel Data; each is decoded when it is asked for.

    Raises:
        UnreadableFile: no picture, not one whole frame, absurd sizes, or a packing that is not
            read here (its name is said).
    """

    def __init__(self, file: DicomFile) -> None:
        if file.pixels is None:
            raise _without_pixels(file)
        self.shape = frame_shape(file.dataset)
        self.frames_announced = max(integer(file.dataset, "NumberOfFrames") or 1, 1)
        if self.frames_announced > _MOST_FRAMES:
            raise UnreadableFile(Unreadable.TOO_LARGE)
        _check_packing(file, file.pixels)
        self._pixels = file.pixels.value
        self._run_lengths = file.syntax == uid.RLELossless
        self._plain: PlainFrames | None = None
        self._spans: list[list[Span]] = []
        if file.pixels.announced is None:
            one_each = self._run_lengths
            self._spans = frames(self._pixels, self.frames_announced, one_fragment_each=one_each)
        else:
            self._plain = self._uncompressed(file, file.pixels)
        self.frame_count = self._count()
        if not self.frame_count:
            raise UnreadableFile(Unreadable.TRUNCATED, frames_readable=0)

    @property
    def rows(self) -> int:
        """Height in pixels."""
        return self.shape.rows

    @property
    def columns(self) -> int:
        """Width in pixels."""
        return self.shape.columns

    @property
    def samples(self) -> int:
        """Numbers of a pixel: 1 or 3."""
        return self.shape.samples

    @property
    def storage(self) -> Storage:
        """What one number may be."""
        return self.shape.storage

    @property
    def photometric(self) -> str:
        """Photometric Interpretation as the data set says it."""
        return self.shape.photometric

    @property
    def is_encapsulated(self) -> bool:
        """Whether each frame is packed for itself."""
        return self._plain is None

    def packed(self, index: int) -> bytes:
        """The bytes of an encapsulated frame."""
        return b"".join(bytes(self._pixels[slice(*span)]) for span in self._spans[index])

    def is_plain_jpeg(self, index: int) -> bool:
        """Whether a frame is a JPEG of 8 bits, which may be drawn without its numbers."""
        if self._plain is not None:
            return False
        data = self.packed(index)
        return data[:2] == b"\xff\xd8" and code_stream(data).codec is Codec.JPEG

    def stored(self, index: int) -> Stored:
        """The stored numbers: rows x columns, or rows x columns x 3, in `storage.kind`.

        Raises:
            UnreadableFile: this frame is damaged, or not what the data set says.
        """
        return self.coloured(index)[0]

    def coloured(self, index: int) -> tuple[Stored, str]:
        """The stored numbers, and the colours they are in: decoders turn some of them to RGB."""
        if self._plain is not None:
            return self._plain.stored(index), self.shape.photometric
        # Imported by the first compressed frame: five decoders.
        from workstation.studies.readers.frame_codecs import unpacked

        if not 0 <= index < self.frame_count:
            raise UnreadableFile(Unreadable.DAMAGED)
        return unpacked(self.packed(index), self.shape, run_lengths=self._run_lengths)

    def _count(self) -> int:
        if self._plain is not None:
            return self._plain.count(self.frames_announced)
        return len(self._spans)

    def _uncompressed(self, file: DicomFile, pixels: PixelElement) -> PlainFrames:
        self.shape = _as_long_as_it_is(self.shape, len(pixels.value), self.frames_announced)
        syntax = file.syntax if not file.syntax.is_compressed else uid.ExplicitVRLittleEndian
        return PlainFrames(
            pixels.value,
            self.shape,
            little_endian=syntax.is_little_endian,
            in_words=pixels.in_words,
        )


def _as_long_as_it_is(shape: FrameShape, size: int, announced: int) -> FrameShape:
    """Devices say YBR_FULL_422 of colours that they do not halve: the length tells."""
    whole = replace(shape, photometric="YBR_FULL")
    if shape.photometric == "YBR_FULL_422" and 8 * size >= announced * whole.frame_bits:
        return whole
    if shape.photometric in COLOUR[3:]:  # of JPEG 2000 and video alone
        return replace(shape, photometric="RGB")
    return shape


def _check_packing(file: DicomFile, pixels: PixelElement) -> None:
    """What lies there counts more than what the header says, where the two disagree."""
    syntax = file.syntax
    known = (
        pixels.announced is not None
        or not syntax.is_compressed
        or syntax == uid.RLELossless
        or syntax in _STREAMS
    )
    if pixels.tag != _INTEGER_PIXELS:
        raise UnreadableFile(Unreadable.UNSUPPORTED_SYNTAX, "Float Pixel Data")
    if not known:
        raise UnreadableFile(Unreadable.UNSUPPORTED_SYNTAX, syntax.name[:80])


def _without_pixels(file: DicomFile) -> UnreadableFile:
    if file.cut_off or "Rows" in file.dataset:
        return UnreadableFile(Unreadable.TRUNCATED, frames_readable=0)
    kind = value(file.dataset, "SOPClassUID")
    return UnreadableFile(
        Unreadable.NO_PICTURE, kind.name[:80] if isinstance(kind, uid.UID) else ""
    )
