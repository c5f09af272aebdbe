"""Small ECGs of each format, with a part that can be changed: all of the same counts."""

import struct
from collections.abc import Callable, Sequence
from typing import Final

from pydicom.datadict import tag_for_keyword
from pydicom.dataelem import DataElement
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence as DicomSequence

from tests.unit.studies import dicom_factory as make
from tests.unit.studies.ecg_files import binary, scp, xml

COUNTS: Final = make.heart_counts(1000, 12)
_RATE: Final = 100
_MFER_LEADS: Final = (1, 2, 61, 62, 63, 64, 3, 4, 5, 6, 7, 8)


def dicom(change: Callable[[Dataset], None]) -> bytes:
    """Twelve leads, changed."""
    dataset = make.ecg([make.waveform(COUNTS, rate="200")])
    change(dataset)
    return make.written(dataset)


def edf(
    *,
    plus: bool = False,
    leads: Sequence[str] = make.TWELVE,
    units: list[str] | None = None,
    patient: bytes = b"Obraztsova",
    count: str = "",
    seconds: str = "1",
    **changed: str,
) -> bytes:
    """Ten records of 100 samples; EDF+ with the records' own times."""
    signals = [binary.edf_signal(lead, _RATE, **changed) for lead in leads]
    for signal, unit in zip(signals, units or (), strict=False):
        signal["unit"] = unit
    records = binary.edf_records(COUNTS, _RATE)
    if plus:
        signals.append(binary.edf_signal("EDF Annotations", 60))
        records = [[*one, binary.edf_note(place)] for place, one in enumerate(records)]
    kind = "EDF+C" if plus else ""
    return binary.edf(signals, records, kind=kind, patient=patient, count=count, seconds=seconds)


def aecg(**changed: str) -> bytes:
    """With other parts of its sequences."""
    return xml.aecg(xml.aecg_sequences(COUNTS, **changed))


def muse(**changed: str) -> bytes:
    """With other fields in each lead."""
    return xml.muse(xml.muse_wave(COUNTS[:, :8], **changed))


def mfer(
    *, step: bytes = binary.MFER_STEP, rate: bytes = binary.MFER_RATE, more: bytes = b""
) -> bytes:
    """Twelve leads."""
    return binary.mfer(COUNTS, _MFER_LEADS, step=step, rate=rate, more=more)


def wfdb(*, gain: str = "500/mV", rate: str = "500") -> bytes:
    """With another gain or rate."""
    return wfdb_of(binary.wfdb_header(make.TWELVE, COUNTS, gain=gain, rate=rate))


def wfdb_of(header: str) -> bytes:
    """The samples in a zip with this header."""
    return binary.zipped({"rec.hea": header, "rec.dat": COUNTS.astype("<i2").tobytes()})


def scp_parts(
    *,
    nanovolts: int = 2500,
    interval_us: int = 5000,
    numbers: list[int] | None = None,
    samples: int = len(COUNTS),
    name: bytes = b"Obraztsova\0",
) -> dict[int, bytes]:
    """Its sections' bodies."""
    return {
        1: scp.patient(name),
        2: scp.STANDARD_TABLE,
        3: scp.leads(numbers or make.TWELVE, samples),
        6: scp.data(COUNTS, nanovolts=nanovolts, interval_us=interval_us, huffman=True),
    }


def in_channels(keyword: str, value: str | None) -> Callable[[Dataset], None]:
    """Another value in all channels; None leaves the element out."""

    def change(dataset: Dataset) -> None:
        for channel in dataset.WaveformSequence[0].ChannelDefinitionSequence:
            put(channel, keyword, value)

    return change


def in_group(keyword: str, value: str | int | None) -> Callable[[Dataset], None]:
    """Another value in the multiplex group."""

    def change(dataset: Dataset) -> None:
        if isinstance(value, int):
            setattr(dataset.WaveformSequence[0], keyword, value)
        else:
            put(dataset.WaveformSequence[0], keyword, value)

    return change


def put(dataset: Dataset, keyword: str, value: str | None) -> None:
    """A decimal string as a file may hold it, whatever pydicom thinks of it; None leaves it out."""
    tag = tag_for_keyword(keyword)
    assert tag is not None
    if keyword in dataset:
        del dataset[tag]
    if value is not None:
        dataset[tag] = DataElement(tag, "DS", value, already_converted=True)


def pressure(dataset: Dataset) -> None:
    """All channels are in mmHg."""
    for channel in dataset.WaveformSequence[0].ChannelDefinitionSequence:
        channel.ChannelSensitivityUnitsSequence = make.code("mm[Hg]", "", "UCUM")


def own_names(dataset: Dataset) -> None:
    """Leads that no table knows."""
    for place, channel in enumerate(dataset.WaveformSequence[0].ChannelDefinitionSequence):
        channel.ChannelSourceSequence = make.code("x:999", f"<b>{place}")


def muse_without(lead: str) -> bytes:
    """A lead of 0 uV a number."""
    sound = muse()
    head, name, tail = sound.partition(f"<LeadID>{lead}</LeadID>".encode())
    before, _, after = head.rpartition(b"<LeadAmplitudeUnitsPerBit>4.88</")
    return before + b"<LeadAmplitudeUnitsPerBit>0</" + after + name + tail


def aecg_without(place: int) -> bytes:
    """The lead at that place has a scale of 0."""
    scale = b'<scale value="2.5" unit="uV"/>'
    parts = aecg().split(scale)
    head, tail = scale.join(parts[: place + 1]), scale.join(parts[place + 1 :])
    return head + scale.replace(b"2.5", b"0") + tail


def ishne_without(place: int) -> bytes:
    """The lead at that place has 0 nV a number; the header's checksum is wrong, then, too."""
    steps = [2500] * 12
    sound = binary.ishne(COUNTS, make.TWELVE)
    wrong = [0 if n == place else step for n, step in enumerate(steps)]
    return sound.replace(struct.pack("<12h", *steps), struct.pack("<12h", *wrong), 1)


def noted(note: Dataset) -> Callable[[Dataset], None]:
    """With this value by the device."""

    def change(dataset: Dataset) -> None:
        dataset.WaveformAnnotationSequence = DicomSequence([note])

    return change


def with_value(data: bytes, interval: bytes, other: bytes, value: bytes) -> bytes:
    """The interval is `value`, and so is the other number; an axis of 0 is one, and goes."""
    tag = interval.partition(b">")[0] + b">"
    data = data.replace(interval, tag + value).replace(b">" + other + b"</", b">" + value + b"</")
    return data.replace(b"<RAxis>0<", b"<RAxis><")


def mfer_with_pressure() -> bytes:
    """The step of channel 9 alone, in its attribute, is in mmHg."""
    sound = mfer()
    lead = b"\x3f" + bytes([9, 4]) + binary.tag(0x09, (6).to_bytes(2, "little"))
    assert lead in sound
    return sound.replace(lead, binary.mfer_lead(9, 6, binary.tag(0x0C, bytes([1, 0, 1]))))


def sierra_that_claims(milliseconds: int) -> bytes:
    """Its leads are said to last so long."""
    sound = xml.sierra(COUNTS)
    said = f'durationperchannel="{2 * len(COUNTS)}"'.encode()
    assert said in sound
    return sound.replace(said, f'durationperchannel="{milliseconds}"'.encode())
