"""What is said over and instead of a file on the review screen."""

from dataclasses import dataclass

from PySide6.QtCore import QObject

from backend_client.models.documents import Document, DocumentKind
from backend_client.models.requests import Patient
from workstation.studies.ecg import EcgRecord
from workstation.studies.imaging import ClipInfo
from workstation.studies.long_ecg import LongEcg
from workstation.ui.screens.review.pane_model import PaneModel, StudyInfo
from workstation.ui.screens.review.patient_match import Match, match_patient

_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class PaneNote:
    """A line over the picture; `warn` where the doctor must not miss it."""

    text: str
    glyph: str
    warn: bool = True


class PaneWords(QObject):
    """Words of the panes."""

    def notes(self, pane: PaneModel, patient: Patient | None) -> list[PaneNote]:
        """The lines over an open file, the gravest first."""
        info = pane.info
        if info is None:
            return []
        notes = []
        if patient is not None and (other := self._other_patient(info, patient)):
            notes.append(PaneNote(other, "user-circle"))
        if isinstance(info, ClipInfo) and info.frame_count < info.frames_announced:
            notes.append(PaneNote(self._cut_off(info), "warning"))
        if pane.broken_parts:
            broken = self.tr("%n part(s) of the file cannot be read", None, pane.broken_parts)
            notes.append(PaneNote(broken, "warning"))
        if pane.was_restarted:
            again = self.tr("The viewer was restarted: the file is open again")
            notes.append(PaneNote(again, "arrow-clockwise", warn=False))
        return notes

    def loading(self, document: Document, received: int, total: int) -> str:
        """«Загружаю клип, 12 из 40 МБ»; once all has come, «Открываю клип»."""
        what = self._accusative(document.kind)
        if received >= total > 0:
            return self.tr("Opening {}").format(what)
        if total < _MEGABYTE:
            return self.tr("Loading {}").format(what)
        megabytes = (round(received / _MEGABYTE), round(total / _MEGABYTE))
        return self.tr("Loading {}, {} of {} MB").format(what, *megabytes)

    def cancel(self) -> str:
        """On the button beside the progress."""
        return self.tr("Cancel")

    def cancelled(self) -> tuple[str, str]:
        """After the doctor has stopped the loading: what is, and what to press."""
        return self.tr("Loading was stopped"), self.tr("Load")

    def nothing(self) -> str:
        """In a pane without a file."""
        return self.tr("There are no files in the request")

    def _accusative(self, kind: DocumentKind) -> str:
        words = {
            DocumentKind.ECG: self.tr("the ECG"),
            DocumentKind.CLIP: self.tr("the clip"),
            DocumentKind.IMAGE: self.tr("the picture"),
            DocumentKind.PHOTO: self.tr("the photo"),
            DocumentKind.PDF: self.tr("the document"),
        }
        return words.get(kind) or self.tr("the file")

    def _other_patient(self, info: StudyInfo, patient: Patient) -> str:
        if not isinstance(info, EcgRecord | LongEcg | ClipInfo):
            return ""
        match = match_patient(
            info.patient_name, info.patient_birth_date, patient.full_name, patient.birth_date
        )
        if match not in (Match.DIFFERENT_NAME, Match.DIFFERENT_BIRTH_DATE):
            return ""
        born = info.patient_birth_date
        said = (info.patient_name, f"{born:%d.%m.%Y}" if born is not None else "")
        who = ", ".join(text for text in said if text)
        return self.tr("Another patient in the file? It says: {}").format(who)

    def _cut_off(self, info: ClipInfo) -> str:
        if info.frame_count == 1:
            return self.tr("Frame 1 is shown. The rest cannot be read.")
        text = self.tr("Frames 1–{} are shown. The rest cannot be read.")
        return text.format(info.frame_count)
