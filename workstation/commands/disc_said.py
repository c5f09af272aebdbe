"""A patient's disc as `inspect` says it: exams, series, what can be opened, what was left out."""

from collections.abc import Iterator
from datetime import date, datetime

from workstation.commands.answers import PatientSaid, Said, WarningSaid
from workstation.studies.disc import DiscExam, DiscInfo, DiscItem, DiscSeries


class ItemSaid(Said, frozen=True, kw_only=True):
    """What is opened at once: the slices of a series, a clip, a report."""

    item: int
    """From 1 over the whole disc: `--item` of the command line."""
    kind: str
    title: str
    pictures: int
    files: int
    path: str
    """Of its first file, within the archive."""


class DiscSeriesSaid(Said, frozen=True, kw_only=True):
    """A series of an exam."""

    number: int | None
    modality: str
    title: str
    patient: PatientSaid
    taken_on: date | None
    taken_at: datetime | None
    items: tuple[ItemSaid, ...]


class ExamSaid(Said, frozen=True, kw_only=True):
    """A study of one patient."""

    title: str
    patient: PatientSaid
    taken_on: date | None
    taken_at: datetime | None
    series: tuple[DiscSeriesSaid, ...]


class LeftOutSaid(Said, frozen=True, kw_only=True):
    """A file of the disc that is not opened."""

    path: str
    reason: str


class DiscSaid(Said, frozen=True, kw_only=True, tag_field="kind", tag="disc"):
    """Everything that came in one archive."""

    format: str
    exams: tuple[ExamSaid, ...]
    left_out_count: int
    left_out: tuple[LeftOutSaid, ...]
    missing_count: int
    missing: tuple[str, ...]
    """Files that the disc's own directory names and the archive does not have."""
    warnings: tuple[WarningSaid, ...]


def disc_said(info: DiscInfo, warnings: tuple[WarningSaid, ...]) -> DiscSaid:
    """What the viewer shows of a disc."""
    numbers = iter(range(1, 1 + len(info.items)))
    return DiscSaid(
        format=info.format,
        exams=tuple(_exam(one, info, numbers) for one in info.exams),
        left_out_count=info.left_out_count,
        left_out=tuple(LeftOutSaid(path=one.path, reason=one.reason) for one in info.left_out),
        missing_count=info.missing_count,
        missing=info.missing,
        warnings=warnings,
    )


def _exam(exam: DiscExam, info: DiscInfo, numbers: Iterator[int]) -> ExamSaid:
    return ExamSaid(
        title=exam.title,
        patient=PatientSaid(name=exam.patient_name or None, birth_date=exam.patient_birth_date),
        taken_on=exam.taken_on,
        taken_at=exam.taken_at,
        series=tuple(_series(one, info, numbers) for one in exam.series),
    )


def _series(series: DiscSeries, info: DiscInfo, numbers: Iterator[int]) -> DiscSeriesSaid:
    return DiscSeriesSaid(
        number=series.number,
        modality=series.modality,
        title=series.title,
        patient=PatientSaid(name=series.patient_name or None, birth_date=series.patient_birth_date),
        taken_on=series.taken_on,
        taken_at=series.taken_at,
        items=tuple(_item(one, info, next(numbers)) for one in series.items),
    )


def _item(item: DiscItem, info: DiscInfo, number: int) -> ItemSaid:
    return ItemSaid(
        item=number,
        kind=item.kind.value,
        title=item.title,
        pictures=item.pictures,
        files=len(item.files),
        path=info.files[item.files[0]].path,
    )


def disc_lines(answer: DiscSaid) -> Iterator[str]:
    """Exams, series and items for people, one a line."""
    for exam in answer.exams:
        yield f"exam: {_named(exam.title, exam.patient, exam.taken_at or exam.taken_on)}"
        for series in exam.series:
            number = "" if series.number is None else f"{series.number} "
            who = _named(series.title, series.patient, series.taken_at or series.taken_on)
            yield f"  series: {number}{series.modality} {who}"
            for one in series.items:
                title = f", {one.title}" if one.title else ""
                count = f"{one.kind} of {one.pictures} in {one.files} file(s)"
                yield f"    item {one.item}: {count}{title}, {one.path}"


def _named(title: str, patient: PatientSaid, when: date | None) -> str:
    parts = (title, patient.name or "no name", str(patient.birth_date or ""), str(when or ""))
    return ", ".join(part for part in parts if part)
