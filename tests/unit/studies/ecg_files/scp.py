"""SCP-ECG records (EN 1064) written by the standard's own words, Huffman coded or not."""

import binascii
import struct
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

NUMBERS = {"I": 1, "II": 2, **{f"V{n}": 2 + n for n in range(1, 8)}, "V4R": 12}
NUMBERS |= {"X": 16, "Y": 17, "Z": 18, "III": 61, "aVR": 62, "aVL": 63, "aVF": 64}

Counts = npt.NDArray[np.int16]


def _crc(data: bytes) -> bytes:
    return struct.pack("<H", binascii.crc_hqx(data, 0xFFFF))


def section(number: int, body: bytes) -> bytes:
    """A section with its header; bodies are padded to even lengths."""
    body += b"\0" * (len(body) % 2)
    head = struct.pack("<HLBB", number, 16 + len(body), 20, 20) + bytes(6)
    return _crc(head + body) + head + body


def record(bodies: dict[int, bytes]) -> bytes:
    """Section 0 with its pointers, and the others behind it."""
    parts = {number: section(number, body) for number, body in bodies.items()}
    table = 10 * 12
    place = 7 + 16 + table
    pointers = struct.pack("<HLL", 0, 16 + table, 7)
    for number in range(1, 12):
        size = len(parts.get(number, b""))
        pointers += struct.pack("<HLL", number, size, place if size else 0)
        place += size
    head = struct.pack("<HLBB", 0, 16 + table, 20, 20) + b"SCPECG"
    zero = _crc(head + pointers) + head + pointers
    rest = zero + b"".join(parts.values())
    sized = struct.pack("<L", 6 + len(rest)) + rest
    return _crc(sized) + sized


def tags(**values: bytes) -> bytes:
    """Section 1: fields by the names `t<tag>`."""
    fields = [struct.pack("<BH", int(name[1:]), len(v)) + v for name, v in values.items()]
    return b"".join(fields) + b"\xff\0\0"


def patient(name: bytes = b"Obraztsova\0", *, language: int | None = None) -> bytes:
    """Section 1: born 1971-01-23, recorded 2026-01-25 at 10:59:19, 0.05 to 150 Hz, 50 Hz notch."""
    device = {} if language is None else {"t14": bytes(16) + bytes([language]) + bytes(19)}
    return tags(
        t0=name,
        t1=b"Anna\0",
        t5=struct.pack("<HBB", 1971, 1, 23),
        **device,
        t25=struct.pack("<HBB", 2026, 1, 25),
        t26=bytes([10, 59, 19]),
        t27=struct.pack("<H", 5),
        t28=struct.pack("<H", 150),
        t29=b"\x02",
    )


def leads(names: Sequence[str | int], samples: int, *, flags: int = 4, start: int = 1) -> bytes:
    """Section 3: all leads from `start` on."""
    numbers = [name if isinstance(name, int) else NUMBERS[name] for name in names]
    lines = [struct.pack("<LLB", start, start + samples - 1, number) for number in numbers]
    return bytes([len(names), flags]) + b"".join(lines)


def data(
    counts: Counts,
    *,
    nanovolts: int = 2500,
    interval_us: int = 2000,
    differences: int = 0,
    huffman: bool = False,
    bimodal: int = 0,
) -> bytes:
    """Sections 5 and 6; `counts` is samples x leads."""
    blocks = []
    for lead in counts.T.astype(np.int64):
        steps = _steps(lead, differences)
        blocks.append(packed(steps) if huffman else steps.astype("<i2").tobytes())
    head = struct.pack("<HHBB", nanovolts, interval_us, differences, bimodal)
    return head + b"".join(struct.pack("<H", len(one)) for one in blocks) + b"".join(blocks)


def _steps(lead: npt.NDArray[np.int64], differences: int) -> npt.NDArray[np.int64]:
    if differences == 0:
        return lead
    if differences == 1:
        return np.concatenate((lead[:1], np.diff(lead)))
    return np.concatenate((lead[:2], np.diff(lead, 2)))


def packed(numbers: npt.NDArray[np.int64]) -> bytes:
    """The standard's Huffman code (annex C)."""
    bits = []
    for number in numbers.tolist():
        if number == 0:
            bits.append("0")
        elif abs(number) <= 8:
            bits.append("1" * abs(number) + "0" + ("1" if number < 0 else "0"))
        elif -128 <= number < 128:
            bits.append("1111111110" + f"{number & 0xFF:08b}")
        else:
            bits.append("1111111111" + f"{number & 0xFFFF:016b}")
    joined = "".join(bits)
    joined += "0" * (-len(joined) % 8)
    return int(joined, 2).to_bytes(len(joined) // 8, "big") if joined else b""


STANDARD_TABLE = struct.pack("<H", 19999)


def own_table() -> bytes:
    """Section 2: the codes of the standard, written out as a table of the file's own."""
    codes = [(1, 1, 0, "0")]
    for size in range(1, 9):
        codes.append((size + 2, size + 2, size, "1" * size + "00"))
        codes.append((size + 2, size + 2, -size, "1" * size + "01"))
    codes += [(10, 18, 0, "1111111110"), (10, 26, 0, "1111111111")]
    lines = [
        struct.pack("<BBBhL", prefix, total, 1, value, int(bits[::-1], 2))
        for prefix, total, value, bits in codes
    ]
    return struct.pack("<HH", 1, len(lines)) + b"".join(lines)


def measurements() -> bytes:
    """Section 7: RR 982, one block (P 100 to 202, QRS 248 to 368, T to 668), axes 44, -61, 86."""
    block = struct.pack("<5H3h", 100, 202, 248, 368, 668, 44, -61, 86)
    return struct.pack("<BBHH", 1, 0, 982, 0) + block + struct.pack("<HBHHHB", 1, 0, 61, 0, 443, 1)


def statements(*sentences: bytes) -> bytes:
    """Section 8."""
    head = bytes([0]) + struct.pack("<HBB", 2026, 1, 25) + bytes([10, 59, 19, len(sentences)])
    lines = [
        struct.pack("<BH", place, len(words) + 1) + words + b"\0"
        for place, words in enumerate(sentences, start=1)
    ]
    return head + b"".join(lines)
