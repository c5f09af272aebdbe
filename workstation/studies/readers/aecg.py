"""HL7 annotated ECG (aECG, release 1): series of sequences, the device's annotations."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from workstation.studies.ecg import (
    DeviceMeasurement,
    DeviceQuantity,
    EcgRecord,
    RecordedFilter,
    RecordingKind,
)
from workstation.studies.patient_sex import sex_by_word
from workstation.studies.readers.ecg_assembly import assembled, plausible_rate
from workstation.studies.readers.ecg_leads import labelled_lead
from workstation.studies.readers.ecg_parts import FoundFacts, FoundLead, FoundRecording
from workstation.studies.readers.ecg_samples import Calibration, calibration, millivolts_of
from workstation.studies.readers.ecg_values import measured, number, stamp, whole_numbers
from workstation.studies.readers.letters import Text
from workstation.studies.readers.xml_tree import Document, Node, parse

_QUANTITIES: Final = {
    "MDC_ECG_HEART_RATE": (DeviceQuantity.HEART_RATE, "/min"),
    "MDC_ECG_TIME_PD_RR": (DeviceQuantity.RR, "ms"),
    "MDC_ECG_TIME_PD_PP": (DeviceQuantity.PP, "ms"),
    "MDC_ECG_TIME_PD_P": (DeviceQuantity.P_DURATION, "ms"),
    "MDC_ECG_TIME_PD_PR": (DeviceQuantity.PR, "ms"),
    "MDC_ECG_TIME_PD_QRS": (DeviceQuantity.QRS, "ms"),
    "MDC_ECG_TIME_PD_QT": (DeviceQuantity.QT, "ms"),
    "MDC_ECG_TIME_PD_QTc": (DeviceQuantity.QTC, "ms"),
    "MDC_ECG_ANGLE_P_FRONT": (DeviceQuantity.P_AXIS, "deg"),
    "MDC_ECG_ANGLE_QRS_FRONT": (DeviceQuantity.QRS_AXIS, "deg"),
    "MDC_ECG_ANGLE_T_FRONT": (DeviceQuantity.T_AXIS, "deg"),
}
_MILLISECONDS: Final = {"ms": 1.0, "s": 1000.0, "us": 0.001}
_SECONDS: Final = {"s": 1.0, "ms": 1e-3, "us": 1e-6}
_MOST: Final = 500


def read_aecg(data: memoryview) -> EcgRecord:
    """The rhythm series, derived series (a representative beat) beside it.

    Raises:
        UnreadableFile: it cannot be shown.
    """
    document = parse(data)
    root = document.root
    found = [
        _recording(series, sequences)
        for tag in ("series", "derivedSeries")
        for series in root.within(tag)
        for sequences in series.all("component", "sequenceSet")
    ]
    facts = FoundFacts("HL7 aECG")
    person = next(root.within("subjectDemographicPerson"), Node("", {}))
    facts.patient_name = _name(document, person.first("name"))
    facts.birth_date, _ = stamp(person.first("birthTime").attributes.get("value", ""))
    facts.sex = sex_by_word(person.first("administrativeGenderCode").attributes.get("code", ""))
    facts.recorded_on, facts.recorded_at = _moment(root)
    facts.filter_note = _filter(root)
    facts.measurements = tuple(_measurements(root))[:_MOST]
    facts.statements = tuple(_statements(document))[:_MOST]
    return assembled([one for one in found if one is not None], facts)


def _recording(series: Node, sequences: Node) -> FoundRecording | None:
    """A set of sequences that share one time; None where there are no leads in it."""
    interval: float | None = None
    leads = []
    for sequence in sequences.all("component", "sequence"):
        code = sequence.first("code").attributes.get("code", "")
        value = sequence.first("value")
        if code.startswith("TIME_"):
            interval = _interval(value)
        elif any(value.all("digits")):
            leads.append(_lead(code, value))
    if not leads:
        return None
    label = series.first("code").attributes.get("code", "")
    median = series.tag == "derivedSeries" or "BEAT" in label
    kind = RecordingKind.MEDIAN_BEAT if median else RecordingKind.RHYTHM
    rate = plausible_rate(1 / interval if interval and interval > 0 else None)
    return FoundRecording(tuple(leads), rate, label[:80], kind)


def _interval(value: Node) -> float | None:
    """Seconds between samples."""
    increment = value.first("increment").attributes
    seconds = number(increment.get("value", ""))
    factor = _SECONDS.get(increment.get("unit", ""))
    return seconds * factor if seconds is not None and factor is not None else None


def _lead(code: str, value: Node) -> FoundLead:
    label = code.removeprefix("MDC_ECG_LEAD_")
    return FoundLead(
        label[:80], labelled_lead(code), whole_numbers(value.first("digits").text), _scale(value)
    )


def _scale(value: Node) -> Calibration | None:
    """SLIST_PQ: origin + digit * scale, each with its own unit."""
    scale = value.first("scale").attributes
    unit = scale.get("unit", "")
    valid = calibration(number(scale.get("value", "")), 1.0, 0.0, unit)
    origin = value.first("origin").attributes
    offset = number(origin.get("value", "0"))
    millivolts = millivolts_of(origin.get("unit", unit))
    if valid is None or offset is None or millivolts is None:
        return None
    return Calibration(valid.scale, offset * millivolts)


def _name(document: Document, node: Node) -> Text:
    """A name in one piece, or family, given and middle names."""
    parts = [child.text for tag in ("family", "given") for child in node.all(tag)]
    return document.words(" ".join([node.text, *parts]).strip())


def _moment(root: Node) -> tuple[date | None, datetime | None]:
    """When the document's, else its first series' time begins."""
    times = [root.first("effectiveTime")]
    times += [series.first("effectiveTime") for series in root.within("series")]
    for time in times:
        for part in ("center", "low"):
            found = stamp(time.first(part).attributes.get("value", ""))
            if found[0] is not None:
                return found
    return None, None


def _filter(root: Node) -> RecordedFilter | None:
    """Filters by MDC codes; low pass is the high limit."""
    limits: dict[str, float] = {}
    for node in root.within("controlVariable"):
        kind = node.first("code").attributes.get("code", "").removeprefix("MDC_ECG_CTL_VBL_ATTR_")
        for part in node.all("component", "controlVariable"):
            value = part.first("value").attributes
            frequency = number(value.get("value", ""))
            if frequency and frequency > 0 and value.get("unit") == "Hz":
                limits.setdefault(kind, frequency)
    found = [limits.get(f"FILTER_{kind}") for kind in ("HIGH_PASS", "LOW_PASS", "NOTCH")]
    return RecordedFilter(*found) if any(found) else None


def _annotations(root: Node) -> Iterator[Node]:
    """Annotations of all leads together: neither they nor what holds them is of one lead."""
    for notes in root.within("annotationSet"):
        waiting = list(notes.all("component", "annotation"))[::-1]
        while waiting:
            note = waiting.pop()
            if not _of_one_lead(note):
                yield note
                waiting.extend(list(note.all("component", "annotation"))[::-1])


def _measurements(root: Node) -> Iterator[DeviceMeasurement]:
    """Values that belong to no single lead; the first of each kind."""
    seen = set()
    for note in _annotations(root):
        code = note.first("code").attributes.get("code", "")
        known = _QUANTITIES.get(code)
        if known is None or known in seen:
            continue
        quantity, unit = known
        value = note.first("value").attributes
        found = number(value.get("value", ""))
        if unit == "ms":
            factor = _MILLISECONDS.get(value.get("unit", ""))
            found = found * factor if found is not None and factor is not None else None
        for one in measured(quantity, code, found, unit):
            seen.add(known)
            yield one


def _of_one_lead(note: Node) -> bool:
    return any(
        code.attributes.get("code", "").startswith("MDC_ECG_LEAD_")
        for code in note.all("support", "supportingROI", "component", "boundary", "code")
    )


def _statements(document: Document) -> Iterator[str]:
    """Rhythm, beats and interpretation in words."""
    for note in _annotations(document.root):
        code = note.first("code").attributes.get("code", "")
        if code == "MDC_ECG_RHY" or code.startswith("MDC_ECG_INTERPRETATION"):
            value = note.first("value")
            words = document.words(value.text or value.attributes.get("displayName", "")).words
            if words:
                yield words
