"""ECGs of each format for the benchmarks: real ones where they are, else made-up twins."""

from typing import Final

from backend.demo_data.files.ecg_shapes import SHAPES
from backend.demo_data.files.ecg_signal import make_trace
from tests.shared_data import SHARED_DATA, shared_file
from tests.unit.studies import dicom_factory as make
from tests.unit.studies.ecg_files import scp, xml

_REAL: Final = {
    "DICOM": "dicom_12lead_mortara_1000hz.dcm",
    "SCP-ECG": "scp_clark.scp",
    "HL7 aECG": "aecg_clark.xml",
    "GE MUSE": "muse_sinus.xml",
    "Philips": "philips_sierra_103.xml",
}


def ecg_files() -> dict[str, bytes]:
    """By format; ten seconds of twelve leads each."""
    if SHARED_DATA.is_dir():
        return {name: shared_file(f"ecg/{file}") for name, file in _REAL.items()}
    counts = make_trace(SHAPES["normal"], "measured").samples.T
    sections = {
        1: scp.patient(),
        2: scp.STANDARD_TABLE,
        3: scp.leads(make.TWELVE, len(counts)),
        6: scp.data(counts, differences=2, huffman=True),
    }
    return {
        "DICOM": make.written(make.ecg([make.waveform(counts, rate="500", sensitivity="1")])),
        "SCP-ECG": scp.record(sections),
        "HL7 aECG": xml.aecg(xml.aecg_sequences(counts)),
        "GE MUSE": xml.muse(xml.muse_wave(counts[:, [0, 1, *range(6, 12)]])),
        "Philips": xml.sierra(counts),
    }
