"""Sound files of every format, generated and (where they are) real, for mutations to begin with."""

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
from pydicom.dataset import Dataset
from pydicom.uid import DeflatedExplicitVRLittleEndian, ImplicitVRLittleEndian

from tests.shared_data import SHARED_DATA, shared_file
from tests.unit.studies import dicom_factory as make
from tests.unit.studies.ecg_files import binary, scp, xml
from workstation.studies.ecg import EcgRecord
from workstation.studies.readers.opening import open_file

Counts = npt.NDArray[np.int16]

_REAL = (
    "dicom_12lead_mortara_1000hz.dcm",
    "dicom_12lead_clark_500hz.dcm",
    "scp_clark.scp",
    "aecg_clark.xml",
    "muse_sinus.xml",
    "philips_sierra_103.xml",
    "edf_utf8.edf",
    "edfplus_ludb1.edf",
)
_REAL_SETS = {"muse-sinus": ("hea", "dat"), "ludb/1": ("hea", "dat")}
_NAMES = (b"Obraztsova", b"Clark", b"Anna", "Иванова".encode())


@dataclass(frozen=True, slots=True)
class Specimen:
    """A sound file, and the bytes in it that are words and nothing else."""

    name: str
    data: bytes
    record: EcgRecord
    words: tuple[tuple[int, int], ...]
    """Ranges [start, stop) of a name: whatever stands there, the numbers stay."""


@cache
def generated() -> tuple[Specimen, ...]:
    """One of each format and packing, 200 samples of twelve leads."""
    counts = make.heart_counts(200, 12)
    return tuple(_specimen(name, data) for name, data in _files(counts).items())


@cache
def real() -> tuple[Specimen, ...]:
    """The sample files beside the checkout; none where they are not there."""
    if not SHARED_DATA.is_dir():
        return ()
    files = {name: shared_file(f"ecg/{name}") for name in _REAL}
    for name, parts in _REAL_SETS.items():
        folder, _, base = name.rpartition("/")
        prefix = f"{folder}/" if folder else ""
        files[name] = binary.zipped(
            {f"{base}.{part}": shared_file(f"ecg/{prefix}{base}.{part}") for part in parts}
        )
    return tuple(_specimen(name, data) for name, data in files.items())


def parts_of_scp(counts: Counts, *, huffman: bool = True) -> dict[int, bytes]:
    """Sections of a record of twelve leads."""
    return {
        1: scp.patient(),
        **({2: scp.STANDARD_TABLE} if huffman else {}),
        3: scp.leads(make.TWELVE, len(counts)),
        6: scp.data(counts, differences=2, huffman=huffman),
        7: scp.measurements(),
        8: scp.statements(b"Sinus rhythm"),
    }


def without_sign(counts: Counts) -> Dataset:
    """A multiplex group of 16 bits without a sign, 0 in their middle."""
    group = make.waveform(counts)
    group.WaveformSampleInterpretation = "US"
    group.WaveformData = (counts.astype(np.int32) + 32768).astype("<u2").tobytes()
    return group


def wide_wfdb(counts: Counts) -> bytes:
    """A record of 24 bits."""
    header = binary.wfdb_header(make.TWELVE, counts, packing="24")
    raw = counts.astype("<i4").view(np.uint8).reshape(-1, 4)[:, :3].tobytes()
    return binary.zipped({"rec.hea": header, "rec.dat": raw})


def _files(counts: Counts) -> dict[str, bytes]:
    dataset = [make.waveform(counts), make.waveform(counts[:60], label="MEDIAN BEAT")]
    own_code = parts_of_scp(counts) | {
        2: scp.own_table(),
        6: scp.data(counts, huffman=True),
    }
    records = [[*one, binary.edf_note(n)] for n, one in enumerate(binary.edf_records(counts, 100))]
    signals = [binary.edf_signal(lead, 100) for lead in make.TWELVE]
    notes = binary.edf_signal("EDF Annotations", 60)
    beat = xml.aecg_sequences(counts[:50])
    return {
        "dicom": make.written(make.ecg(dataset)),
        "dicom implicit": make.written(make.ecg(dataset), ImplicitVRLittleEndian),
        "dicom deflated": make.written(make.ecg(dataset), DeflatedExplicitVRLittleEndian),
        "dicom unsigned": make.written(make.ecg([without_sign(counts)])),
        "scp": scp.record(parts_of_scp(counts)),
        "scp plain": scp.record(parts_of_scp(counts, huffman=False)),
        "scp own code": scp.record(own_code),
        "aecg": xml.aecg(xml.aecg_sequences(counts), derived=beat),
        "muse": xml.muse(xml.muse_wave(counts[:, :8]), xml.muse_wave(counts[:, :8], kind="Median")),
        "sierra": xml.sierra(counts),
        "sierra plain": xml.sierra(counts, packing=""),
        "edf": binary.edf([*signals, notes], records, kind="EDF+D"),
        "edf old": binary.edf(signals, [one[:-1] for one in records]),
        "wfdb": binary.wfdb(counts, make.TWELVE),
        "wfdb 24": wide_wfdb(counts),
        "ishne": binary.ishne(counts, make.TWELVE),
        "mfer": binary.mfer(counts, (1, 2, 61, 62, 63, 64, 3, 4, 5, 6, 7, 8)),
    }


def _specimen(name: str, data: bytes) -> Specimen:
    record = open_file(memoryview(data))
    assert isinstance(record, EcgRecord)
    return Specimen(name, data, record, _words(name, data))


def _words(name: str, data: bytes) -> tuple[tuple[int, int], ...]:
    """Only where the name stands once and in clear: a statement may be cut into pieces."""
    packed = data[:2] == b"PK" or "deflated" in name
    found = [word for word in _NAMES if data.count(word) == 1]
    return () if packed else tuple((at := data.index(w), at + len(w)) for w in found)
