"""Small files that would unfold or keep a reader busy without end, in new sizes each time."""

import base64
import gzip
import random
import struct
import zlib
from collections.abc import Callable
from functools import cache
from typing import Final

from pydicom.uid import DeflatedExplicitVRLittleEndian

from tests.unit.studies import dicom_factory as make
from tests.unit.studies.ecg_files import binary, scp, xml
from tests.unit.studies.ecg_fuzz.cases import Case, Fate

_MIB: Final = 1024 * 1024
_ONE: Final = make.heart_counts(100, 1)


def bomb(chance: random.Random) -> Case:
    """One of them."""
    return chance.choice(BOMBS)(chance)


def _deflated(chance: random.Random) -> Case:
    """A megabyte at most that unfolds to hundreds."""
    file = make.written(make.ecg(), DeflatedExplicitVRLittleEndian)
    meta = file[: 144 + int(struct.unpack_from("<L", file, 140)[0])]
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    head = packer.compress(struct.pack("<HH2sHL", 0x0009, 0x1010, b"OB", 0, 0x40000000))
    head += packer.flush(zlib.Z_FULL_FLUSH)
    return Case("bomb: deflated", meta + head + _zeros() * chance.choice((10, 20)), Fate.REFUSED)


@cache
def _zeros() -> bytes:
    """16 MiB of zeros, deflated and complete in themselves."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(bytes(16 * _MIB)) + packer.flush(zlib.Z_FULL_FLUSH)


def _zipped(chance: random.Random) -> Case:
    return Case("bomb: zip", _zip_of(chance.choice((65, 90))), Fate.REFUSED)


@cache
def _zip_of(mib: int) -> bytes:
    header = binary.wfdb_header(("I",), _ONE)
    return binary.zipped({"rec.hea": header, "rec.dat": bytes(mib * _MIB)})


def _gzipped(chance: random.Random) -> Case:
    """No format here is packed so: it is not unfolded at all."""
    return Case("bomb: gzip", gzip.compress(bytes(chance.choice((20, 40)) * _MIB)), Fate.REFUSED)


def _many_in_zip(chance: random.Random) -> Case:
    count = chance.choice((1001, 3000))
    files: dict[str, bytes | str] = {f"{n}.dat": b"" for n in range(count)}
    return Case("bomb: a zip of many", binary.zipped(files), Fate.REFUSED)


def _deep(chance: random.Random) -> Case:
    tag = chance.choice((b"<a>", b"<component>", b"<a b='1'>"))
    root = chance.choice((b"<AnnotatedECG>", b"<RestingECG>", b"<restingecgdata>"))
    return Case("bomb: deep", root + tag * chance.choice((300, 100_000)), Fate.REFUSED)


def _wide(chance: random.Random) -> Case:
    root = chance.choice((b"AnnotatedECG", b"RestingECG", b"restingecgdata"))
    inside = b"<a/>" * chance.choice((300_000, 500_000))
    return Case("bomb: wide", b"<" + root + b">" + inside + b"</" + root + b">", Fate.REFUSED)


def _coded(chance: random.Random) -> Case:
    """One bit a number: a short record that says it is very long."""
    count = chance.choice((400_000, 500_000))
    zeros = struct.pack("<HHBB8H", 2500, 2000, 0, 0, *[65535] * 8) + bytes(8 * 65535)
    sections = {2: scp.STANDARD_TABLE, 3: scp.leads(make.EIGHT, count), 6: zeros}
    return Case("bomb: codes", scp.record(sections), Fate.REFUSED)


def _lzw(chance: random.Random) -> Case:
    text = xml.sierra(make.heart_counts(100, 12))
    start = text.index(b">", text.index(b"<parsedwaveforms")) + 1
    packed = base64.b64encode((3_000_000).to_bytes(4, "little") + bytes(4 + 3_000_000))
    data = text[:start] + packed + text[text.index(b"</parsedwaveforms") :]
    return Case("bomb: lzw", data, Fate.REFUSED)


def _tags(chance: random.Random) -> Case:
    waves = binary.tag(0x1E, b"\1\1") * chance.choice((2000, 50_000))
    return Case("bomb: waves", binary.MFER_PREAMBLE + waves, Fate.REFUSED)


BOMBS: Final[tuple[Callable[[random.Random], Case], ...]] = (
    _deflated,
    _zipped,
    _gzipped,
    _many_in_zip,
    _deep,
    _wide,
    _coded,
    _lzw,
    _tags,
)
