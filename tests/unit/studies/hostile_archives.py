"""Archives that lie: each a good slice beside something that must not be believed."""

import io
import random
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.unit.studies.disc_factory import echo, head_slices, sr, zipped
from tests.unit.studies.slices import ct_file
from workstation.studies.disc import LeftOutReason
from workstation.studies.errors import Unreadable

GOOD = "DICOM/IM001"
Change = Callable[[bytearray, random.Random, int], None]


@dataclass(frozen=True, slots=True)
class Hostile:
    """An archive, and what it must end as: a refusal of the whole, or of some files by name."""

    name: str
    data: bytes
    refused: Unreadable | None = None
    left_out: LeftOutReason | None = None
    """Of every file but the good one."""


@dataclass(slots=True)
class Entry:
    """What the local header and the list say of a file, each as a test wants it."""

    name: bytes
    data: bytes
    method: int = 0
    flags: int = 0
    listed_name: bytes | None = None
    size: int | None = None
    packed: int | None = None
    crc: int | None = None
    offset: int | None = None
    """In the list; None: where it is."""
    external: int = 0
    system: int = 0
    extra: bytes = b""
    is_written: bool = True


def built(*entries: Entry, comment: bytes = b"", count: int | None = None, shift: int = 0) -> bytes:
    """An archive of these, good or not."""
    body, central = bytearray(), bytearray()
    for one in entries:
        packed = _deflated(one.data) if one.method == 8 else one.data
        crc = zlib.crc32(one.data) if one.crc is None else one.crc
        size = len(one.data) if one.size is None else one.size
        length = len(packed) if one.packed is None else one.packed
        place = len(body) if one.offset is None else one.offset
        if one.is_written:
            head = (b"PK\3\4", 20, one.flags, one.method, 0, 0, crc, length & 0xFFFFFFFF)
            body += struct.pack(
                "<4s5H3L2H", *head, size & 0xFFFFFFFF, len(one.name), 0
            ) + one.name + packed  # fmt: skip
        name = one.name if one.listed_name is None else one.listed_name
        central += struct.pack(
            "<4s4B4HL2L5H2L",
            *(b"PK\1\2", 20, one.system, 20, 0, one.flags, one.method, 0, 0, crc),
            *(length & 0xFFFFFFFF, size & 0xFFFFFFFF, len(name), len(one.extra), 0, 0, 0),
            *(one.external, place & 0xFFFFFFFF),
        )
        central += name + one.extra
    number = len(entries) if count is None else count
    end = struct.pack(
        "<4s4H2LH",
        *(b"PK\5\6", 0, 0, number, number, len(central), len(body) + shift, len(comment)),
    )
    return bytes(body + central) + end + comment


def _deflated(data: bytes) -> bytes:
    deflater = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return deflater.compress(data) + deflater.flush()


def good() -> Entry:
    """A slice that can be shown."""
    return Entry(GOOD.encode(), ct_file(1))


def hostile() -> Iterator[Hostile]:
    """All of them."""
    yield from _names()
    yield from _kinds()
    yield from _lies()
    yield from _bombs()
    yield from _broken_lists()


def _beside(name: str, entry: Entry, reason: LeftOutReason) -> Hostile:
    return Hostile(name, built(good(), entry), left_out=reason)


def _names() -> Iterator[Hostile]:
    data = ct_file(2)
    for name in (
        b"../../etc/passwd",
        b"/etc/passwd",
        b"C:\\Windows\\system32\\a.dcm",
        b"\\\\server\\share\\a",
        b"DICOM/../../a",
        b"a\0.dcm",
        b"",
        b"x" * 1500,
        b"..",
    ):
        label = f"name {name[:20]!r}"
        yield _beside(label, Entry(name, data), LeftOutReason.PATH)
    twice = Entry(GOOD.encode(), data)
    yield _beside("the same name", twice, LeftOutReason.TWICE)
    yield _beside("the same name, case", Entry(b"dicom/im001", data), LeftOutReason.TWICE)


def _kinds() -> Iterator[Hostile]:
    data, reason = ct_file(2), LeftOutReason
    link = Entry(b"L", b"/etc/passwd", system=3, external=(stat.S_IFLNK | 0o777) << 16)
    yield _beside("symlink", link, reason.LINK)
    yield _beside("encrypted", Entry(b"E", data, flags=1), reason.ENCRYPTED)
    yield _beside("strong encryption", Entry(b"E", data, flags=0x41), reason.ENCRYPTED)
    yield _beside("nested by name", Entry(b"in.zip", zipped({"a": data})), reason.NESTED)
    yield _beside("nested by content", Entry(b"IM9", zipped({"a": data})), reason.NESTED)
    yield _beside("quine by name", Entry(b"r/r.gz", b"\x1f\x8b" + bytes(30)), reason.NESTED)
    for method in (1, 6, 9, 12, 14, 93, 95, 98, 0xFFFF):
        odd = Entry(b"M", data, method=method)
        yield _beside(f"method {method}", odd, reason.PACKING)
    yield _beside("program", Entry(b"setup.exe", b"MZ" + bytes(99)), reason.NOT_MEDICAL)
    yield _beside("page", Entry(b"IM5", b"<html><script>x</script>"), reason.NOT_MEDICAL)
    alone = Entry(b"E", data, flags=1)
    yield Hostile("all encrypted", built(alone), refused=Unreadable.LOCKED)
    yield Hostile("only programs", built(Entry(b"a.exe", b"MZ")), refused=Unreadable.NO_PICTURE)
    yield Hostile("empty files", built(Entry(b"IM1", b"")), refused=Unreadable.NO_PICTURE)


def _lies() -> Iterator[Hostile]:
    data, damaged = ct_file(2), LeftOutReason.DAMAGED
    yield _beside("another name before the bytes", Entry(b"A", data, listed_name=b"B"), damaged)
    yield _beside("stored, sizes differ", Entry(b"A", data, size=len(data) + 9), damaged)
    yield _beside("beyond the file", Entry(b"A", data, packed=10**9, size=10**9), damaged)
    yield _beside("offset in the middle", Entry(b"A", data, offset=7), damaged)
    yield _beside("offset behind the end", Entry(b"A", data, offset=2**31), damaged)
    yield _beside("not deflated", Entry(b"A", data, method=8, packed=3), damaged)
    short = Entry(b"A", data, method=8, size=len(data) * 5)
    yield Hostile("less than announced", built(good(), short))
    first = good()
    shared = Entry(b"A", data, offset=0, listed_name=first.name, is_written=False)
    both = built(first, shared)
    yield Hostile("two entries, one file", both, refused=Unreadable.DAMAGED)


def _bombs() -> Iterator[Hostile]:
    zeros, reason = bytes(80 * 1024 * 1024), LeftOutReason.TOO_LARGE
    claims = Entry(b"A", b"\3\0", method=8, size=10**9)
    yield _beside("a gigabyte of nothing", claims, reason)
    wide = struct.pack("<HHQ", 1, 8, 2**40)
    huge = Entry(b"A", bytes(99), method=8, size=0xFFFFFFFF, extra=wide)
    yield _beside("a terabyte by ZIP64", huge, reason)
    whole = zipped({"A": zeros, "B": zeros})
    yield Hostile("all zeros", whole, refused=Unreadable.TOO_LARGE)
    stored = Entry(b"A", bytes(9), size=2**31, packed=2**31)
    yield Hostile("two gigabytes, stored", built(good(), stored), left_out=reason)


def _broken_lists() -> Iterator[Hostile]:
    plain = built(good())
    yield Hostile("cut in the list", plain[:-30], refused=Unreadable.TRUNCATED)
    yield Hostile("cut in the file", plain[:600], refused=Unreadable.TRUNCATED)
    yield Hostile(
        "65,000 files in no list", built(good(), count=65_000), refused=Unreadable.TOO_LARGE
    )
    yield Hostile("more than listed", built(good(), count=9), refused=Unreadable.DAMAGED)
    yield Hostile("list before the file", built(good(), shift=10**6), refused=Unreadable.DAMAGED)
    volumes = plain[:-22] + struct.pack("<4s4H2LH", b"PK\5\6", 1, 1, 1, 2, 60, 10, 0)
    yield Hostile("several volumes", volumes, refused=Unreadable.UNSUPPORTED_SYNTAX)
    wide = b"PK\6\7" + struct.pack("<LQL", 0, 2**50, 1)
    end = struct.pack("<4s4H2LH", b"PK\5\6", *(0xFFFF,) * 4, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    yield Hostile("ZIP64 that leads nowhere", plain[:-22] + wide + end, refused=Unreadable.DAMAGED)


def small_disc() -> bytes:
    """What mutations begin from."""
    files = head_slices(2) | {"US": echo(), "SR": sr(), "a.exe": b"MZ", "t.txt": b"text " * 30}
    return zipped(files)


def mutated(count: int, seed: int, disc: bytes | None = None) -> Iterator[bytes]:
    """A small disc with some bytes changed, cut, doubled; its list more often than the rest."""
    start, chance = disc or small_disc(), random.Random(seed)
    at_list = start.find(b"PK\1\2")
    changes: tuple[Callable[[bytearray, random.Random, int], None], ...] = (
        _byte,
        _word,
        _cut,
        _copy,
    )
    for _ in range(count):
        data = bytearray(start)
        for _ in range(chance.randint(1, 4)):
            begin = at_list if chance.random() < 0.6 else 0
            chance.choice(changes)(data, chance, min(begin, max(0, len(data) - 1)))
        yield bytes(data)


def _byte(data: bytearray, chance: random.Random, begin: int) -> None:
    if begin < len(data):
        data[chance.randrange(begin, len(data))] = chance.randrange(256)


def _word(data: bytearray, chance: random.Random, begin: int) -> None:
    if begin + 4 < len(data):
        place = chance.randrange(begin, len(data) - 4)
        value = chance.choice((0, 1, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, len(data)))
        data[place : place + 4] = struct.pack("<L", value)


def _cut(data: bytearray, chance: random.Random, begin: int) -> None:
    if begin + 1 < len(data):
        place = chance.randrange(begin, len(data))
        del data[place : place + chance.randint(1, 60)]


def _copy(data: bytearray, chance: random.Random, begin: int) -> None:
    if begin + 1 < len(data):
        place = chance.randrange(begin, len(data))
        data[place:place] = data[place : place + chance.randint(1, 60)]


def with_names(names: list[tuple[bytes, int]]) -> bytes:
    """Slices under raw names, each with its flags."""
    return built(
        *(
            Entry(name, ct_file(number), flags=flags)
            for number, (name, flags) in enumerate(names, 1)
        )
    )


def wide_archive() -> bytes:
    """A ZIP64 as zipfile writes it."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive, archive.open("IM1", "w", force_zip64=True) as part:
        part.write(ct_file(1))
    plain = made.getvalue()
    end = plain.rindex(b"PK\5\6")
    _, _, _, _, count, size, start, _ = struct.unpack("<4s4H2LH", plain[end:])
    record = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, count, count, size, start)
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, end, 1)
    last = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    return plain[:end] + record + locator + last
