"""What is written of a disc: its exams, series and files, and what of it is not opened."""

from collections.abc import Sequence

from PySide6.QtCore import QObject

from workstation.studies.disc import (
    DiscExam,
    DiscInfo,
    DiscItem,
    DiscKind,
    DiscSeries,
    LeftOut,
    LeftOutReason,
)
from workstation.ui.literal_text import one_line
from workstation.ui.viewers.numbers import moment

_NAMED = 4
"""Files that are named in one line."""


class DiscWords(QObject):
    """Words of the disc's list and of the line over what was opened of it."""

    def head(self, info: DiscInfo) -> str:
        """«Диск пациента: 2 исследования, 4 записи»."""
        exams = self.tr("%n exam(s)", None, sum(1 for exam in info.exams if exam.uid))
        items = self.tr("%n item(s) to open", None, len(info.items))
        return self.tr("Patient's disc: {}, {}").format(exams, items)

    def exam(self, exam: DiscExam) -> str:
        """«КТ органов грудной клетки, 11.11.2026, Образцов Пётр»."""
        if not exam.uid:
            return self.tr("Other files of the disc")
        when = moment(exam.taken_on, exam.taken_at)
        parts = (exam.title or self.tr("Exam without a name"), when, exam.patient_name)
        return ", ".join(one_line(part) for part in parts if part)

    def title(self, series: DiscSeries, item: DiscItem) -> str:
        """«Серия 2: Голова 5 мм», «Заключение.pdf»; of several files of a series their number."""
        if not series.uid and not series.modality:
            return one_line(item.title)
        number = self.tr("Series {}").format(series.number) if series.number is not None else ""
        own = f"{number}: {series.title}" if number and series.title else number or series.title
        own = own or self.kind(series, item)
        if len(series.items) > 1:
            place = series.items.index(item) + 1
            own = self.tr("{}, file {} of {}").format(own, place, len(series.items))
        return one_line(own)

    def about(self, series: DiscSeries, item: DiscItem) -> str:
        """«КТ, 120 срезов, 11.11.2026 10:24»."""
        when = moment(series.taken_on, series.taken_at)
        parts = (self.kind(series, item), self.pictures(item), when)
        return ", ".join(part for part in parts if part)

    def kind(self, series: DiscSeries, item: DiscItem) -> str:
        """«КТ», «УЗИ, клип», «Отчёт прибора»."""
        own = {
            DiscKind.PHOTO: self.tr("photo"),
            DiscKind.REPORT: self.tr("device's report"),
            DiscKind.DOCUMENT: self.tr("document"),
            DiscKind.ECG: self.tr("ECG"),
        }.get(item.kind, "")
        if own:
            return _begun(own)
        what = {DiscKind.CLIP: self.tr("clip"), DiscKind.IMAGE: self.tr("picture")}
        parts = (self._modality(series.modality), what.get(item.kind, ""))
        return _begun(", ".join(part for part in parts if part) or self.tr("pictures"))

    def pictures(self, item: DiscItem) -> str:
        """«120 срезов», «45 кадров»; of one picture nothing."""
        if item.kind is DiscKind.STACK:
            return self.tr("%n slice(s)", None, item.pictures)
        return self.tr("%n frame(s)", None, item.pictures) if item.pictures > 1 else ""

    def stranger(self, said: str) -> str:
        """Where a series names somebody else."""
        return self.tr("In the files: {}").format(one_line(said))

    def notes(self, info: DiscInfo, strangers: bool = False) -> list[str]:
        """What must be known before anything is opened, the gravest first."""
        said = []
        if strangers or len({name for name, _ in info.people}) > 1:
            names = {one_line(name) for name, _ in info.people if name}
            if len(names) > 1:
                listed = "; ".join(sorted(names)[:_NAMED])
                said.append(self.tr("Files of several patients on the disc: {}").format(listed))
        if info.missing_count:
            missing = self.tr("Missing %n file(s) of the disc", None, info.missing_count)
            by = self.tr("{}: its own list names them ({})")
            said.append(by.format(missing, _some(info.missing, info.missing_count)))
        return said

    def left_out(self, info: DiscInfo) -> list[tuple[str, bool]]:
        """«Не открыто: …» for each reason, and whether it is worth a warning."""
        grouped: dict[LeftOutReason, list[str]] = {}
        for one in info.left_out:
            grouped.setdefault(one.reason, []).append(one.path)
        lines = [
            (
                self.tr("{}: {} ({})").format(
                    self._reason(reason), len(paths), _some(paths, len(paths))
                ),
                reason not in _QUIET,
            )
            for reason, paths in grouped.items()
        ]
        more = info.left_out_count - len(info.left_out)
        if more > 0:
            lines.append((self.tr("and %n more file(s)", None, more), False))
        return lines

    def not_opened(self, count: int) -> str:
        """Heading over what is not opened."""
        return self.tr("Not opened from the disc: {}").format(count)

    def failed(self, text: str) -> str:
        """Of an item that could not be opened."""
        return self.tr("Cannot be opened: {}").format(one_line(text))

    def opened(self) -> str:
        """Of an item that was looked at."""
        return self.tr("opened")

    def back(self) -> str:
        """On the button that leads to the list."""
        return self.tr("List of the disc")

    def place(self, number: int, count: int) -> str:
        """«2 из 14»."""
        return self.tr("{} of {}").format(number + 1, count)

    def _modality(self, code: str) -> str:
        return {
            "CT": self.tr("CT"),
            "MR": self.tr("MRI"),
            "US": self.tr("ultrasound"),
            "IVUS": self.tr("intravascular ultrasound"),
            "XA": self.tr("angiography"),
            "RF": self.tr("fluoroscopy"),
            "CR": self.tr("X-ray"),
            "DX": self.tr("X-ray"),
            "MG": self.tr("mammography"),
            "NM": self.tr("scintigraphy"),
            "PT": self.tr("PET"),
            "ES": self.tr("endoscopy"),
            "OT": "",
            "SC": "",
        }.get(code, code)

    def _reason(self, reason: LeftOutReason) -> str:
        return {
            LeftOutReason.NOT_MEDICAL: self.tr("Programs and files of the disc's own viewer"),
            LeftOutReason.PREVIEW: self.tr("Small previews of the pictures"),
            LeftOutReason.NO_PICTURE: self.tr("DICOM objects without a picture"),
            LeftOutReason.ADVISED: self.tr("To be sent as PDF, DOCX or JPEG"),
            LeftOutReason.ENCRYPTED: self.tr(
                "Under a password: ask for the disc saved without a password"
            ),
            LeftOutReason.NESTED: self.tr("Archives within the archive: ask for them unpacked"),
            LeftOutReason.PACKING: self.tr("Packed in a way that is not read: ask for a plain ZIP"),
            LeftOutReason.PATH: self.tr("With a forbidden name"),
            LeftOutReason.LINK: self.tr("Links instead of files"),
            LeftOutReason.TWICE: self.tr("There twice under one name: the first is shown"),
            LeftOutReason.TOO_LARGE: self.tr("Too large when unpacked"),
            LeftOutReason.NOT_LOOKED: self.tr("Not looked at, there are too many: ask for parts"),
            LeftOutReason.DAMAGED: self.tr("Damaged: ask for the disc again"),
        }[reason]


_QUIET = (LeftOutReason.NOT_MEDICAL, LeftOutReason.PREVIEW, LeftOutReason.NO_PICTURE)


def worth_warning(left_out: Sequence[LeftOut]) -> bool:
    """Whether something that a doctor may miss is among it."""
    return any(one.reason not in _QUIET for one in left_out)


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]


def _some(paths: Sequence[str], count: int) -> str:
    """The first names; «…» where there are more."""
    shown = ", ".join(one_line(path) or "?" for path in paths[:_NAMED])
    return shown + (", …" if count > _NAMED else "")
