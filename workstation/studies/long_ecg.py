"""A long ECG as the window has it: facts, and leads that lie in shared memory as in the file."""

import math
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

import numpy as np
import numpy.typing as npt

from workstation.core.shared_memory import SharedBlock
from workstation.studies.ecg import EcgLead, EcgRecord, SampleUnit
from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.long_store import StoredSamples, stored_in
from workstation.studies.measure.ecg.stretches import Sliced, Stretch
from workstation.studies.messages import LeadStore, LongEcgOpened
from workstation.studies.patient_sex import PatientSex
from workstation.studies.readers.ecg_leads import derived, in_order
from workstation.studies.warnings import StudyWarning

_BEATS_IN: Final = ("II", "V5", "V2", "I", "V1")
_BEATS_FROM: Final = 3
"""Leads in which beats are looked for: more find no more, and each takes its time."""
_LARGEST: Final = 1e6


@dataclass(frozen=True, slots=True, eq=False)
class LongLead:
    """One lead: numbers as they are stored, not yet in a unit."""

    name: str
    samples: StoredSamples | Sliced
    unit: SampleUnit
    scale: float
    offset: float
    """A number's value in `unit` is number * scale + offset."""
    gaps: tuple[Stretch, ...]

    def in_unit(self, start: int, stop: int) -> npt.NDArray[np.float32]:
        """The samples [start, stop), 0 inside gaps."""
        values = self.samples[start:stop].astype(np.float64)
        values *= self.scale
        values += self.offset
        for begin, end in self.gaps_in(start, stop):
            values[begin:end] = 0
        return values.astype(np.float32)

    def gaps_in(self, start: int, stop: int) -> tuple[Stretch, ...]:
        """Gaps within [start, stop), counted from `start`."""
        inside = [gap for gap in self.gaps if gap[0] < stop and gap[1] > start]
        return tuple((max(a, start) - start, min(b, stop) - start) for a, b in inside)


@dataclass(frozen=True, slots=True, eq=False)
class LongEcg:
    """A recording of hours. Its leads stay where they are; `part` is an ordinary record."""

    facts: EcgRecord
    """What the file says; its leads have no samples."""
    leads: tuple[LongLead, ...]
    """As in `EcgRecord.leads`, without those that are computed."""
    sample_count: int
    """Of each lead."""

    @property
    def sampling_rate_hz(self) -> float:
        """Above 0."""
        return self.facts.sampling_rate_hz

    @property
    def duration_s(self) -> float:
        """Seconds that the samples cover."""
        return self.sample_count / self.sampling_rate_hz

    @property
    def patient_name(self) -> str:
        """As in `EcgRecord`."""
        return self.facts.patient_name

    @property
    def patient_birth_date(self) -> date | None:
        """As in `EcgRecord`."""
        return self.facts.patient_birth_date

    @property
    def patient_sex(self) -> PatientSex | None:
        """As in `EcgRecord`."""
        return self.facts.patient_sex

    @property
    def warnings(self) -> tuple[StudyWarning, ...]:
        """What a doctor should know."""
        return self.facts.warnings

    @property
    def begins_at(self) -> datetime | None:
        """By the device's clock; None where only the day is known, or nothing."""
        return self.facts.recorded_at

    def clock(self, second: float) -> datetime | None:
        """What the device's clock showed at a second of the recording."""
        begin = self.begins_at
        return None if begin is None else begin + timedelta(seconds=second)

    @property
    def beat_leads(self) -> tuple[LongLead, ...]:
        """In which R peaks are looked for: leads of the heart, where the file names any."""
        known = [lead for name in _BEATS_IN for lead in self.leads if lead.name == name]
        return tuple([*known, *(lead for lead in self.leads if lead not in known)][:_BEATS_FROM])

    def part(self, start_s: float, stop_s: float) -> "LongPart":
        """The samples from one second to another, in mV where the leads have a calibration.

        Leads that follow from others are computed.

        Raises:
            ValueError: there is no sample in it.
        """
        rate = self.sampling_rate_hz
        start = max(0, math.floor(start_s * rate + 1e-6))
        stop = min(self.sample_count, math.ceil(stop_s * rate - 1e-6))
        if start >= stop:
            raise ValueError("no such part")
        leads = [_lead(lead, start, stop) for lead in self.leads]
        shown = in_order([*leads, *derived(leads)])
        return LongPart(replace(self.facts, leads=shown), start / rate)


@dataclass(frozen=True, slots=True)
class LongPart:
    """A piece of a long recording, as any other ECG is shown."""

    record: EcgRecord
    starts_s: float
    """Where its first sample lies in the whole."""


def _lead(lead: LongLead, start: int, stop: int) -> EcgLead:
    samples = lead.in_unit(start, stop)
    samples.flags.writeable = False
    return EcgLead(lead.name, samples, lead.unit, gaps=lead.gaps_in(start, stop))


def checked(opened: LongEcgOpened, block: SharedBlock) -> LongEcg:
    """The recording as the decoder describes it, where all it says of the block can be.

    The process may have been taken over by a file: nothing outside the block is ever looked at.

    Raises:
        UnreadableFile: the description contradicts itself or the block.
    """
    record, count = opened.record, opened.sample_count
    sound = count > 0 and 0 < record.sampling_rate_hz < _LARGEST and not record.others
    if not sound or not record.leads or len(record.leads) != len(opened.stores):
        raise UnreadableFile(Unreadable.DAMAGED)
    pairs = zip(record.leads, opened.stores, strict=True)
    leads = tuple(_checked_lead(lead, store, count, block) for lead, store in pairs)
    return LongEcg(record, leads, count)


def _checked_lead(lead: EcgLead, store: LeadStore, count: int, block: SharedBlock) -> LongLead:
    numbers = (store.scale, store.offset)
    if store.place.count != count or not all(abs(one) < _LARGEST for one in numbers):
        raise UnreadableFile(Unreadable.DAMAGED)
    before = 0
    for start, stop in lead.gaps:
        if not before <= start < stop <= count:
            raise UnreadableFile(Unreadable.DAMAGED)
        before = stop
    try:
        samples = stored_in(block.memory, block.size, store.place)
    except ValueError as error:
        raise UnreadableFile(Unreadable.DAMAGED) from error
    scale, offset = numbers if lead.unit is SampleUnit.MILLIVOLT else (1.0, 0.0)
    return LongLead(lead.name, samples, lead.unit, scale, offset, lead.gaps)
