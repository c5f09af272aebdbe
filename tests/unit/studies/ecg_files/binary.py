"""Binary ECGs: EDF, WFDB in a zip, ISHNE, MFER."""

import binascii
import io
import struct
import zipfile
from collections.abc import Sequence
from typing import Literal

import numpy as np
import numpy.typing as npt

Counts = npt.NDArray[np.int16]


def edf_signal(label: str, samples: int = 500, **changed: str) -> dict[str, str]:
    """A signal's fields: 2 uV a number; `changed` replaces some."""
    fields = {"label": label, "transducer": "", "unit": "uV", "low": "-65536", "high": "65534"}
    fields |= {"least": "-32768", "most": "32767", "filters": "HP:0.05Hz LP:150Hz N:50Hz"}
    return fields | {"samples": str(samples), "reserved": ""} | changed


def edf(
    signals: Sequence[dict[str, str]],
    records: Sequence[Sequence[bytes]],
    *,
    kind: str = "",
    patient: bytes = b"Obraztsova",
    count: str = "",
    seconds: str = "1",
    recording: str = "",
) -> bytes:
    """A file; `records` are the signals' bytes, record by record."""
    head = b"0".ljust(8) + patient.ljust(80) + recording.encode().ljust(80)
    head += b"25.01.26" + b"10.59.19" + str(256 * (len(signals) + 1)).encode().ljust(8)
    head += kind.encode().ljust(44) + (count or str(len(records))).encode().ljust(8)
    head += seconds.encode().ljust(8) + str(len(signals)).encode().ljust(4)
    widths = (16, 80, 8, 8, 8, 8, 8, 80, 8, 32)
    for field, width in zip(edf_signal(""), widths, strict=True):
        head += b"".join(signal[field].encode().ljust(width)[:width] for signal in signals)
    return head + b"".join(b"".join(record) for record in records)


def edf_records(counts: Counts, samples: int = 500) -> list[list[bytes]]:
    """Samples x leads cut into records."""
    pieces = np.split(counts, len(counts) // samples)
    return [[lead.astype("<i2").tobytes() for lead in piece.T] for piece in pieces]


def edf_note(start: float, words: str = "", size: int = 60) -> bytes:
    """One record's annotations: its time, and a text at it."""
    text = f"+{start:g}\x14\x14\0" + (f"+{start:g}\x14{words}\x14\0" if words else "")
    return text.encode().ljust(2 * size, b"\0")


def wfdb_header(
    leads: Sequence[str],
    counts: Counts,
    *,
    gain: str = "500/mV",
    rate: str = "500",
    packing: str = "16",
    checksums: bool = True,
    file: str = "rec.dat",
) -> str:
    """A header of one sample file."""
    lines = [f"rec {len(leads)} {rate} {len(counts)} 10:59:19 25/01/2026"]
    for place, lead in enumerate(leads):
        total = int(counts[:, place].astype(np.int64).sum()) & 0xFFFF
        total = (total - (1 << 16) if total >> 15 else total) + (0 if checksums else 1)
        first = int(counts[0, place])
        lines.append(f"{file} {packing} {gain} 16 0 {first} {total} 0 {lead}")
    return "\n".join([*lines, "#Rhythm: sinus", ""])


def zipped(files: dict[str, bytes | str], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these files."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def unzipped(packed: bytes) -> dict[str, bytes]:
    """What a zip of ours holds."""
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def wfdb(counts: Counts, leads: Sequence[str], **options: str) -> bytes:
    """A record in a zip; `counts` is samples x leads."""
    header = wfdb_header(leads, counts, gain=options.get("gain", "500/mV"))
    return zipped({"a/rec.hea": header, "a/rec.dat": counts.astype("<i2").tobytes()})


def packed_212(numbers: Sequence[int]) -> bytes:
    """Two samples in three bytes (signal(5))."""
    pairs = zip(numbers[::2], numbers[1::2], strict=True)
    rows = [
        bytes([one & 0xFF, (one >> 8 & 0x0F) | (two >> 4 & 0xF0), two & 0xFF]) for one, two in pairs
    ]
    return b"".join(rows)


def packed_310(numbers: Sequence[int]) -> bytes:
    """Three samples in two words, bits 1 to 10 and 5 + 5."""
    rows = []
    for place in range(0, len(numbers), 3):
        one, two, three = (number & 0x3FF for number in numbers[place : place + 3])
        rows.append(
            struct.pack("<HH", one << 1 | (three & 31) << 11, two << 1 | (three >> 5) << 11)
        )
    return b"".join(rows)


def packed_311(numbers: Sequence[int]) -> bytes:
    """Three samples in four bytes."""
    rows = []
    for place in range(0, len(numbers), 3):
        one, two, three = (number & 0x3FF for number in numbers[place : place + 3])
        rows.append(struct.pack("<L", one | two << 10 | three << 20))
    return b"".join(rows)


ISHNE_CODES = {"X": 2, "Y": 3, "Z": 4, "I": 5, "II": 6, "III": 7, "aVR": 8, "aVL": 9, "aVF": 10}
ISHNE_CODES |= {f"V{n}": 10 + n for n in range(1, 7)}


def ishne(
    counts: Counts,
    leads: Sequence[str],
    *,
    rate: int = 200,
    nanovolts: int = 2500,
    announced: int | None = None,
    name: bytes = b"Anna",
) -> bytes:
    """A file; leads that are not named by a code are unknown."""
    codes = [ISHNE_CODES.get(lead, 0) for lead in leads] + [-9] * (12 - len(leads))
    size = len(counts) if announced is None else announced
    head = struct.pack("<llll", 0, size, 522, 522) + struct.pack("<h", 1)
    head += name.ljust(40, b"\0") + b"Obraztsova".ljust(40, b"\0") + bytes(20)
    head += struct.pack("<hh", 2, 0) + struct.pack("<3h", 23, 1, 1971)
    head += struct.pack("<3h", 25, 1, 2026) + struct.pack("<3h", 26, 1, 2026)
    head += struct.pack("<3h", 10, 59, 19) + struct.pack("<h", len(leads))
    head += struct.pack("<12h", *codes) + struct.pack("<12h", *[0] * 12)
    steps = [nanovolts] * len(leads) + [-9] * (12 - len(leads))
    head += struct.pack("<12h", *steps) + struct.pack("<h", 0) + bytes(40)
    head += struct.pack("<h", rate)
    head = head.ljust(512, b"\0")
    check = struct.pack("<H", binascii.crc_hqx(head, 0xFFFF))
    return b"ISHNE1.0" + check + head + counts.astype("<i2").tobytes()


def tag(number: int, value: bytes) -> bytes:
    """An MFER definition."""
    size = len(value)
    length = bytes([size]) if size < 128 else b"\x84" + size.to_bytes(4, "big")
    return bytes([number]) + length + value


MFER_PREAMBLE = tag(0x40, b"MFR Standard 12 leads ECG".ljust(32))
MFER_RATE = tag(0x0B, bytes([1, 0xFD, 2]))
"""0.002 s."""
MFER_STEP = tag(0x0C, bytes([0, 0xFA, 1]))
"""1 uV."""


def mfer_lead(place: int, number: int, more: bytes = b"") -> bytes:
    """An attribute: the lead of a channel."""
    value = tag(0x09, number.to_bytes(2, "little")) + more
    return b"\x3f" + bytes([place, len(value)]) + value


def mfer(
    counts: Counts,
    numbers: Sequence[int],
    *,
    rate: bytes = MFER_RATE,
    step: bytes = MFER_STEP,
    more: bytes = b"",
    big: bool = False,
) -> bytes:
    """A file of one block a channel; `counts` is samples x leads."""
    order: Literal["big", "little"] = "big" if big else "little"
    leads = b"".join(
        b"\x3f" + bytes([place, 4]) + tag(0x09, number.to_bytes(2, "big" if big else "little"))
        for place, number in enumerate(numbers)
    )
    body = tag(0x01, b"\0" if big else b"\1") + tag(0x05, bytes([len(numbers)]))
    body += tag(0x04, len(counts).to_bytes(4, order)) + tag(0x06, (1).to_bytes(2, order))
    wave = counts.T.astype(">i2" if big else "<i2").tobytes()
    return MFER_PREAMBLE + body + rate + step + leads + more + tag(0x1E, wave) + b"\x80"
