"""ECGs in XML: HL7 aECG, GE MUSE, Philips Sierra."""

import base64
import binascii
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

EIGHT = ("I", "II", "V1", "V2", "V3", "V4", "V5", "V6")
TWELVE = ("I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6")

Counts = npt.NDArray[np.int16]


def aecg_sequences(
    counts: Counts,
    leads: Sequence[str] = TWELVE,
    *,
    increment: str = '<increment value="0.002" unit="s"/>',
    scale: str = '<scale value="2.5" unit="uV"/>',
    origin: str = '<origin value="0" unit="uV"/>',
) -> str:
    """A sequenceSet; `counts` is samples x leads."""
    time = f'<code code="TIME_ABSOLUTE"/><value>{increment}</value>'
    parts = [f"<component><sequence>{time}</sequence></component>"]
    for place, lead in enumerate(leads):
        digits = " ".join(str(one) for one in counts[:, place])
        value = f"<value>{origin}{scale}<digits>{digits}</digits></value>"
        code = f'<code code="MDC_ECG_LEAD_{lead.upper()}"/>'
        parts.append(f"<component><sequence>{code}{value}</sequence></component>")
    return f"<component><sequenceSet>{''.join(parts)}</sequenceSet></component>"


def aecg_note(code: str, value: str, unit: str, *, lead: str = "") -> str:
    """An annotation, of one lead or of all."""
    boundary = f'<boundary><code code="MDC_ECG_LEAD_{lead}"/></boundary>'
    roi = f"<supportingROI><component>{boundary}</component></supportingROI>"
    support = f"<support>{roi}</support>" if lead else ""
    inner = f'<code code="{code}"/><value value="{value}" unit="{unit}"/>{support}'
    return f"<component><annotation>{inner}</annotation></component>"


def aecg(sequences: str, *, notes: str = "", derived: str = "", name: str = "Анна") -> bytes:
    """A document: born 1953-05-08, recorded 2002-11-22 at 09:10:00."""
    person = f'<name>{name}</name><birthTime value="19530508"/>'
    series = f'<code code="RHYTHM"/>{sequences}<annotationSet>{notes}</annotationSet>'
    if derived:
        beat = f'<code code="REPRESENTATIVE_BEAT"/>{derived}'
        series += f"<derivation><derivedSeries>{beat}</derivedSeries></derivation>"
    return (
        '<?xml version="1.0" encoding="utf-8"?><!-- sample -->'
        '<AnnotatedECG xmlns="urn:hl7-org:v3">'
        '<effectiveTime><center value="20021122091000"/></effectiveTime>'
        f"<subjectDemographicPerson>{person}</subjectDemographicPerson>"
        f"<component><series>{series}</series></component></AnnotatedECG>"
    ).encode()


def muse_lead(name: str, counts: Counts, **changed: str) -> str:
    """A LeadData element of 4.88 uV a number; `changed` replaces, None leaves out."""
    raw = counts.astype("<i2").tobytes()
    fields = {
        "LeadSampleCountTotal": str(len(counts)),
        "LeadAmplitudeUnitsPerBit": "4.88",
        "LeadAmplitudeUnits": "MICROVOLTS",
        "LeadID": name,
        "LeadSampleSize": "2",
        "LeadDataCRC32": str(binascii.crc32(raw)),
        "WaveFormData": base64.encodebytes(raw).decode(),
        **changed,
    }
    inner = "".join(f"<{tag}>{value}</{tag}>" for tag, value in fields.items())
    return f"<LeadData>{inner}</LeadData>"


def muse_wave(
    counts: Counts,
    leads: Sequence[str] = EIGHT,
    *,
    kind: str = "Rhythm",
    base: str = "500",
    exponent: str = "0",
    **changed: str,
) -> str:
    """A Waveform; `counts` is samples x leads."""
    data = "".join(muse_lead(name, counts[:, n], **changed) for n, name in enumerate(leads))
    return (
        f"<Waveform><WaveformType>{kind}</WaveformType><SampleBase>{base}</SampleBase>"
        f"<SampleExponent>{exponent}</SampleExponent><HighPassFilter>56</HighPassFilter>"
        f"<LowPassFilter>150</LowPassFilter><ACFilter>50</ACFilter>{data}</Waveform>"
    )


def muse(*waves: str, name: bytes = b"DOE", encoding: str = "ISO-8859-1") -> bytes:
    """A document: born 1979-07-08, recorded 2023-04-29 at 22:41:16; two sentences in three."""
    head = (
        f'<?xml version="1.0" encoding="{encoding}"?>\n<!DOCTYPE RestingECG SYSTEM "restecg.dtd">'
        "<RestingECG><PatientDemographics><DateofBirth>07-08-1979</DateofBirth><PatientLastName>"
    ).encode()
    rest = (
        "</PatientLastName></PatientDemographics><TestDemographics>"
        "<AcquisitionTime>22:41:16</AcquisitionTime><AcquisitionDate>04-29-2023</AcquisitionDate>"
        "</TestDemographics><RestingECGMeasurements><VentricularRate>90</VentricularRate>"
        "<PRInterval>144</PRInterval><QRSDuration>0</QRSDuration><RAxis>0</RAxis>"
        "</RestingECGMeasurements><Diagnosis>"
        "<DiagnosisStatement><StmtText>Anterior infarct</StmtText></DiagnosisStatement>"
        "<DiagnosisStatement><StmtFlag>ENDSLINE</StmtFlag><StmtText>, age undetermined</StmtText>"
        "</DiagnosisStatement><DiagnosisStatement><StmtFlag>ENDSLINE</StmtFlag>"
        "<StmtText>&lt;b&gt;Abnormal&lt;/b&gt;</StmtText></DiagnosisStatement></Diagnosis>"
        f"{''.join(waves)}</RestingECG>"
    ).encode()
    return head + name + rest


def xli(counts: Counts) -> bytes:
    """XLI chunks of leads that are already what is stored; LZW codes stay below the table."""
    chunks = []
    for lead in counts.T.astype(np.int64):
        deltas = np.zeros(len(lead), np.int64)
        deltas[:2] = lead[:2]
        # z = 2y - x - last, where last is the step before, less 64
        wanted = 2 * lead[1:-1] - lead[:-2] - lead[2:]
        first = int(wanted[0]) if len(wanted) else 0
        deltas[2:-1] = wanted[1:] + 64
        words = deltas.astype(np.int16).view(np.uint16)
        plain = (words >> 8).astype(np.uint8).tobytes() + (words & 0xFF).astype(np.uint8).tobytes()
        packed = _ten_bits(list(plain))
        chunks.append(
            len(packed).to_bytes(4, "little")
            + b"\1\0"
            + (first & 0xFFFF).to_bytes(2, "little")
            + packed
        )
    return b"".join(chunks)


def _ten_bits(codes: list[int]) -> bytes:
    """LZW that never uses what it could remember."""
    joined = "".join(f"{code:010b}" for code in codes)
    joined += "1" * (-len(joined) % 8)
    return int(joined, 2).to_bytes(len(joined) // 8, "big")


def sierra(
    counts: Counts,
    *,
    packing: str = "XLI",
    rate: str = "500",
    resolution: str = "5",
    name: str = "Иванова",
    beats: str = "",
) -> bytes:
    """A document of 12 leads; with XLI the limb leads are stored as residuals."""
    duration = len(counts) * 2
    if packing == "XLI":
        attributes = 'compressflag="True" compressmethod="XLI" dataencoding="Base64"'
        text = base64.b64encode(xli(_residuals(counts))).decode()
    else:
        attributes = 'compressflag="False" dataencoding="Base64"'
        text = base64.b64encode(counts.T.astype("<i2").tobytes()).decode()
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<restingecgdata xmlns="http://www3.medical.philips.com">'
        '<dataacquisition date="2011-12-01" time="07:27:34"><signalcharacteristics>'
        f"<samplingrate>{rate}</samplingrate><signalresolution>{resolution}</signalresolution>"
        "<signalbandwidth>0.05-150</signalbandwidth><acquisitiontype>STD-12</acquisitiontype>"
        "<signaloffset>0</signaloffset><numberchannelsallocated>12</numberchannelsallocated>"
        "</signalcharacteristics></dataacquisition><patient><generalpatientdata><name>"
        f"<lastname>{name}</lastname><firstname>---</firstname></name></generalpatientdata>"
        "</patient><interpretations><interpretation><interpretationmeasurements>"
        "<heartrate>41</heartrate><meanprint>Failed</meanprint><qrsfrontaxis>-21</qrsfrontaxis>"
        "</interpretationmeasurements><statement><leftstatement>Sinus bradycardia</leftstatement>"
        "<rightstatement>rate&lt; 50</rightstatement></statement></interpretation>"
        f"</interpretations><waveforms><parsedwaveforms {attributes} "
        f'durationperchannel="{duration}">{text}</parsedwaveforms>{beats}</waveforms>'
        "</restingecgdata>"
    ).encode()


def _residuals(counts: Counts) -> Counts:
    """What XLI keeps of III and the augmented leads, given I and II."""
    stored = counts.astype(np.int64)
    one, two, three, right, left, foot = (counts[:, n].astype(np.int64) for n in range(6))
    stored[:, 2] = two - one - three
    stored[:, 3] = -right - (one + two) // 2
    stored[:, 4] = (one - three) // 2 - left
    stored[:, 5] = (two + three) // 2 - foot
    return stored.astype(np.int16)
