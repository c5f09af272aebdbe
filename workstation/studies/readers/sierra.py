"""Philips Sierra ECG XML 1.03 and 1.04 (PageWriter, TraceMasterVue, IntelliSpace)."""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Final

import numpy as np

from workstation.studies.ecg import (
    STANDARD_LEADS,
    DeviceMeasurement,
    DeviceQuantity,
    EcgRecord,
    RecordedFilter,
    RecordingKind,
)
from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.patient_sex import sex_by_word
from workstation.studies.readers import xli
from workstation.studies.readers.ecg_assembly import assembled, check_size, plausible_rate
from workstation.studies.readers.ecg_leads import labelled_lead
from workstation.studies.readers.ecg_parts import FoundFacts, FoundLead, FoundRecording
from workstation.studies.readers.ecg_samples import Calibration, calibration
from workstation.studies.readers.ecg_values import (
    count,
    day_of,
    measured,
    number,
    unpacked,
    whole_numbers,
)
from workstation.studies.readers.letters import Text
from workstation.studies.readers.xli import Numbers
from workstation.studies.readers.xml_tree import Document, Node, parse
from workstation.studies.warnings import StudyWarning

_VALUES: Final = (
    ("heartrate", DeviceQuantity.HEART_RATE, "/min"),
    ("meanprint", DeviceQuantity.PR, "ms"),
    ("meanqrsdur", DeviceQuantity.QRS, "ms"),
    ("meanqtint", DeviceQuantity.QT, "ms"),
    ("meanqtc", DeviceQuantity.QTC, "ms"),
    ("pfrontaxis", DeviceQuantity.P_AXIS, "deg"),
    ("qrsfrontaxis", DeviceQuantity.QRS_AXIS, "deg"),
    ("tfrontaxis", DeviceQuantity.T_AXIS, "deg"),
)
_TWELVE_SETS: Final = ("STD-12", "10-WIRE")
_PLACEHOLDER: Final = "---"
_MOST: Final = 500


def read_sierra(data: memoryview) -> EcgRecord:
    """The rhythm, representative beats beside it.

    Raises:
        UnreadableFile: it cannot be shown.
    """
    document = parse(data)
    root = document.root
    waves = next(root.within("parsedwaveforms"), None)
    if waves is None:
        raise UnreadableFile(Unreadable.NO_PICTURE)
    facts = FoundFacts("Philips Sierra XML")
    signal = root.first("dataacquisition", "signalcharacteristics")
    found = [_rhythm(waves, signal, facts)]
    found += [beats for node in root.within("repbeats") if (beats := _beats(node, found[0]))]
    person = root.first("patient", "generalpatientdata")
    facts.patient_name = _name(document, person)
    born = next(person.within("dateofbirth"), Node("", {})).text.split("-")
    facts.birth_date = day_of(*born) if len(born) == 3 else None
    facts.sex = sex_by_word(person.first("sex").text)
    facts.recorded_on, facts.recorded_at = _moment(root.first("dataacquisition").attributes)
    facts.filter_note = _filter(waves, signal)
    opinion = next(root.within("interpretation"), Node("", {}))
    facts.measurements = tuple(_measurements(opinion.first("interpretationmeasurements")))
    facts.statements = tuple(_statements(document, opinion))[:_MOST]
    return assembled(found, facts)


def _rhythm(waves: Node, signal: Node, facts: FoundFacts) -> FoundRecording:
    rate = plausible_rate(
        number(_given(waves, signal, "samplespersecond"))
        or number(signal.first("samplingrate").text)
    )
    labels = _labels(waves, signal)
    duration = number(waves.attributes.get("durationperchannel", ""))
    expected = round(duration * rate / 1000) if duration and duration > 0 else 0
    check_size(len(labels), max(expected, 1))
    numbers = _numbers(waves, signal, labels, expected)
    whole = len(numbers) == len(labels) and all(len(one) >= expected for one in numbers)
    if not whole:
        facts.warnings.add(StudyWarning.SAMPLES_MISSING)
    scale = _scale(waves, signal)
    leads = tuple(
        FoundLead(label, labelled_lead(label), one[: expected or None], scale)
        for label, one in zip(labels, numbers, strict=False)
    )
    return FoundRecording(leads, rate, "RHYTHM")


def _given(waves: Node, signal: Node, name: str) -> str:
    """What the waveform says of itself, else what the recording's characteristics say."""
    return waves.attributes.get(name, "") or signal.first(name).text


def _labels(waves: Node, signal: Node) -> list[str]:
    """Names of the leads, in the order in which they are stored."""
    stated = count(waves.attributes.get("numberofleads", ""))
    named = waves.attributes.get("leadlabels", "").split()
    if named:
        return named[: stated or None]
    channels = count(signal.first("numberchannelsallocated").text) or 0
    channels = channels or count(signal.first("numberchannelsvalid").text) or 0
    sets = (signal.first("acquisitiontype").text, signal.first("leadset").text)
    known = STANDARD_LEADS if any(one in _TWELVE_SETS for one in sets) else ()
    check_size(max(channels, 1), 1)
    return [known[n] if n < len(known) else f"? {n + 1}" for n in range(channels)]


def _numbers(waves: Node, signal: Node, labels: list[str], expected: int) -> list[Numbers]:
    """The stored numbers of each lead, as far as they are there."""
    packing = _packing(waves)
    encoding = waves.attributes.get("dataencoding", "")
    if packing == "XLI" and encoding == "Base64":
        found = xli.unpacked(unpacked(waves.text), len(labels))
        return _whole_limb_leads(found) if tuple(labels[:6]) == STANDARD_LEADS[:6] else found
    if packing or encoding not in ("Base64", "Plain"):
        detail = f"Sierra {packing[:20]} {encoding[:20]}"
        raise UnreadableFile(Unreadable.UNSUPPORTED_SYNTAX, detail)
    signed = _given(waves, signal, "signalsigned").lower() not in ("false", "no", "0")
    flat = _flat(waves.text, encoding, "<i2" if signed else "<u2")
    length = expected or len(flat) // max(1, len(labels))
    return [flat[length * n : length * (n + 1)] for n in range(len(labels))]


def _packing(node: Node) -> str:
    """The name of the compression, "" for none."""
    if node.attributes.get("compressflag", "").lower() in ("false", "no", "0"):
        return ""
    name = node.attributes.get("compression", "") or node.attributes.get("compressmethod", "")
    return "" if name.lower() in ("uncompressed", "none") else name


def _flat(text: str, encoding: str, kind: str) -> Numbers:
    if encoding == "Base64":
        raw = unpacked(text)
        return np.frombuffer(raw, kind, len(raw) // 2).astype(np.int64)
    return whole_numbers(text)


def _whole_limb_leads(found: list[Numbers]) -> list[Numbers]:
    """III and the augmented leads are stored as what remains after I and II."""
    if len(found) < 6:
        return found[:2]
    length = min(len(one) for one in found[:6])
    one, two, three, right, left, foot = (lead[:length] for lead in found[:6])
    third = two - one - three
    return [
        one,
        two,
        third,
        -right - (one + two) // 2,
        (one - third) // 2 - left,
        (two + third) // 2 - foot,
        *found[6:],
    ]


def _scale(waves: Node, signal: Node) -> Calibration | None:
    """Microvolts of a number; the offset is the number that stands for 0 V."""
    stated = [
        waves.attributes.get("resolution", ""),
        signal.first("resolution").text,
        signal.first("signalresolution").text,
    ]
    words = next((one for one in stated if one), "")
    zero = number(_given(waves, signal, "signaloffset") or "0")
    valid = calibration(number(words), 1.0, 0.0, "uV")
    return Calibration(valid.scale, -zero * valid.scale) if valid and zero is not None else None


def _beats(node: Node, rhythm: FoundRecording) -> FoundRecording | None:
    """Representative beats that state their own rate and resolution and are not packed."""
    attributes = node.attributes
    rate = number(attributes.get("samplespersec", "") or attributes.get("samplespersecond", ""))
    scale = calibration(number(attributes.get("resolution", "")), 1.0, 0.0, "uV")
    encoding = attributes.get("dataencoding", "")
    if not rate or rate <= 0 or scale is None or _packing(node) or not encoding:
        return None
    leads = []
    for beat in node.all("repbeat"):
        label = beat.attributes.get("leadname", "")[:80]
        text = beat.first("waveform").text or beat.text
        leads.append(FoundLead(label, labelled_lead(label), _flat(text, encoding, "<i2"), scale))
    kind = RecordingKind.MEDIAN_BEAT
    return FoundRecording(tuple(leads), rate, "REPRESENTATIVE BEAT", kind) if leads else None


def _name(document: Document, person: Node) -> Text:
    name = person.first("name")
    tags = ("lastname", "firstname", "middlename")
    parts = [name.first(tag).text or person.first(tag).text for tag in tags]
    return document.words(" ".join(part for part in parts if part and part != _PLACEHOLDER))


def _moment(attributes: dict[str, str]) -> tuple[date | None, datetime | None]:
    parts = attributes.get("date", "").split("-")
    whole = day_of(*parts) if len(parts) == 3 else None
    try:
        hour = time.fromisoformat(attributes.get("time", ""))
    except ValueError:
        return whole, None
    return whole, datetime.combine(whole, hour.replace(tzinfo=None)) if whole else None


def _filter(waves: Node, signal: Node) -> RecordedFilter | None:
    """Of the stored samples, not of the printed report."""
    low, high = (number(_given(waves, signal, name)) for name in ("hipass", "lowpass"))
    band = signal.first("signalbandwidth").text.split("-")
    if low is None and high is None and len(band) == 2:
        low, high = map(number, band)
    notch = number(_given(waves, signal, "notchfilterfreqs"))
    return (
        RecordedFilter(low or None, high or None, notch or None) if low or high or notch else None
    )


def _measurements(node: Node) -> Iterator[DeviceMeasurement]:
    for tag, quantity, unit in _VALUES:
        yield from measured(quantity, tag, number(node.first(tag).text), unit)


def _statements(document: Document, opinion: Node) -> Iterator[str]:
    for node in opinion.all("statement"):
        parts = [node.first(tag).text for tag in ("leftstatement", "rightstatement")]
        words = document.words(" ".join(part for part in parts if part)).words
        if words:
            yield words
