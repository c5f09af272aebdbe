"""Compressed frames to their stored numbers, each header compared with the data set before.

gdcm reads lossless JPEG and JPEG of 12 bits, CharLS JPEG-LS, OpenJPEG JPEG 2000, Pillow (with
libjpeg-turbo) 8-bit JPEG, pylibjpeg-rle RLE: none of them under the GPL. Each is imported by the
first frame that needs it.
"""

import io
import struct
from types import ModuleType
from typing import Final

import numpy as np
import numpy.typing as npt

from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.readers.code_stream import Codec, CodeStream, check_rle, code_stream
from workstation.studies.readers.frame_shape import FrameShape
from workstation.studies.readers.jpeg_frame import jpeg_samples
from workstation.studies.readers.sample_storage import Stored, extended

_DAMAGE: Final = (RuntimeError, ValueError, TypeError, OSError, IndexError)
"""What the decoders raise on damaged frames."""
_J2K_STREAM: Final = 0
_BY_PLANE: Final = 0
_SYNTAXES: Final = {
    Codec.JPEG_12_BIT: "1.2.840.10008.1.2.4.51",
    Codec.JPEG_LOSSLESS: "1.2.840.10008.1.2.4.57",
}


def unpacked(data: bytes, shape: FrameShape, *, run_lengths: bool) -> tuple[Stored, str]:
    """A frame's stored numbers, and the colours in which a decoder gives them.

    `run_lengths`: whether the file says RLE, which has no signature of its own.

    Raises:
        UnreadableFile: damaged, not what the data set says, or not read here.
    """
    if is_run_lengths(data, shape, said=run_lengths):
        return _by_run_lengths(data, shape), shape.photometric
    stream = code_stream(data)
    check(stream, shape)
    numbers = extended(_decoded(data, stream, shape), stream.precision, shape.storage)
    if shape.storage.stored < stream.precision:
        numbers = shape.storage.numbers(numbers)
    return numbers, _given_as(stream.codec, shape)


def is_run_lengths(data: bytes, shape: FrameShape, *, said: bool) -> bool:
    """RLE, by what the file says unless the frame begins as a JPEG does, or as RLE has to."""
    if said:
        return data[:2] not in (b"\xff\xd8", b"\xff\x4f")
    return data[:8] == struct.pack("<2L", _segments(shape), 64)


def _segments(shape: FrameShape) -> int:
    """One for each byte of a pixel (PS3.5 G.2)."""
    return shape.samples * max(shape.storage.allocated, 8) // 8


def check(stream: CodeStream, shape: FrameShape) -> None:
    """That a frame is what the data set says.

    Raises:
        UnreadableFile: it is not; sizes that are beyond sense are said to be so.
    """
    if stream.width * stream.height > 4 * shape.rows * shape.columns:
        raise UnreadableFile(Unreadable.TOO_LARGE)
    same = (
        stream.width == shape.columns
        and stream.height == shape.rows
        and stream.components == shape.samples
        and stream.precision <= max(shape.storage.allocated, 8)
    )
    if not same:
        raise UnreadableFile(Unreadable.DAMAGED)


def _decoded(data: bytes, stream: CodeStream, shape: FrameShape) -> Stored:
    match stream.codec:
        case Codec.JPEG:
            return jpeg_samples(data, stored_as_rgb=shape.photometric == "RGB")
        case Codec.JPEG_LS:
            return _by_charls(data, stream)
        case Codec.JPEG_2000:
            return _by_openjpeg(data, stream)
        case _:
            return _by_gdcm(data, stream, shape)


def _given_as(codec: Codec, shape: FrameShape) -> str:
    """Decoders of JPEG give colours as red, green and blue; of JPEG 2000 where it turned them."""
    turned = codec is Codec.JPEG or shape.photometric in ("YBR_RCT", "YBR_ICT")
    return "RGB" if shape.samples == 3 and turned else shape.photometric


def _by_run_lengths(data: bytes, shape: FrameShape) -> Stored:
    from rle.utils import decode_pixel_data

    depth = max(shape.storage.allocated, 8) // 8
    check_rle(data, _segments(shape))
    try:
        planes = decode_pixel_data(
            data,
            version=2,
            rows=shape.rows,
            columns=shape.columns,
            bits_allocated=8 * depth,
        )
    except _DAMAGE as error:
        raise UnreadableFile(Unreadable.DAMAGED) from error
    except BaseException as error:
        if type(error).__module__ != "pyo3_runtime":  # a panic of Rust's is no Exception
            raise
        raise UnreadableFile(Unreadable.DAMAGED) from error
    patterns = np.frombuffer(planes, f"<u{depth}")
    return shape.storage.numbers(_shaped(patterns, shape.rows, shape.columns, shape.samples, True))


def _by_charls(data: bytes, stream: CodeStream) -> Stored:
    import jpeg_ls  # type: ignore[import-untyped]  # the package carries no types

    try:
        decoded, facts = jpeg_ls.decode_pixel_data(data)
    except _DAMAGE as error:
        raise UnreadableFile(Unreadable.DAMAGED) from error
    by_plane = facts["interleave_mode"] == _BY_PLANE
    return _of(np.frombuffer(decoded, _kind(stream)), stream, by_plane=by_plane)


def _by_openjpeg(data: bytes, stream: CodeStream) -> Stored:
    """The bare code stream: a JP2 wrapper may hold palettes, which unfold."""
    from openjpeg.utils import decode

    try:
        decoded = decode(io.BytesIO(data[stream.start :]), _J2K_STREAM, reshape=False)
    except _DAMAGE as error:
        raise UnreadableFile(Unreadable.DAMAGED) from error
    return _of(decoded.view(_kind(stream)), stream, by_plane=False)


def _by_gdcm(data: bytes, stream: CodeStream, shape: FrameShape) -> Stored:
    """Colours as they are stored: gdcm is told that they are red, green and blue."""
    import gdcm  # type: ignore[import-untyped]  # the package carries no types

    image = gdcm.Image()
    image.SetNumberOfDimensions(2)
    image.SetDimensions((stream.width, stream.height, 1))
    image.SetDataElement(_element(gdcm, data))
    name = "RGB" if stream.components == 3 else "MONOCHROME2"
    kind = gdcm.PhotometricInterpretation.GetPIType(name)
    image.SetPhotometricInterpretation(gdcm.PhotometricInterpretation(kind))
    syntax = gdcm.TransferSyntax.GetTSType(_SYNTAXES[stream.codec])
    image.SetTransferSyntax(gdcm.TransferSyntax(syntax))
    bits = 8 if stream.precision <= 8 else 16
    image.SetPixelFormat(
        gdcm.PixelFormat(stream.components, bits, stream.precision, stream.precision - 1, 0)
    )
    try:
        decoded = image.GetBuffer().encode("utf-8", "surrogateescape")
    except (*_DAMAGE, AttributeError, UnicodeError) as error:
        raise UnreadableFile(Unreadable.DAMAGED) from error
    return _of(np.frombuffer(decoded, _kind(stream)), stream, by_plane=False)


def _element(gdcm: ModuleType, data: bytes) -> object:
    fragment = gdcm.Fragment()
    fragment.SetByteStringValue(data)
    fragments = gdcm.SequenceOfFragments.New()
    fragments.AddFragment(fragment)
    element = gdcm.DataElement(gdcm.Tag(0x7FE0, 0x0010))
    element.SetValue(fragments.__ref__())
    return element


def _kind(stream: CodeStream) -> str:
    size = 1 if stream.precision <= 8 else 2 if stream.precision <= 16 else 4
    return f"<{'i' if stream.signed else 'u'}{size}"


def _of(patterns: Stored, stream: CodeStream, *, by_plane: bool) -> Stored:
    return _shaped(patterns, stream.height, stream.width, stream.components, by_plane)


def _shaped(
    patterns: npt.NDArray[np.integer], rows: int, columns: int, samples: int, by_plane: bool
) -> Stored:
    if patterns.size != rows * columns * samples:
        raise UnreadableFile(Unreadable.DAMAGED)
    if samples == 1:
        return patterns.reshape(rows, columns)
    if by_plane:
        return np.ascontiguousarray(np.moveaxis(patterns.reshape(samples, rows, columns), 0, -1))
    return patterns.reshape(rows, columns, samples)
