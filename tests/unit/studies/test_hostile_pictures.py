"""Hostile files of every packing: refused or shown within the limits, and the decoder lives on."""

import random
import struct
import zlib
from collections.abc import Iterator

import numpy as np
import pytest
from PIL import Image
from pydicom.dataset import Dataset
from pydicom.uid import DeflatedExplicitVRLittleEndian, JPEGBaseline8Bit

from tests.unit.studies import dicom_factory as make
from tests.unit.studies.doors import a_decoder
from tests.unit.studies.packings import LOSSLESS, slice_of, twelve_bit_jpeg
from tests.unit.studies.test_hostile_files import mutated, outcome
from tests.unit.studies.test_picture_and_pdf import saved, two_colours
from tests.unit.studies.test_video import dicom_video
from tests.unit.studies.video_writer import video
from workstation.studies.errors import Unreadable

GREYS = make.colour_frame(4)[..., 1]
"""8 bits: a picture of more opens as a stack."""
DEEP = (GREYS.astype(np.uint16) * 16).reshape(GREYS.shape)


def packed() -> dict[str, bytes]:
    """A sound file of each packing and kind."""
    files = {packing: LOSSLESS[packing](GREYS, 8) for packing in LOSSLESS}
    colours = {f"{one} in colour": LOSSLESS[one](make.colour_frame(4), 8) for one in LOSSLESS}
    pages = [two_colours(), two_colours()]
    return {
        **files,
        **colours,
        "JPEG of 12 bits": twelve_bit_jpeg(DEEP),
        "BMP": saved(two_colours(), "BMP"),
        "AVIF": saved(Image.fromarray(make.colour_frame(1, 64, 64)), "AVIF"),
        "TIFF": saved(two_colours(), "TIFF", compression="tiff_lzw"),
        "pages": saved(pages[0], "TIFF", save_all=True, append_images=pages[1:]),
        "fax": saved(two_colours().convert("1"), "TIFF", compression="group4"),
    }


def videos() -> dict[str, bytes]:
    """Containers and bare streams."""
    return {
        "MP4": video(times=range(8)),
        "AVI": video("avi", "mjpeg", times=range(8)),
        "MOV": video("mov", "mpeg4", times=range(8)),
        "MPEG-2": dicom_video("MPEG-2"),
        "H.264": dicom_video("H.264"),
    }


@pytest.mark.parametrize("files", [packed, videos])
async def test_mutations_of_each_packing(files: object) -> None:
    """Seeded. Where bytes of the frame itself are hit the codec has to stand it."""
    assert callable(files)
    chance = random.Random(20260202)
    sound: dict[str, bytes] = files()
    async with a_decoder() as (decoder, told):
        for name, data in sound.items():
            for number in range(6):
                behind = min(len(data) // 2, 700) if number % 2 else 0
                await outcome(decoder, data[:behind] + mutated(data[behind:], chance))
            assert told.nothing, name


@pytest.mark.parametrize("files", [packed, videos])
async def test_cut_off_at_any_part(files: object) -> None:
    assert callable(files)
    sound: dict[str, bytes] = files()
    async with a_decoder() as (decoder, told):
        for name, data in sound.items():
            for part in (1, 4, 7, 9):
                await outcome(decoder, data[: len(data) * part // 10])
            assert await outcome(decoder, data) in ("clip", "picture", "pdf", "stack"), name
        assert told.nothing


def absurd() -> Iterator[tuple[str, bytes]]:
    """Sizes and lengths beyond sense, in sound and in compressed files."""
    sizes = [(65535, 65535), (1, 65535), (0, 48), (32, 0)]
    for rows, columns in sizes:
        for packing in ("explicit", "RLE", "JPEG-LS", "JPEG 2000", "JPEG lossless"):
            yield packing, _sized(LOSSLESS[packing](GREYS, 8), rows, columns)
    for length in (0, 3, 0x7FFFFFFE, 0xFFFFFFFE):
        yield "length", _with_length(LOSSLESS["explicit"](GREYS, 8), length)


def _sized(data: bytes, rows: int, columns: int) -> bytes:
    """Rows and Columns as the elements of an explicit file."""
    changed = bytearray(data)
    for element, value in (
        (b"\x28\x00\x10\x00US\x02\x00", rows),
        (b"\x28\x00\x11\x00US\x02\x00", columns),
    ):
        struct.pack_into("<H", changed, changed.index(element) + 8, value)
    return bytes(changed)


def _with_length(data: bytes, length: int) -> bytes:
    """Of the pixel data."""
    changed = bytearray(data)
    at = changed.rindex(b"\xe0\x7f\x10\x00")
    struct.pack_into("<L", changed, at + 8, length)
    return bytes(changed)


async def test_absurd_sizes_and_lengths() -> None:
    async with a_decoder() as (decoder, told):
        for name, data in absurd():
            assert "too_large" not in name
            await outcome(decoder, data)
            assert told.nothing, name


def fragments_beyond_the_end() -> bytes:
    """An item that is longer than the file."""
    dataset = make.clip([make.jpeg(make.colour_frame(0))] * 3)
    file = bytearray(make.written(dataset, JPEGBaseline8Bit))
    last = file.rindex(b"\xfe\xff\x00\xe0")
    struct.pack_into("<L", file, last + 4, 0x7FFFFFF0)
    return bytes(file)


def nested_pictures(depth: int) -> bytes:
    """Icons in icons, each of undefined length (PS3.3 C.7.6.1.1.6)."""
    sequence = struct.pack("<HH2sHL", 0x0088, 0x0200, b"SQ", 0, 0xFFFFFFFF)
    item = struct.pack("<HHL", 0xFFFE, 0xE000, 0xFFFFFFFF)
    file = make.written(slice_of(GREYS, 8))
    return file[: file.index(b"\x28\x00\x02\x00US")] + (sequence + item) * depth


def deflated_picture() -> bytes:
    """A megabyte that unfolds to a gigabyte of pixels."""
    dataset = slice_of(GREYS, 8)
    del dataset.PixelData
    file = make.written(dataset, DeflatedExplicitVRLittleEndian)
    meta = 144 + int(struct.unpack_from("<L", file, 140)[0])
    elements = zlib.decompress(file[meta:], -zlib.MAX_WBITS)
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    head = elements + struct.pack("<HH2sHL", 0x7FE0, 0x0010, b"OB", 0, 0x40000000)
    begun = packer.compress(head) + packer.flush(zlib.Z_FULL_FLUSH)
    zeros = packer.compress(bytes(16 * 1024 * 1024)) + packer.flush(zlib.Z_FULL_FLUSH)
    return file[:meta] + begun + zeros * 64


def png_of_zeros() -> bytes:
    """A hundred kilobytes that unfold to more than is drawn."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        whole = kind + body
        return struct.pack(">L", len(body)) + whole + struct.pack(">L", zlib.crc32(whole))

    header = struct.pack(">LLBBBBB", 65000, 65000, 8, 0, 0, 0, 0)
    body = zlib.compress(bytes(65001 * 64), 9)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
    )


async def test_traps() -> None:
    """Each is refused for what it is."""
    damaged = {Unreadable.DAMAGED.value, Unreadable.TRUNCATED.value}
    expected = {
        "fragments": (fragments_beyond_the_end(), {"clip"}),
        "nested": (nested_pictures(20000), damaged),
        "deflated": (deflated_picture(), {Unreadable.TOO_LARGE.value}),
        "zeros": (png_of_zeros(), {Unreadable.TOO_LARGE.value}),
        "no frames": (_emptied(), {Unreadable.TRUNCATED.value}),
    }
    async with a_decoder() as (decoder, told):
        for name, (data, allowed) in expected.items():
            assert await outcome(decoder, data) in allowed, name
        assert told.nothing


def _emptied() -> bytes:
    """Encapsulated, and nothing in the capsules."""

    def change(dataset: Dataset) -> None:
        dataset.PixelData = b"\xfe\xff\x00\xe0\0\0\0\0"

    return make.clip_file(1, change)
