"""ECGs of every format with one field left out, zero or wrong; all else is sound.

Made of the formats' twins: five seconds of the same counts, so that calipers have room.
"""

import struct
from functools import cache
from typing import Final

from pydicom.dataset import Dataset

from tests.unit.studies import dicom_factory as make
from tests.unit.studies.ecg_files import binary, scp, xml
from tests.unit.studies.ecg_files.twins import (
    COUNTS,
    aecg,
    aecg_without,
    dicom,
    edf,
    in_channels,
    in_group,
    ishne_without,
    mfer,
    mfer_with_pressure,
    muse,
    muse_without,
    noted,
    own_names,
    pressure,
    put,
    scp_parts,
    sierra_that_claims,
    wfdb,
    wfdb_of,
    with_value,
)

MARKUP: Final = "<b>Ivanova</b>"
ESCAPED: Final = "&lt;b&gt;Ivanova&lt;/b&gt;"
BEYOND: Final = 7
"""Times as many samples as there are, announced by a file that is shorter."""
_NO_RATES: Final = (None, "0", "-500", "NaN")
Files = dict[str, bytes]


@cache
def without_scale() -> Files:
    """Sensitivity missing, zero, negative, in no voltage: no mV may come of any of them."""
    files = {
        "dicom missing": dicom(in_channels("ChannelSensitivity", None)),
        "dicom zero": dicom(in_channels("ChannelSensitivity", "0")),
        "dicom negative": dicom(in_channels("ChannelSensitivity", "-1.25")),
        "dicom nan": dicom(in_channels("ChannelSensitivity", "NaN")),
        "dicom correction zero": dicom(in_channels("ChannelSensitivityCorrectionFactor", "0")),
        "dicom unit": dicom(pressure),
        "scp zero": scp.record(scp_parts(nanovolts=0)),
        "edf unit": edf(unit="mmHg"),
        "edf reversed": edf(low="65534", high="-65536"),
        "edf no range": edf(low="5", high="5"),
        "edf+ unit": edf(plus=True, unit=""),
        "edf+ digital": edf(plus=True, least="7", most="7"),
        "wfdb zero": wfdb(gain="0/mmHg"),
        "wfdb negative": wfdb(gain="-200/mV"),
        "wfdb unit": wfdb(gain="200/mmHg"),
        "ishne zero": binary.ishne(COUNTS, make.TWELVE, nanovolts=0),
        "ishne negative": binary.ishne(COUNTS, make.TWELVE, nanovolts=-2500),
        "mfer missing": mfer(step=b""),
        "mfer zero": mfer(step=binary.tag(0x0C, bytes([0, 0xFA, 0]))),
        "mfer pressure": mfer(step=binary.tag(0x0C, bytes([1, 0, 1]))),
    }
    for value in ("", "0", "-2.5", "NaN", "abc"):
        files[f"aecg {value}"] = aecg(scale=f'<scale value="{value}" unit="uV"/>')
        files[f"muse {value}"] = muse(LeadAmplitudeUnitsPerBit=value)
        files[f"sierra {value}"] = xml.sierra(COUNTS, resolution=value)
    files["aecg missing"] = aecg(scale="")
    files["aecg unit"] = aecg(scale='<scale value="2.5" unit="ms"/>')
    files["muse unit"] = muse(LeadAmplitudeUnits="BANANAS")
    return files


@cache
def one_without_scale() -> dict[str, tuple[bytes, str]]:
    """Formats that scale each lead for itself: the file, and the lead that has no scale."""

    def v4(dataset: Dataset) -> None:
        put(dataset.WaveformSequence[0].ChannelDefinitionSequence[9], "ChannelSensitivity", "0")

    units = ["uV"] * 9 + ["mmHg"] + ["uV"] * 2
    header = binary.wfdb_header(make.TWELVE, COUNTS).replace("500/mV 16 0", "500/mmHg 16 0")
    lines = binary.wfdb_header(make.TWELVE, COUNTS).splitlines()
    lines[10] = header.splitlines()[10]
    return {
        "dicom": (dicom(v4), "V4"),
        "edf": (edf(units=units), "V4"),
        "edf+": (edf(plus=True, units=units), "V4"),
        "wfdb": (wfdb_of("\n".join(lines)), "V4"),
        "muse": (muse_without("V4"), "V4"),
        "mfer": (mfer_with_pressure(), "V4"),
        "aecg": (aecg_without(9), "V4"),
        "ishne": (ishne_without(9), "V4"),
    }


@cache
def without_rate() -> Files:
    """No time scale: neither a trace nor an interval may come of it."""
    files = {f"dicom {value}": dicom(in_group("SamplingFrequency", value)) for value in _NO_RATES}
    files |= {
        "scp zero": scp.record(scp_parts(interval_us=0)),
        "edf zero": edf(seconds="0"),
        "edf+ negative": edf(plus=True, seconds="-1"),
        "wfdb zero": wfdb(rate="0"),
        "wfdb negative": wfdb(rate="-500"),
        "ishne zero": binary.ishne(COUNTS, make.TWELVE, rate=0),
        "ishne negative": binary.ishne(COUNTS, make.TWELVE, rate=-200),
        "mfer zero": mfer(rate=binary.tag(0x0B, bytes([1, 0xFD, 0]))),
        "mfer missing": mfer(rate=b""),
        "aecg missing": aecg(increment=""),
        "aecg zero": aecg(increment='<increment value="0" unit="s"/>'),
        "aecg unit": aecg(increment='<increment value="0.002" unit="mm"/>'),
        "muse zero": xml.muse(xml.muse_wave(COUNTS[:, :8], base="0")),
        "muse negative": xml.muse(xml.muse_wave(COUNTS[:, :8], base="-500")),
        "sierra zero": xml.sierra(COUNTS, rate="0"),
        "sierra missing": xml.sierra(COUNTS, rate=""),
    }
    return files


@cache
def unknown_leads() -> Files:
    """Names that are none of the standard: as the device writes them, or by their number."""
    names = [f"<b>{place}" for place in range(12)]
    escaped = [f"&lt;b&gt;{place}" for place in range(12)]
    return {
        "dicom": dicom(own_names),
        "scp": scp.record(scp_parts(numbers=[200] * 12)),
        "aecg": xml.aecg(xml.aecg_sequences(COUNTS, [f"&#60;b&#62;{n}" for n in range(12)])),
        "muse": xml.muse(xml.muse_wave(COUNTS[:, :8], escaped[:8])),
        "edf": edf(leads=names),
        "edf+": edf(plus=True, leads=names),
        "wfdb": wfdb_of(binary.wfdb_header(names, COUNTS)),
        "ishne": binary.ishne(COUNTS, names),
        "mfer": binary.mfer(COUNTS, [200] * 12),
    }


@cache
def longer_than_the_file() -> Files:
    """More samples announced than there are."""
    many = BEYOND * len(COUNTS)
    header = binary.wfdb_header(make.TWELVE, COUNTS).replace(f" {len(COUNTS)} ", f" {many} ", 1)
    return {
        "dicom": dicom(in_group("NumberOfWaveformSamples", many)),
        "scp": scp.record(scp_parts(samples=many)),
        "edf": edf(count=str(BEYOND * 10)),
        "edf+": edf(plus=True, count=str(BEYOND * 10)),
        "wfdb": wfdb_of(header),
        "ishne": binary.ishne(COUNTS, make.TWELVE, announced=many),
        "muse": muse(LeadSampleCountTotal=str(many)),
        "sierra": sierra_that_claims(2 * many),
    }


@cache
def absurd_device_values() -> Files:
    """Intervals and rates that no heart has, where the device had nothing to say."""
    files = {}
    for value in ("0", "-1", "65535", "29999", "NaN", ""):
        note = make.measurement("5.13.5-11", "QT Interval", "368", "ms")
        put(note, "NumericValue", value)
        words = value.encode()
        files[f"dicom {value}"] = dicom(noted(note))
        files[f"aecg {value}"] = xml.aecg(
            xml.aecg_sequences(COUNTS), notes=xml.aecg_note("MDC_ECG_TIME_PD_QT", value, "ms")
        )
        files[f"muse {value}"] = with_value(muse(), b"<PRInterval>144", b"90", words)
        files[f"sierra {value}"] = with_value(xml.sierra(COUNTS), b"<heartrate>41", b"-21", words)
    for number in (0, 29999, 65535):
        intervals = struct.pack("<5H3h", *[number] * 5, 29999, 29999, 29999)
        body = struct.pack("<BBHH", 1, 0, number, 0) + intervals
        files[f"scp {number}"] = scp.record({**scp_parts(), 7: body})
    return files


@cache
def named_with_markup() -> Files:
    """The patient's name is written as if it were HTML; WFDB names leads alone."""
    plain = MARKUP.encode()
    return {
        "dicom": dicom(lambda dataset: setattr(dataset, "PatientName", MARKUP)),
        "scp": scp.record(scp_parts(name=plain + b"\0")),
        "aecg": xml.aecg(xml.aecg_sequences(COUNTS), name=ESCAPED),
        "muse": xml.muse(xml.muse_wave(COUNTS[:, :8]), name=ESCAPED.encode()),
        "sierra": xml.sierra(COUNTS, name=ESCAPED),
        "edf": edf(patient=plain),
        "edf+": edf(plus=True, patient=b"X F 23-JAN-1971 " + plain),
        "ishne": binary.ishne(COUNTS, make.TWELVE, name=plain),
        "mfer": mfer(more=binary.tag(0x81, plain)),
        "wfdb": wfdb_of(binary.wfdb_header([MARKUP, *make.TWELVE[1:]], COUNTS)),
    }
