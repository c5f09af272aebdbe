"""MFER (ISO 22077-1): waveforms in sequences of blocks, channel by channel."""

import codecs
from datetime import date, datetime
from typing import Final

import numpy as np
import numpy.typing as npt

from workstation.studies.ecg import EcgRecord, RecordedFilter, RecordingKind
from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.patient_sex import sex_by_number
from workstation.studies.readers import mfer_tags as tags
from workstation.studies.readers.ecg_assembly import (
    assembled,
    check_size,
    chosen,
    plausible_rate,
)
from workstation.studies.readers.ecg_leads import numbered_lead
from workstation.studies.readers.ecg_parts import FoundFacts, FoundLead, FoundRecording
from workstation.studies.readers.ecg_samples import Calibration, calibration
from workstation.studies.readers.ecg_values import clock, day_of, number
from workstation.studies.readers.letters import Text, read
from workstation.studies.readers.long_record import LongFound, LongFrom, PackedEcg, held
from workstation.studies.readers.mfer_tags import Definitions, State, Wave
from workstation.studies.readers.narrowed import long_or_packed
from workstation.studies.warnings import StudyWarning

Numbers = npt.NDArray[np.generic]
_TYPES: Final = {0: "i2", 1: "u2", 2: "i4", 3: "u1", 5: "i1", 6: "u4", 7: "f4", 8: "f8"}
_STATUS_TYPE: Final = 4
_DOMINANT_BEAT: Final = 9
_MOST_RUNS: Final = 64
_HERTZ, _SECONDS = 0, 1
_VOLT: Final = 0


def read_mfer(
    data: memoryview, long_from: LongFrom | None = None
) -> EcgRecord | LongFound | PackedEcg:
    """The rhythm, a dominant beat beside it.

    A long recording in one waveform is viewed in the file where it is 16 bits wide with a sign,
    else unfolded to that; one in several waveforms is refused as too large.

    Raises:
        UnreadableFile: it cannot be shown.
    """
    found, last = tags.waves(data)
    facts = FoundFacts("MFER")
    _say_who(last, facts)
    apart = any(tag == tags.POINTER for tag, _ in last.others)
    recordings = [one for waves in _runs(found, apart) for one in _recordings(waves, facts)]
    if not recordings:
        raise UnreadableFile(Unreadable.NO_PICTURE)
    shown, rest = chosen(recordings)
    longest = max(lead.stored.size for lead in shown.leads)
    if (long_from or LongFrom()).holds(len(shown.leads), longest, shown.rate_hz):
        return long_or_packed(shown, facts, others=len(rest))
    return assembled(recordings, facts)


def _runs(waves: list[Wave], apart: bool) -> list[list[Wave]]:
    """Waveforms under the same definitions go on from each other, unless pointers place them."""
    runs: list[list[Wave]] = []
    for wave in waves:
        if runs and not apart and runs[-1][-1].state == wave.state:
            runs[-1].append(wave)
        else:
            runs.append([wave])
    if len(runs) > _MOST_RUNS:
        raise UnreadableFile(Unreadable.TOO_LARGE)
    return runs


def _recordings(waves: list[Wave], facts: FoundFacts) -> list[FoundRecording]:
    """The leads of waveforms that go on from each other, those of one rate together."""
    state = waves[0].state
    defined = [state.of(channel) for channel in range(state.channels)]
    pieces = [_numbers(wave, defined, facts) for wave in waves]
    numbers = pieces[0] if len(waves) == 1 else _joined(pieces)
    kind = state.unsigned(state.common.get(tags.WAVEFORM, b"")[:2])
    median = kind == _DOMINANT_BEAT
    by_rate: dict[float, list[FoundLead]] = {}
    for place, (one, stored) in enumerate(zip(defined, numbers, strict=True)):
        if _type(one) == _STATUS_TYPE:
            continue
        rate = plausible_rate(_rate(state, one.get(tags.INTERVAL, b"")))
        by_rate.setdefault(rate, []).append(_lead(state, one, stored, place))
    name = "DOMINANT BEAT" if median else ""
    what = RecordingKind.MEDIAN_BEAT if median else RecordingKind.RHYTHM
    return [FoundRecording(tuple(leads), rate, name, what) for rate, leads in by_rate.items()]


def _joined(pieces: list[list[Numbers]]) -> list[Numbers]:
    """The channels of waveforms that go on from each other."""
    check_size(1, sum(one.size for piece in pieces for one in piece))
    channels = zip(*pieces, strict=True)
    return [np.concatenate([one.reshape(-1) for one in channel]) for channel in channels]


def _type(defined: Definitions) -> int:
    return defined.get(tags.DATA_TYPE, b"\0")[0]


def _dtype(state: State, defined: Definitions) -> "np.dtype[np.generic]":
    kind = _type(defined)
    name = "u2" if kind == _STATUS_TYPE else _TYPES.get(kind)
    if name is None:
        raise UnreadableFile(Unreadable.UNSUPPORTED_SYNTAX, f"MFER data type {kind}")
    return np.dtype((">" if state.big_endian else "<") + name)


def _numbers(wave: Wave, defined: list[Definitions], facts: FoundFacts) -> list[Numbers]:
    """Each channel's numbers, seen in the file: a frame is sequences of channels of blocks."""
    state = wave.state
    kinds = [_dtype(state, one) for one in defined]
    blocks = [state.unsigned(one.get(tags.BLOCK, b"\1")[:4]) for one in defined]
    sequences = {state.unsigned(one.get(tags.SEQUENCES, b"")[:4]) for one in defined}
    if len(sequences) != 1:
        raise UnreadableFile(Unreadable.UNSUPPORTED_SYNTAX, "MFER sequences by channel")
    widths = [size * kind.itemsize for size, kind in zip(blocks, kinds, strict=True)]
    if min(blocks) <= 0:
        raise UnreadableFile(Unreadable.DAMAGED)
    there = len(wave.data) // sum(widths)
    announced = sequences.pop() or wave.announced // sum(widths)
    if there < announced:
        facts.warnings.add(StudyWarning.SAMPLES_MISSING)
    count = min(there, announced)
    if count == 0:
        raise UnreadableFile(Unreadable.TRUNCATED)
    frame = np.frombuffer(wave.data, np.uint8, count * sum(widths)).reshape(count, sum(widths))
    ends = np.cumsum(widths)
    channels = [
        frame[:, end - width : end].view(kind)
        for end, width, kind in zip(ends, widths, kinds, strict=True)
    ]
    # A row of one sample, or one row, is seen as one run.
    return [one[:, 0] if one.shape[1] == 1 else one[0] if count == 1 else one for one in channels]


def _lead(state: State, defined: Definitions, stored: Numbers, place: int) -> FoundLead:
    kind = stored.dtype
    null = _stored_value(defined.get(tags.NULL, b""), kind)
    gaps = held(stored, null) if null is not None else ()
    raw = defined.get(tags.LEAD, b"")
    code = raw[0] if len(raw) == 1 else state.unsigned(raw[:2])
    label = read(raw[2:]).words[:80] or f"? {place + 1}"
    return FoundLead(label, numbered_lead(code), stored, _scale(state, defined, kind), gaps)


def _stored_value(raw: bytes, kind: "np.dtype[np.generic]") -> float | None:
    """A value that is written like a sample."""
    if len(raw) < kind.itemsize:
        return None
    return float(np.frombuffer(raw, kind, 1).astype(np.float64)[0])


def _scale(state: State, defined: Definitions, kind: "np.dtype[np.generic]") -> Calibration | None:
    """physical = (number + offset) * sensitivity; a sensitivity that is not stated is unknown."""
    unit, step = _measure(state, defined.get(tags.SENSITIVITY, b""))
    raw = defined.get(tags.OFFSET, b"")
    offset = _stored_value(raw, kind) if raw else 0.0
    if unit != _VOLT or step is None or offset is None:
        return None
    return calibration(step, 1.0, offset * step, "V")


def _rate(state: State, raw: bytes) -> float | None:
    """Hz; the default of the format (1000 Hz) would be a guess here."""
    unit, value = _measure(state, raw)
    if value is None or value <= 0:
        return None
    return {_HERTZ: value, _SECONDS: 1 / value}.get(unit)


def _measure(state: State, raw: bytes) -> tuple[int, float | None]:
    """Unit, and mantissa * 10^exponent; powers below zero divide, so that they are exact."""
    if not 3 <= len(raw) <= 6:
        return -1, None
    exponent = int.from_bytes(raw[1:2], "big", signed=True)
    mantissa = float(state.signed(raw[2:]))
    value = mantissa / 10**-exponent if exponent < 0 else mantissa * 10**exponent
    return raw[0], value


def _say_who(state: State, facts: FoundFacts) -> None:
    """Name (family^phonetic^given^...), birth date, time, filters, notes."""
    encoding: str | None = None
    limits: dict[str, float | None] = {}
    notes = []
    for tag, value in state.others:
        match tag:
            case tags.TEXT_CODE:
                encoding = _codec(read(value).words)
            case tags.NAME:
                found = read(value, encoding)
                parts = [part.strip() for part in found.words.split("^")[::2]]
                facts.patient_name = Text(" ".join(filter(None, parts)), found.guessed)
            case tags.AGE if len(value) >= 7:
                facts.birth_date = day_of(state.unsigned(value[3:5]), value[5], value[6])
            case tags.SEX if len(value) == 1:
                facts.sex = sex_by_number(value[0])
            case tags.TIME if len(value) >= 4:
                facts.recorded_on, facts.recorded_at = _moment(state, value)
            case tags.FILTER:
                kind, _, words = read(value).words.partition("=")
                limits[kind.strip().upper()] = number(words.split("^")[0].strip(" Hz"))
            case tags.NOTE:
                notes.append(read(value, encoding).words)
    facts.statements = tuple(note for note in notes if note)[:500]
    passed = [limits.get(kind) or None for kind in ("HPF", "LPF", "BEF")]
    facts.filter_note = RecordedFilter(*passed) if any(passed) else None


def _moment(state: State, value: bytes) -> tuple[date | None, datetime | None]:
    day = day_of(state.unsigned(value[:2]), value[2], value[3])
    hour = clock(*value[4:7]) if len(value) >= 7 else None
    return day, datetime.combine(day, hour) if day is not None and hour is not None else None


def _codec(name: str) -> str | None:
    """Python's name of a character set that the file names."""
    try:
        found = codecs.lookup(name.replace(" ", "-").lower())
    except (LookupError, ValueError):
        return None
    known = ("utf-8", "iso8859", "cp125", "koi8", "shift_jis", "iso2022_jp", "ascii")
    return found.name if found.name.startswith(known) else None
