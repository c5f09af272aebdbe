"""Whatever is uploaded ends in a picture or in words, and the decoder lives: what takes it longer
than its limits ends it."""

import random
import struct
import zlib
from collections.abc import Iterator

import numpy as np
import pytest
from pydicom.dataset import Dataset
from pydicom.uid import DeflatedExplicitVRLittleEndian, JPEGBaseline8Bit

from tests.unit.studies import dicom_factory as make
from tests.unit.studies.doors import a_decoder
from tests.unit.studies.test_picture_and_pdf import pdf
from workstation.studies.decoder import Decoder
from workstation.studies.ecg import EcgRecord
from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.long_study import LongEcgStudy
from workstation.studies.study import ClipStudy, EcgStudy, PdfStudy, PictureStudy


async def outcome(decoder: Decoder, data: bytes) -> str:
    """What a doctor gets: the kind of the study, or why not. Everything else is a failure."""
    before = decoder.pid
    result = await _outcome(decoder, data)
    assert before is None or decoder.pid == before, "the decoder did not survive"
    return result


async def _outcome(decoder: Decoder, data: bytes) -> str:
    try:
        study = await decoder.open(data)
    except UnreadableFile as error:
        return error.reason.value
    try:
        match study:
            case EcgStudy():
                _check(study.info)
            case LongEcgStudy():
                _check(study.info.part(0.0, 10.0).record)
                _check(study.info.part(study.info.duration_s - 10.0, study.info.duration_s).record)
            case ClipStudy() | PictureStudy():
                (await study.frame(0)).release()
            case PdfStudy():
                (await study.page(0, 200)).release()
    except UnreadableFile as error:
        return f"{study.kind.value}, {error.reason.value}"
    finally:
        await study.close()
    return study.kind.value


def _check(record: EcgRecord) -> None:
    assert record.sampling_rate_hz > 0
    for lead in record.leads:
        assert len(lead.samples) == record.sample_count
        assert np.all(np.isfinite(lead.samples))
    assert all(np.isfinite(one.value) for one in record.device_measurements)


def originals() -> dict[str, bytes]:
    """A sound file of each kind."""
    palette = make.picture(np.zeros((32, 48), np.uint8), "MONOCHROME2")
    return {
        "ecg": make.ecg_file(),
        "clip": make.clip_file(4),
        "grey": make.written(palette),
        "rle": make.rle_file(make.picture(make.colour_frame(0), "RGB")),
        "photo": make.jpeg(make.colour_frame(1)),
        "pdf": pdf(),
    }


def deflate_bomb() -> bytes:
    """A megabyte that unfolds to a gigabyte."""
    file = make.written(make.ecg(), DeflatedExplicitVRLittleEndian)
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    head = packer.compress(struct.pack("<HH2sHL", 0x0009, 0x1010, b"OB", 0, 0x40000000))
    head += packer.flush(zlib.Z_FULL_FLUSH)
    zeros = packer.compress(bytes(16 * 1024 * 1024)) + packer.flush(zlib.Z_FULL_FLUSH)
    return _meta(file) + head + zeros * 64


def _meta(file: bytes) -> bytes:
    return file[: 144 + int(struct.unpack_from("<L", file, 140)[0])]


def nested(depth: int) -> bytes:
    """Sequences in sequences, of undefined length and without an end."""
    sequence = struct.pack("<HH2sHL", 0x0040, 0xA730, b"SQ", 0, 0xFFFFFFFF)
    item = struct.pack("<HHL", 0xFFFE, 0xE000, 0xFFFFFFFF)
    return _meta(make.ecg_file()) + (sequence + item) * depth


def claims_65500() -> bytes:
    """A JPEG frame whose own header claims 65500 x 65500 in a modest DICOM file."""
    frame = bytearray(make.jpeg(make.colour_frame(0)))
    start = frame.index(b"\xff\xc0") + 5
    frame[start : start + 4] = (65500).to_bytes(2, "big") * 2
    return make.written(make.clip([bytes(frame)]), JPEGBaseline8Bit)


async def test_bombs_and_traps() -> None:
    """Each is refused for what it is."""
    expected = {
        "deflated": (deflate_bomb(), {Unreadable.TOO_LARGE.value}),
        "nested": (nested(20000), {Unreadable.DAMAGED.value, Unreadable.TRUNCATED.value}),
        "claims": (claims_65500(), {f"clip, {Unreadable.TOO_LARGE.value}"}),
        "empty": (b"", {Unreadable.EMPTY.value}),
        "rubbish": (bytes(range(256)) * 400, {Unreadable.NOT_RECOGNISED.value}),
        "zeros": (bytes(100000), {Unreadable.NOT_RECOGNISED.value}),
        "preamble only": (bytes(128) + b"DICM", {Unreadable.TRUNCATED.value}),
    }
    async with a_decoder() as (decoder, told):
        for name, (data, allowed) in expected.items():
            assert await outcome(decoder, data) in allowed, name
        assert told.nothing


def broken_headers() -> Iterator[bytes]:
    """Elements missing, zero, negative, absurd."""

    def changed(keyword: str, value: object) -> bytes:
        def change(dataset: Dataset) -> None:
            setattr(dataset, keyword, value)

        return make.clip_file(2, change)

    for keyword in ("Rows", "Columns", "BitsAllocated", "BitsStored", "HighBit"):
        for value in (0, 1, 65535, None):
            yield changed(keyword, value)
    for keyword in ("SamplesPerPixel", "PhotometricInterpretation", "FrameTime"):
        yield changed(keyword, None)
    for frames in ("-1", "0", "99999", "2147483647", None):
        yield changed("NumberOfFrames", frames)


def broken_waveforms() -> Iterator[bytes]:
    """The same for ECGs."""

    def changed(keyword: str, value: object) -> bytes:
        def change(dataset: Dataset) -> None:
            setattr(dataset.WaveformSequence[0], keyword, value)

        return make.ecg_file(change)

    for count in (0, 1, 13, 65535):
        yield changed("NumberOfWaveformChannels", count)
    for samples in (0, 4294967295):
        yield changed("NumberOfWaveformSamples", samples)
    for bits in (0, 8, 12, 32):
        yield changed("WaveformBitsAllocated", bits)
    yield changed("WaveformData", b"")
    yield changed("ChannelDefinitionSequence", [])


async def test_absurd_headers() -> None:
    async with a_decoder() as (decoder, told):
        for data in (*broken_headers(), *broken_waveforms()):
            await outcome(decoder, data)
        assert told.nothing


@pytest.mark.parametrize("kind", ["ecg", "clip", "grey", "rle", "photo", "pdf"])
async def test_cut_off_anywhere(kind: str) -> None:
    whole = originals()[kind]
    cuts = {len(whole) * part // 40 for part in range(40)} | set(range(len(whole) - 8, len(whole)))
    async with a_decoder() as (decoder, told):
        results = {await outcome(decoder, whole[:cut]) for cut in sorted(cuts)}
        assert await outcome(decoder, whole) in ("ecg", "clip", "picture", "pdf")
        assert told.nothing
    assert len(results) > 1


def mutated(original: bytes, chance: random.Random) -> bytes:
    """A few bytes changed, left out, doubled or set to extremes."""
    data = bytearray(original)
    for _ in range(chance.randint(1, 8)):
        place = chance.randrange(len(data))
        match chance.randrange(4):
            case 0:
                data[place] = chance.randrange(256)
            case 1:
                data[place : place + 4] = chance.choice(
                    [b"\xff" * 4, b"\0" * 4, b"\xff\xff\xff\x7f"]
                )
            case 2:
                del data[place : place + chance.randrange(1, 40)]
            case _:
                data[place:place] = data[place : place + chance.randrange(1, 40)]
    return bytes(data)


async def test_three_hundred_random_mutations() -> None:
    """Seeded; `benchmarks` may run many more. Headers are hit more often than pixels."""
    chance = random.Random(20260101)
    files = list(originals().values())
    async with a_decoder() as (decoder, told):
        for number in range(300):
            original = files[number % len(files)]
            head = chance.choice([len(original), 2000])
            data = mutated(original[:head], chance) + original[head:]
            await outcome(decoder, data)
        assert told.nothing
