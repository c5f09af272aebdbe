"""Makes an `EcgRecord` of what a reader found: the same rules for every format."""

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from workstation.studies.ecg import (
    EcgLead,
    EcgRecord,
    EcgRecording,
    RecordedFilter,
    RecordingKind,
    SampleUnit,
)
from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.readers.ecg_leads import derived, distinct, in_order
from workstation.studies.readers.ecg_parts import FoundFacts, FoundLead, FoundRecording, Gaps
from workstation.studies.readers.ecg_samples import scaled, unrecorded
from workstation.studies.warnings import StudyWarning

_MOST_LEADS: Final = 256
_MOST_SAMPLES: Final = 8_000_000
"""Of all leads together, as float32: what fits into the decoder's memory beside the file."""
_MOST_RECORDINGS: Final = 64
_SLOWEST_HZ: Final = 1e-6
"""Signals beside an ECG may be slow; a sample in eleven days is none."""
_FASTEST_HZ: Final = 1e6
_LARGEST: Final = 1e30


def plausible_rate(rate_hz: float | None) -> float:
    """The sampling rate.

    Raises:
        UnreadableFile: missing, not above 0 or absurd: there is no time scale.
    """
    if rate_hz is None or not _SLOWEST_HZ <= rate_hz <= _FASTEST_HZ:
        raise UnreadableFile(Unreadable.NO_TIME_SCALE)
    return rate_hz


def check_size(leads: int, samples: int, most: int = _MOST_SAMPLES) -> None:
    """Before anything is unfolded; `most` of all leads together.

    Raises:
        UnreadableFile: no lead, no sample, or more than is shown.
    """
    if leads <= 0 or samples <= 0:
        raise UnreadableFile(Unreadable.NO_PICTURE)
    if leads > _MOST_LEADS or leads * samples > most:
        raise UnreadableFile(Unreadable.TOO_LARGE)


def assembled(recordings: Sequence[FoundRecording], facts: FoundFacts) -> EcgRecord:
    """The record: the longest rhythm is shown, everything else is offered by name.

    Raises:
        UnreadableFile: nothing to show, or no time scale, or too much.
    """
    shown, rest = chosen(recordings)
    check_size(1, sum(lead.stored.size for one in (shown, *rest) for lead in one.leads))
    first, *others = (_recording(one, facts) for one in (shown, *rest))
    if any(other.kind is first.kind for other in others):
        facts.warnings.add(StudyWarning.OTHER_GROUPS_HIDDEN)
    return record_of(first, others, facts)


def chosen(
    recordings: Sequence[FoundRecording],
) -> tuple[FoundRecording, list[FoundRecording]]:
    """The one that is shown, and the others.

    Raises:
        UnreadableFile: nothing to show, or too many.
    """
    usable = [one for one in recordings if any(lead.stored.size for lead in one.leads)]
    if not usable:
        raise UnreadableFile(Unreadable.NO_PICTURE)
    if len(usable) > _MOST_RECORDINGS:
        raise UnreadableFile(Unreadable.TOO_LARGE)
    shown = max(usable, key=_rank)
    return shown, [one for one in usable if one is not shown]


def plausible_filter(note: RecordedFilter | None) -> RecordedFilter | None:
    """What a file says of its filter, without what no filter has: 0, negative, absurd."""
    if note is None:
        return None
    low, high, notch = (
        hertz if hertz is not None and 0 < hertz <= _FASTEST_HZ else None
        for hertz in (note.low_hz, note.high_hz, note.notch_hz)
    )
    known = low is not None or high is not None or notch is not None
    return RecordedFilter(low, high, notch) if known else None


def record_of(first: EcgRecording, others: Sequence[EcgRecording], facts: FoundFacts) -> EcgRecord:
    """The record of a recording and of what else the file says."""
    if facts.patient_name.guessed:
        facts.warnings.add(StudyWarning.NAME_CHARSET_GUESSED)
    return EcgRecord(
        leads=first.leads,
        sampling_rate_hz=first.sampling_rate_hz,
        patient_name=facts.patient_name.words,
        patient_birth_date=facts.birth_date,
        recorded_on=facts.recorded_on,
        recorded_at=facts.recorded_at,
        device_measurements=facts.measurements,
        statements=facts.statements,
        filter_note=plausible_filter(facts.filter_note),
        warnings=tuple(code for code in StudyWarning if code in facts.warnings),
        source_format=facts.source_format,
        name=first.name,
        kind=first.kind,
        others=tuple(others),
        notes=facts.notes,
        patient_sex=facts.sex,
    )


def _rank(one: FoundRecording) -> tuple[bool, bool, float]:
    """Rhythms before median beats, leads of the heart before other signals, long before short."""
    named = any(lead.standard is not None for lead in one.leads)
    longest = max(lead.stored.size for lead in one.leads)
    seconds = longest / one.rate_hz if one.rate_hz > 0 else 0.0
    return one.kind is RecordingKind.RHYTHM, named, seconds


def _recording(found: FoundRecording, facts: FoundFacts) -> EcgRecording:
    rate = plausible_rate(found.rate_hz)
    longest = max(lead.stored.size for lead in found.leads)
    check_size(len(found.leads), longest)
    pairs = zip(names_of(found), found.leads, strict=True)
    leads = [_lead(name, lead, longest) for name, lead in pairs]
    computed = derived(leads)
    notes = {
        StudyWarning.NO_CALIBRATION: any(x.unit is not SampleUnit.MILLIVOLT for x in leads),
        StudyWarning.SAMPLES_MISSING: any(x.stored.size < longest for x in found.leads),
        StudyWarning.LEADS_DERIVED: bool(computed),
        StudyWarning.LEAD_NAME_UNKNOWN: any(lead.standard is None for lead in found.leads),
    }
    facts.warnings |= {code for code, given in notes.items() if given}
    return EcgRecording(found.name, found.kind, in_order([*leads, *computed]), rate)


def names_of(found: FoundRecording) -> list[str]:
    """Of the leads, each another: the standard's, else the file's own."""
    return distinct([lead.standard or lead.label or "?" for lead in found.leads])


def _lead(name: str, found: FoundLead, length: int) -> EcgLead:
    """All leads as long as the longest: where one ends earlier nothing was recorded."""
    stored = found.stored.reshape(-1)
    gaps = joined((*found.gaps, *unrecorded(stored, found.scale)), len(stored), length)
    kept = np.zeros(length, stored.dtype)
    kept[: len(stored)] = stored
    for start, stop in gaps:
        kept[start:stop] = 0
    samples, unit = scaled(_finite(kept), found.scale)
    for start, stop in gaps:
        samples[start:stop] = 0
    samples.flags.writeable = False
    return EcgLead(name, samples, unit, gaps=gaps)


def joined(gaps: Iterable[tuple[int, int]], count: int, length: int) -> Gaps:
    """The gaps within the lead, in order and not touching each other, and the missing end."""
    ranges = sorted((max(0, start), min(stop, length)) for start, stop in gaps)
    if count < length:
        ranges.append((count, length))
    whole: list[tuple[int, int]] = []
    for start, stop in ranges:
        if whole and start <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(stop, whole[-1][1]))
        elif start < stop:
            whole.append((start, stop))
    return tuple(whole)


def _finite(numbers: npt.NDArray[np.generic]) -> npt.NDArray[np.generic]:
    """Raises `UnreadableFile` for numbers that are none, or that float32 cannot hold."""
    if numbers.dtype.kind == "f" and not np.all(np.abs(numbers.astype("f8")) < _LARGEST):
        raise UnreadableFile(Unreadable.DAMAGED)
    return numbers
