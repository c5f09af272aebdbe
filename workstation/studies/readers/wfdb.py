"""WFDB (PhysioNet): a text header and its sample files, together in one zip."""

from datetime import date, datetime
from typing import Final

from workstation.studies.ecg import EcgRecord
from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.readers.ecg_assembly import assembled, check_size, plausible_rate
from workstation.studies.readers.ecg_leads import labelled_lead
from workstation.studies.readers.ecg_parts import FoundFacts, FoundLead, FoundRecording
from workstation.studies.readers.ecg_samples import ranges
from workstation.studies.readers.ecg_values import clock, day_of
from workstation.studies.readers.long_record import LongFound, LongFrom, PackedEcg
from workstation.studies.readers.wfdb_header import Header, Signal, parsed
from workstation.studies.readers.wfdb_long import packing, read_long, samples_of, sums_up
from workstation.studies.readers.wfdb_samples import DIFFERENCES, FORMATS, summed, unpacked
from workstation.studies.readers.wfdb_zip import Parts
from workstation.studies.warnings import StudyWarning

_ZIP: Final = b"PK\x03\x04"
_ALONE: Final = "WFDB .hea without .dat"
_MOST_SAMPLES: Final = 8_000_000
_LARGEST_FIRST: Final = 1 << 24


def read_wfdb(
    data: memoryview, long_from: LongFrom | None = None
) -> EcgRecord | LongFound | PackedEcg:
    """The record in a zip of its header and sample files; of several records the first by name.

    A long recording of 16 bits that is stored as it is in the zip is viewed there.

    Raises:
        UnreadableFile: it cannot be shown; a header alone is refused by name.
    """
    if bytes(data[:4]) != _ZIP:
        parsed(bytes(data))
        raise UnreadableFile(Unreadable.UNSUPPORTED_SYNTAX, _ALONE)
    parts = Parts(data)
    if not parts.headers:
        raise UnreadableFile(Unreadable.NOT_RECOGNISED)
    header = parsed(parts.read(parts.headers[0]) or b"")
    rate = plausible_rate(header.rate_hz)
    facts = _facts(header, parts)
    samples = samples_of(header, parts)
    if (long_from or LongFrom()).holds(len(header.signals), samples, rate):
        return read_long(header, parts, facts, rate)
    leads: dict[int, FoundLead] = {}
    for file in dict.fromkeys(signal.file for signal in header.signals):
        leads |= _leads_of(file, header, parts, facts)
    found = tuple(leads[place] for place in sorted(leads))
    return assembled([FoundRecording(found, rate)], facts)


def _facts(header: Header, parts: Parts) -> FoundFacts:
    facts = FoundFacts("WFDB")
    facts.notes = tuple(text.words for text in header.comments)
    facts.recorded_on, facts.recorded_at = _moment(header)
    if len(parts.headers) > 1:
        facts.warnings.add(StudyWarning.OTHER_GROUPS_HIDDEN)
    return facts


def _leads_of(file: str, header: Header, parts: Parts, facts: FoundFacts) -> dict[int, FoundLead]:
    """The leads of one sample file, by their place in the header."""
    mine, format_, offset = packing(header, file)
    raw = parts.read(file)
    if raw is None:
        raise UnreadableFile(Unreadable.UNSUPPORTED_SYNTAX, _ALONE)
    most = header.samples or _MOST_SAMPLES
    check_size(len(mine), most if header.samples else 1)
    numbers = unpacked(memoryview(raw)[offset:], format_, len(mine), most)
    if format_ == DIFFERENCES:
        numbers = summed(numbers, [_before(one) for one in mine.values()])
    if len(numbers) < (header.samples or 1):
        facts.warnings.add(StudyWarning.SAMPLES_MISSING)
    elif not all(sums_up(numbers[:, n], one) for n, one in enumerate(mine.values())):
        facts.warnings.add(StudyWarning.CHECKSUM_WRONG)
    unset = FORMATS[format_][1]
    return {
        place: FoundLead(
            one.label,
            labelled_lead(one.label),
            numbers[:, n],
            one.scale,
            ranges(numbers[:, n] == unset),
        )
        for n, (place, one) in enumerate(mine.items())
    }


def _before(signal: Signal) -> int:
    """What the first difference is to: the header's first sample."""
    if signal.first is None or abs(signal.first) > _LARGEST_FIRST:
        raise UnreadableFile(Unreadable.UNSUPPORTED_SYNTAX, "WFDB 8 without first samples")
    return signal.first


def _moment(header: Header) -> tuple[date | None, datetime | None]:
    """ "22:41:16", "29/04/2023"."""
    parts = header.date.split("/")
    day = day_of(*reversed(parts)) if len(parts) == 3 else None
    hour = clock(*header.time.partition(".")[0].split(":"))
    return day, datetime.combine(day, hour) if day is not None and hour is not None else None
