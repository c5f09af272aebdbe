"""Hostile uploads as they would lie in a case: one list for the window's tests and benchmarks."""

import random
import zlib
from collections.abc import Iterator
from functools import cache

from pydicom.dataset import Dataset

from tests.unit.studies import dicom_factory as make
from tests.unit.studies.ecg_files import binary, scp, xml
from tests.unit.studies.ecg_fuzz.bombs import BOMBS
from tests.unit.studies.test_hostile_ecg import originals
from tests.unit.studies.test_hostile_files import claims_65500, deflate_bomb, nested

CUTS = (10, 50, 90)
_SPINNING = b"1 0 0 RG 0 0 m 100 100 l S\n" * 200_000
"""Strokes of one content stream: 5 MB that deflate to some kilobytes."""


@cache
def sound_files() -> dict[str, bytes]:
    """One of each ECG format."""
    return {"dicom": make.ecg_file(), **originals()}


def truncated() -> Iterator[tuple[str, bytes]]:
    """Each format, cut off at 10, 50 and 90 % of its bytes."""
    for kind, whole in sound_files().items():
        for share in CUTS:
            yield f"{kind} {share} %", whole[: len(whole) * share // 100]


def huge_claims() -> Iterator[tuple[str, bytes]]:
    """Small files whose headers claim terabytes."""
    counts = make.heart_counts(200, 12)
    signals = [binary.edf_signal(lead, 100) for lead in make.TWELVE]
    records = binary.edf_records(counts, 100)
    yield "rows and columns", make.clip_file(2, _all_there_is)
    yield "dicom samples", make.ecg_file(_four_milliards)
    yield "edf records", binary.edf(signals, records, count="99999999")
    wide = [binary.edf_signal(lead, 99_999_999) for lead in make.TWELVE]
    yield "edf samples", binary.edf(wide, records)
    yield "ishne samples", binary.ishne(counts, make.TWELVE, announced=2**31 - 1)
    head = binary.wfdb_header(make.TWELVE, counts).replace(" 200 10:59", " 4294967295 10:59")
    yield "wfdb samples", binary.zipped({"a.hea": head, "rec.dat": counts.tobytes()})
    lying = {2: scp.STANDARD_TABLE, 3: scp.leads(make.TWELVE, 2**31), 6: scp.data(counts)}
    yield "scp samples", scp.record(lying)
    blocks = binary.tag(0x04, b"\xff\xff\xff\x7f") + binary.tag(0x06, b"\xff\xff")
    yield "mfer blocks", binary.mfer(counts, (1, 2, 61, 62, 63, 64, 3, 4, 5, 6, 7, 8), more=blocks)
    muse = xml.muse_wave(counts[:, :8], LeadSampleCountTotal="99999999999")
    yield "muse samples", xml.muse(muse)


def bombs() -> Iterator[tuple[str, bytes]]:
    """Nested, packed and endless ones."""
    yield "nested sequences", nested(20_000)
    yield "deflated gigabyte", deflate_bomb()
    yield "entities", _laughs()
    yield "jpeg of 65500 x 65500 in dicom", claims_65500()
    yield "jpeg of 65500 x 65500", jpeg_of_65500()
    for maker in BOMBS:
        case = maker(random.Random(20261122))
        yield case.name, case.data


def pdfs() -> Iterator[tuple[str, bytes]]:
    """Documents that would keep the page's painter busy."""
    yield "pdf of strokes", pdf_of(_SPINNING)
    yield "pdf of forms", pdf_of(b"/X Do\n" * 5000, recursive=True)


def jpeg_of_65500() -> bytes:
    """A photo whose own header claims 4 gigapixels."""
    photo = bytearray(make.jpeg(make.colour_frame(0)))
    start = photo.index(b"\xff\xc0") + 5
    photo[start : start + 4] = (65500).to_bytes(2, "big") * 2
    return bytes(photo)


def pdf_of(content: bytes, *, recursive: bool = False) -> bytes:
    """One page with this content, deflated; `/X` is a form that draws the next one 5000 times."""
    forms = 4 if recursive else 0
    resources = b"<< /XObject << /X 5 0 R >> >>" if recursive else b"<< >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Contents 4 0 R "
        b"/Resources " + resources + b" >>",
        _stream(content, b""),
    ]
    for place in range(forms):
        inner = b"<< /XObject << /X " + str(6 + place).encode() + b" 0 R >> >>"
        about = b"/Type /XObject /Subtype /Form /BBox [0 0 300 300] /Resources " + inner
        last = place == forms - 1
        objects.append(_stream(b"0 0 m 9 9 l S" if last else content, about))
    return _pdf(objects)


def _stream(content: bytes, about: bytes) -> bytes:
    packed = zlib.compress(content, 9)
    head = b"<< /Length %d /Filter /FlateDecode " % len(packed)
    return head + about + b" >>\nstream\n" + packed + b"\nendstream"


def _pdf(objects: list[bytes]) -> bytes:
    body, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n" % number + one + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    xref = b"xref\n0 %d\n0000000000 65535 f \n" % size + table
    trailer = b"trailer << /Size %d /Root 1 0 R >>\n" % size
    return body + xref + trailer + b"startxref\n%d\n%%%%EOF\n" % len(body)


def _all_there_is(dataset: Dataset) -> None:
    dataset.Rows = dataset.Columns = 65535


def _four_milliards(dataset: Dataset) -> None:
    dataset.WaveformSequence[0].NumberOfWaveformSamples = 4294967295


def _laughs() -> bytes:
    """A milliard of words in ten entities."""
    lines = ['<!ENTITY a0 "lol">']
    lines += [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)]
    return f"<!DOCTYPE RestingECG [{''.join(lines)}]><RestingECG>&a9;</RestingECG>".encode()
