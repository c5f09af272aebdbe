"""From an open file to what is said of it."""

from collections.abc import Iterable
from datetime import date
from typing import Final

import msgspec
import numpy as np

from workstation.commands.answers import (
    ClipSaid,
    DeviceSaid,
    EcgSaid,
    FileSaid,
    FilterSaid,
    LeadSaid,
    PatientSaid,
    PdfSaid,
    PictureSaid,
    RecordingSaid,
    ReportLineSaid,
    ReportSaid,
    SeriesSaid,
    StackSaid,
    WarningSaid,
)
from workstation.commands.disc_said import DiscSaid, disc_said
from workstation.commands.region_words import region_said
from workstation.studies.disc import DiscInfo
from workstation.studies.ecg import EcgLead, EcgRecord, EcgRecording, RecordedFilter, SampleUnit
from workstation.studies.imaging import ClipInfo, PdfInfo, PictureInfo
from workstation.studies.long_ecg import LongEcg
from workstation.studies.measure.ecg.stretches import recorded
from workstation.studies.measure.reading import ScaleSource
from workstation.studies.report import ReportInfo, ReportLine
from workstation.studies.stack import StackInfo, StackSeries
from workstation.studies.warnings import StudyWarning
from workstation.ui.viewers.stack.words import StackWords
from workstation.ui.viewers.warning_words import WarningWords

_PIECE: Final = 1 << 18
"""Samples of a long recording that are looked at together."""


def described(
    info: EcgRecord
    | LongEcg
    | ClipInfo
    | PictureInfo
    | PdfInfo
    | ReportInfo
    | StackInfo
    | DiscInfo,
) -> FileSaid | DiscSaid:
    """What the viewer shows of that file."""
    match info:
        case EcgRecord():
            shown = EcgRecording(info.name, info.kind, info.leads, info.sampling_rate_hz)
            return _ecg(info, tuple(_recording(one) for one in (shown, *info.others)))
        case LongEcg():
            return msgspec.structs.replace(_ecg(info.facts, (long_recording(info),)), long=True)
        case ClipInfo():
            return _clip(info)
        case PictureInfo():
            return PictureSaid(
                format=info.format,
                width=info.width,
                height=info.height,
                taken_at=info.taken_at,
                warnings=_warnings(info.warnings),
            )
        case PdfInfo():
            return PdfSaid(
                format=info.format,
                title=info.title,
                patient=_patient(info.patient_name, info.patient_birth_date),
                taken_on=info.taken_on,
                taken_at=info.taken_at,
                letters=info.letters,
                pages=info.page_count,
                page_sizes_pt=info.page_sizes_pt,
                warnings=_warnings(info.warnings),
            )
        case ReportInfo():
            return _report(info)
        case StackInfo():
            return _stack(info)
        case DiscInfo():
            return disc_said(info, _warnings(info.warnings))


def long_recording(ecg: LongEcg) -> RecordingSaid:
    """The same of a recording of hours, piece by piece: it is never in memory as a whole."""
    leads: dict[str, LeadSaid] = {}
    for start in range(0, ecg.sample_count, _PIECE):
        stop = min(start + _PIECE, ecg.sample_count)
        part = ecg.part(start / ecg.sampling_rate_hz, stop / ecg.sampling_rate_hz)
        for lead in part.record.leads:
            piece = _moved(_lead(lead), start)
            leads[lead.name] = _joined(leads[lead.name], piece) if start else piece
    return RecordingSaid(
        name=ecg.facts.name,
        kind=ecg.facts.kind.value,
        sampling_rate_hz=ecg.sampling_rate_hz,
        samples=ecg.sample_count,
        duration_s=ecg.duration_s,
        leads=tuple(leads.values()),
    )


def _moved(lead: LeadSaid, start: int) -> LeadSaid:
    gaps = tuple((begin + start, end + start) for begin, end in lead.gaps)
    return msgspec.structs.replace(lead, gaps=gaps)


def _joined(lead: LeadSaid, piece: LeadSaid) -> LeadSaid:
    """A lead and what follows it; a gap that goes on is one gap."""
    gaps, more = lead.gaps, piece.gaps
    if gaps and more and gaps[-1][1] == more[0][0]:
        gaps, more = (*gaps[:-1], (gaps[-1][0], more[0][1])), more[1:]
    lows = [one for one in (lead.lowest, piece.lowest) if one is not None]
    highs = [one for one in (lead.highest, piece.highest) if one is not None]
    return msgspec.structs.replace(
        lead,
        lowest=min(lows, default=None),
        highest=max(highs, default=None),
        gaps=(*gaps, *more),
    )


def number_of(sample: np.float32 | float) -> float:
    """The shortest number that is this sample: -0.005 and not -0.004999999888241291."""
    return float(str(np.float32(sample)))


def _ecg(record: EcgRecord, recordings: tuple[RecordingSaid, ...]) -> EcgSaid:
    note = record.filter_note
    return EcgSaid(
        format=record.source_format,
        patient=_patient(record.patient_name, record.patient_birth_date),
        recorded_on=record.recorded_on,
        recorded_at=record.recorded_at,
        recordings=recordings,
        device_measurements=tuple(
            DeviceSaid(quantity=one.quantity.value, name=one.name, value=one.value, unit=one.unit)
            for one in record.device_measurements
        ),
        statements=record.statements,
        notes=record.notes,
        recorded_filter=None if note is None else _filter(note),
        warnings=_warnings(record.warnings),
    )


def _filter(note: RecordedFilter) -> FilterSaid:
    return FilterSaid(low_hz=note.low_hz, high_hz=note.high_hz, notch_hz=note.notch_hz)


def _recording(one: EcgRecording) -> RecordingSaid:
    count = len(one.leads[0].samples) if one.leads else 0
    return RecordingSaid(
        name=one.name,
        kind=one.kind.value,
        sampling_rate_hz=one.sampling_rate_hz,
        samples=count,
        duration_s=count / one.sampling_rate_hz,
        leads=tuple(_lead(lead) for lead in one.leads),
    )


def _lead(lead: EcgLead) -> LeadSaid:
    parts = [lead.samples[start:stop] for start, stop in recorded(len(lead.samples), lead.gaps)]
    begins = bool(parts) and not any(start <= 0 < stop for start, stop in lead.gaps)
    return LeadSaid(
        name=lead.name,
        unit=unit_of(lead),
        derived=lead.derived,
        first=number_of(lead.samples[0]) if begins else None,
        lowest=number_of(min(part.min() for part in parts)) if parts else None,
        highest=number_of(max(part.max() for part in parts)) if parts else None,
        gaps=lead.gaps,
    )


def unit_of(lead: EcgLead) -> str:
    """ "mV", or "uncalibrated"."""
    return "mV" if lead.unit is SampleUnit.MILLIVOLT else "uncalibrated"


def _report(info: ReportInfo) -> ReportSaid:
    return ReportSaid(
        name=info.name.meaning,
        template=info.template,
        patient=_patient(info.patient_name, info.patient_birth_date),
        taken_on=info.taken_on,
        taken_at=info.taken_at,
        device=info.device,
        complete=info.is_complete,
        verified=info.is_verified,
        lines=tuple(map(_report_line, info.lines)),
        warnings=_warnings(info.warnings),
    )


def _report_line(line: ReportLine) -> ReportLineSaid:
    return ReportLineSaid(
        item=line.item,
        depth=line.depth,
        value_kind=line.kind.value,
        name=line.name.meaning,
        code=f"{line.name.value} {line.name.scheme}".strip(),
        value=line.words or line.code.meaning,
        unit=line.unit.value,
        modifiers=tuple(one.value.meaning for one in line.modifiers),
    )


def _stack(info: StackInfo) -> StackSaid:
    return StackSaid(
        patient=_patient(info.patient_name, info.patient_birth_date),
        taken_on=info.taken_on,
        taken_at=info.taken_at,
        slices=len(info.slices),
        left_out=info.left_out,
        series=tuple(_series(one, info) for one in info.series),
        warnings=_warnings(info.warnings),
    )


def _series(series: StackSeries, info: StackInfo) -> SeriesSaid:
    slices = info.slices[series.first : series.first + series.count]
    first, words = slices[0], StackWords()
    return SeriesSaid(
        number=series.number,
        modality=series.modality,
        title=series.title,
        patient=_patient(series.patient_name, series.patient_birth_date),
        taken_at=series.taken_at,
        slices=series.count,
        columns=first.plane.columns,
        rows=first.plane.rows,
        pixel_mm=first.plane.spacing_mm,
        scale=first.spacing_source.value,
        step_mm=series.step_mm,
        thickness_mm=first.thickness_mm,
        repeats=series.repeats,
        localizer=series.is_localizer,
        unit=first.rescale.unit,
        windows=tuple((one.centre, one.width) for one in first.windows),
        order=tuple(one.instance_number for one in slices),
        from_mm=first.location_mm,
        to_mm=slices[-1].location_mm,
        slice_ms=series.slice_ms,
        notes=tuple(words.note(note) for note in series.notes),
    )


def _clip(info: ClipInfo) -> ClipSaid:
    plane = info.plane
    return ClipSaid(
        format=info.format,
        modality=info.modality,
        title=info.title,
        patient=_patient(info.patient_name, info.patient_birth_date),
        taken_on=info.taken_on,
        taken_at=info.taken_at,
        frames=info.frame_count,
        frames_announced=info.frames_announced,
        width=info.width,
        height=info.height,
        pixel_aspect=info.pixel_aspect,
        pixel_mm=None if plane is None else (plane.mm_y, plane.mm_x),
        scale=(ScaleSource.NONE if plane is None else plane.source).value,
        frame_times_ms=info.frame_times_ms,
        frame_time_source=info.time_source.value,
        frames_per_second=info.frames_per_second,
        heart_rate=info.heart_rate,
        r_waves_ms=info.r_waves_ms,
        regions=tuple(region_said(number, one) for number, one in enumerate(info.regions, start=1)),
        warnings=_warnings(info.warnings),
    )


def _patient(name: str, born: date | None) -> PatientSaid:
    return PatientSaid(name=name or None, birth_date=born)


def _warnings(codes: Iterable[StudyWarning]) -> tuple[WarningSaid, ...]:
    words = WarningWords()
    return tuple(WarningSaid(code=code.value, text=words.text(code)) for code in codes)
