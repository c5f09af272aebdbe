"""DICOM structured reports of any SOP class: the tree of content (PS3.3 C.17.3) as lines.

Templates are not needed to read it: TID 5200 (echo) and TID 5000 (OB-GYN) are trees as all others.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pydicom.dataset import Dataset

from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.readers.dicom_file import DicomFile
from workstation.studies.readers.dicom_text import person, text
from workstation.studies.readers.dicom_values import day, first_item, items, moment, sex, value
from workstation.studies.readers.letters import Text, plain
from workstation.studies.readers.report_values import (
    CodedText,
    coded,
    hand_down_letters,
    kind_of,
    modifies,
    spoken,
)
from workstation.studies.report import (
    NO_CODE,
    Coded,
    Modifier,
    ReportInfo,
    ReportLine,
)
from workstation.studies.warnings import StudyWarning

_MOST_ITEMS: Final = 5000
"""A full report of an echo has some two thousand; each costs a third of a millisecond."""
_DEEPEST: Final = 40
"""Real reports have eight levels; each one costs a reading of all that lies below it."""
_MOST_LETTERS: Final = 300_000


def is_report(dataset: Dataset) -> bool:
    """Whether it is a structured report: its root is a content item (PS3.3 C.17.3)."""
    return "ValueType" in dataset and "ConceptNameCodeSequence" in dataset


def read_report(file: DicomFile) -> ReportInfo:
    """The whole report.

    Raises:
        UnreadableFile: cut off before its content.
    """
    if file.cut_off and "ContentSequence" not in file.dataset:
        raise UnreadableFile(Unreadable.TRUNCATED)
    return _info(file)


@dataclass(slots=True)
class _Walk:
    """The way through the tree, and what was left out of it."""

    items: int = 0
    letters: int = 0
    cut: bool = False
    guessed: bool = False

    def lines(self, content: list[Dataset], depth: int) -> Iterator[ReportLine]:
        """The items and all below them, in the order of the document."""
        for item in content:
            number = self._count()
            if self.cut:
                return
            below = self.content(item)
            if modifies(item):
                self._pass_over(below, depth + 1)
                continue
            self.cut |= depth >= _DEEPEST
            yield self._line(item, number, depth, below)
            yield from self.lines(below, depth + 1)

    def content(self, parent: Dataset) -> list[Dataset]:
        """The items right below one."""
        if self.cut or "ContentSequence" not in parent:
            return []
        found = items(parent, "ContentSequence")
        for child in found:
            hand_down_letters(parent, child)
        return found

    def _count(self) -> int:
        self.items += 1
        self.cut |= self.items > _MOST_ITEMS or self.letters > _MOST_LETTERS
        return self.items

    def _pass_over(self, content: list[Dataset], depth: int) -> None:
        """Counts what lies below a modifier, which is not shown."""
        self.cut |= depth >= _DEEPEST
        for item in content:
            self._count()
            self._pass_over(self.content(item), depth + 1)

    def _line(self, item: Dataset, number: int, depth: int, below: list[Dataset]) -> ReportLine:
        kind = kind_of(item)
        words, code, unit = spoken(item, kind)
        name = coded(item, "ConceptNameCodeSequence")
        self._note(words, name, code)
        modifiers = tuple(self._modifier(child) for child in below if modifies(child))
        return ReportLine(number, depth, kind, name.coded, words.words, code.coded, unit, modifiers)

    def _modifier(self, item: Dataset) -> Modifier:
        words, code, _ = spoken(item, kind_of(item))
        name = coded(item, "ConceptNameCodeSequence")
        self._note(words, name, code)
        found = code.coded if code.coded != NO_CODE else Coded("", "", words.words)
        return Modifier(name.coded, found)

    def _note(self, words: Text, *codes: CodedText) -> None:
        self.letters += len(words.words) + sum(len(code.coded.meaning) for code in codes)
        self.guessed |= words.guessed or any(code.guessed for code in codes)


def _info(file: DicomFile) -> ReportInfo:
    dataset, walk = file.dataset, _Walk()
    lines = tuple(walk.lines(walk.content(dataset), 0))
    name = person(dataset, "PatientName")
    root = coded(dataset, "ConceptNameCodeSequence")
    series, study = text(dataset, "SeriesDescription"), text(dataset, "StudyDescription")
    title = series if series.words else study
    taken_on, taken_at = moment(dataset, "Content", "Series", "Study")
    warnings = {
        StudyWarning.NAME_CHARSET_GUESSED: name.guessed or walk.guessed or title.guessed,
        StudyWarning.REPORT_CUT: walk.cut or file.cut_off,
        StudyWarning.REPORT_EMPTY: not any(line.has_value for line in lines),
    }
    return ReportInfo(
        name=root.coded,
        template=_template(dataset),
        lines=lines,
        patient_name=name.words,
        patient_birth_date=day(dataset, "PatientBirthDate"),
        patient_sex=sex(dataset),
        taken_on=taken_on,
        taken_at=taken_at,
        device=_device(dataset),
        title=title.words,
        is_complete=_flag(dataset, "CompletionFlag", yes="COMPLETE", no="PARTIAL"),
        is_verified=_flag(dataset, "VerificationFlag", yes="VERIFIED", no="UNVERIFIED"),
        warnings=tuple(code for code, given in warnings.items() if given),
    )


def _template(dataset: Dataset) -> str:
    found = value(first_item(dataset, "ContentTemplateSequence"), "TemplateIdentifier")
    return plain(str(found or ""))[:16]


def _device(dataset: Dataset) -> str:
    parts = (text(dataset, key).words for key in ("Manufacturer", "ManufacturerModelName"))
    return " ".join(part for part in parts if part)[:200]


def _flag(dataset: Dataset, keyword: str, *, yes: str, no: str) -> bool | None:
    return {yes: True, no: False}.get(str(value(dataset, keyword) or "").strip())
