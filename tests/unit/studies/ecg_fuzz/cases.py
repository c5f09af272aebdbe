"""What a mutated file is, and what must come of it whatever the mutation was."""

from dataclasses import dataclass
from enum import Enum

import numpy as np

from workstation.studies.ecg import EcgLead, EcgRecord, SampleUnit
from workstation.studies.messages import Answer, Done, EcgOpened, Refused, decode_answer, encode
from workstation.studies.warnings import StudyWarning

MOST_MV = 1000.0


class Fate(Enum):
    """What must come of a file."""

    ANY = "any"
    """A sound record, or a refusal."""
    SAME = "same"
    """The very numbers of the original: nothing that they depend on was touched."""
    NEVER_MV = "never_mv"
    """No valid calibration is left in it: raw numbers said to be so, or a refusal."""
    REFUSED = "refused"
    """Nothing that could be shown: no time scale, a bomb, a declared entity."""


@dataclass(frozen=True, slots=True)
class Case:
    """One file."""

    name: str
    """Format and mutation, to find it again."""
    data: bytes
    fate: Fate = Fate.ANY
    original: EcgRecord | None = None
    """For `Fate.SAME`."""
    literal: str = ""
    """Words that the patient's name must be, as they are."""
    raw: str = ""
    """The one lead that has lost its calibration; the others are those of `original`."""


def troubles(case: Case, answer: Answer | None) -> list[str]:
    """What is wrong with the decoder's answer; nothing where all is well."""
    match answer:
        case Refused():
            refused_wrongly = case.fate is Fate.SAME
            return ["refused, though no number was touched"] if refused_wrongly else []
        case EcgOpened(record):
            return [*_unsound(answer), *_beside_its_fate(case, record)]
        case Done() | None:
            return ["no answer to an opening"]
        case _:  # a DICOM file whose waveforms were lost may still hold a picture
            return ["a picture"] if case.fate is Fate.SAME else []


def _unsound(answer: EcgOpened) -> list[str]:
    """Whatever a file says: finite, of one length, with a time scale, gaps within."""
    record = answer.record
    found = []
    if not (np.isfinite(record.sampling_rate_hz) and record.sampling_rate_hz > 0):
        found.append("no time scale")
    for leads in (record.leads, *(other.leads for other in record.others)):
        found += [words for lead in leads for words in _unsound_lead(lead)]
        if len({len(lead.samples) for lead in leads}) != 1:
            found.append("leads of different lengths")
    raw = any(lead.unit is not SampleUnit.MILLIVOLT for lead in record.leads)
    if raw and StudyWarning.NO_CALIBRATION not in record.warnings:
        found.append("uncalibrated without a word")
    note = record.filter_note
    limits = () if note is None else (note.low_hz, note.high_hz, note.notch_hz)
    values = [one.value for one in record.device_measurements]
    if not np.all(np.isfinite([*values, *(one for one in limits if one is not None)])):
        found.append("a device's value is no number")
    if not isinstance(decode_answer(encode(answer)), EcgOpened):
        found.append("cannot be told to the window")
    return found


def _unsound_lead(lead: EcgLead) -> list[str]:
    found = []
    if not np.all(np.isfinite(lead.samples)):
        found.append("a sample is no number")
    elif lead.unit is SampleUnit.MILLIVOLT and not lead.derived:
        beyond = len(lead.samples) and float(np.max(np.abs(lead.samples))) > MOST_MV
        found += ["mV beyond any amplifier"] if beyond else []
    edges = [edge for gap in lead.gaps for edge in gap]
    if edges != sorted(set(edges)) or (
        edges and not 0 <= edges[0] < edges[-1] <= len(lead.samples)
    ):
        found.append("gaps beside the trace")
    if any(np.any(lead.samples[start:stop]) for start, stop in lead.gaps):
        found.append("samples in a gap")
    return found


def _beside_its_fate(case: Case, record: EcgRecord) -> list[str]:
    if case.fate is Fate.REFUSED:
        return ["shown, though it cannot be"]
    if case.fate is Fate.NEVER_MV and any(
        lead.unit is SampleUnit.MILLIVOLT for lead in record.all_leads
    ):
        return ["mV without a valid calibration"]
    if case.raw:
        return _beside_one_raw_lead(case, record)
    if case.literal and record.patient_name != case.literal:
        return ["the name is not literal"]
    if case.fate is Fate.SAME and case.original is not None:
        same = numbers_of(record) == numbers_of(case.original)
        return [] if same else ["another number than in the original"]
    return []


def _beside_one_raw_lead(case: Case, record: EcgRecord) -> list[str]:
    """That lead is in no unit, nothing is computed from it, and the others are as they were."""
    lead = record.lead(case.raw)
    if lead is None or lead.unit is SampleUnit.MILLIVOLT:
        return ["mV in the lead that has no calibration"]
    if any(one.derived for one in record.leads):
        return ["computed from a lead without a calibration"]
    assert case.original is not None
    for one in case.original.leads:
        here = record.lead(one.name)
        if one.name == case.raw or one.derived:
            continue
        if (
            here is None
            or here.unit is not one.unit
            or not np.array_equal(here.samples, one.samples)
        ):
            return ["another number than in the original"]
    return []


def numbers_of(record: EcgRecord) -> tuple[float, list[tuple[str, bytes]]]:
    """Rate and recorded leads of what is shown, in no order: a mutation may rename them."""
    recorded = [lead for lead in record.leads if not lead.derived]
    leads = sorted((lead.unit.value, lead.samples.tobytes()) for lead in recorded)
    return record.sampling_rate_hz, leads
