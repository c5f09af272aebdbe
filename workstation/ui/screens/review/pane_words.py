"""What is said over and instead of a file on the review screen."""

from dataclasses import dataclass

from PySide6.QtCore import QObject

from backend_client.models.documents import Document, DocumentKind, WhoseFile
from backend_client.models.requests import Patient
from workstation.studies.imaging import ClipInfo, PictureInfo
from workstation.ui.literal_text import one_line
from workstation.ui.screens.review.file_questions import FileQuestions
from workstation.ui.screens.review.named_in_file import other_named, others_parts
from workstation.ui.screens.review.pane_model import PaneModel

_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class PaneNote:
    """A line over the picture; `warn` where the doctor must not miss it."""

    text: str
    glyph: str
    warn: bool = True
    action: str = ""
    """On the button at its right, which asks whose file it is; "" has none."""
    loads_again: bool = False
    """The button fetches the file once more instead."""


class PaneWords(QObject):
    """Words of the panes."""

    def notes(
        self, pane: PaneModel, patient: Patient | None, questions: FileQuestions | None = None
    ) -> list[PaneNote]:
        """The lines over an open file, the gravest first."""
        info = pane.info
        if info is None:
            return []
        if self._of_other_request(pane):
            questions = None  # it is asked in that request
        notes: list[PaneNote] = []
        others = others_parts(pane, patient)
        if others:
            document = _to_be_asked(others, questions)
            notes.append(self._other_patient(document, others[document], questions))
        elif pane.document is None and (said := other_named(info, patient)):
            notes.append(self._other_patient(None, said, questions))
        notes += self._of_other_request(pane)
        notes += self._of_series(pane)
        if isinstance(info, ClipInfo) and info.frame_count < info.frames_announced:
            notes.append(PaneNote(self._cut_off(info), "warning"))
        if pane.broken_parts:
            text = self.tr("%n part(s) of the file cannot be read", None, pane.broken_parts)
            info = pane.info
            if isinstance(info, PictureInfo) or (isinstance(info, ClipInfo) and info.is_still):
                text = self.tr("The picture cannot be read")
            broken = self.tr("{}. Ask for the file again.").format(text)
            notes.append(PaneNote(broken, "warning"))
        if pane.was_restarted:
            again = self.tr("The viewer was restarted: the file is open again")
            notes.append(PaneNote(again, "arrow-clockwise", warn=False))
        return notes

    def loading(self, document: Document, received: int, total: int, parts: int = 1) -> str:
        """«Загружаю клип, 12 из 40 МБ»; once all has come, «Открываю клип»."""
        what = self._accusative(document.kind)
        if parts > 1:
            what = self.tr("the series of %n slice(s)", None, parts)
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

    def _of_other_request(self, pane: PaneModel) -> list[PaneNote]:
        """Nobody takes an earlier picture for today's."""
        other = pane.other_request_of(pane.document) if pane.document is not None else None
        if other is None:
            return []
        text = self.tr("From another request of the patient, No. {} of {}: to be looked at only")
        day = f"{other.created_at:%d.%m.%Y}"
        return [PaneNote(text.format(other.number, day), "clock-counter-clockwise", warn=False)]

    def _of_series(self, pane: PaneModel) -> list[PaneNote]:
        """Slices that were sent and are not seen: a stack with a hole is not the examination."""
        series, again = pane.series, self.tr("Load again")
        notes: list[PaneNote] = []
        count = len(series.not_fetched) if series is not None else 0
        whole = len(pane.parts)
        if count:
            text = self.tr("%n slice(s) of {} not loaded: shown without them", None, count)
            notes.append(PaneNote(text.format(whole), "warning", action=again, loads_again=True))
        if series is not None and series.unreadable:
            text = self.tr("%n slice(s) of {} damaged and not shown", None, series.unreadable)
            notes.append(PaneNote(text.format(whole), "warning"))
        if pane.come_since:
            text = self.tr("%n more slice(s) of the series came", None, pane.come_since)
            notes.append(PaneNote(text, "tray", False, again, loads_again=True))
        return notes

    def _accusative(self, kind: DocumentKind) -> str:
        words = {
            DocumentKind.ECG: self.tr("the ECG"),
            DocumentKind.CLIP: self.tr("the clip"),
            DocumentKind.IMAGE: self.tr("the picture"),
            DocumentKind.PHOTO: self.tr("the photo"),
            DocumentKind.PDF: self.tr("the document"),
        }
        return words.get(kind) or self.tr("the file")

    def _other_patient(
        self, document: Document | None, said: str, questions: FileQuestions | None
    ) -> PaneNote:
        """The question, or how it was answered."""
        if document is None or questions is None:
            asked = self.tr("Another patient in the file? It says: {}").format(said)
            return PaneNote(asked, "user-circle")
        whose = questions.whose(document)
        by = self._answered(document, questions)
        if whose is WhoseFile.OTHER:
            told = self.tr("Another patient's file: nothing of it goes into the conclusion{}")
            return PaneNote(told.format(by), "user-circle", action=self.tr("Change the answer"))
        if whose is WhoseFile.PATIENT:
            told = self.tr("The same patient, though the file says: {}{}").format(said, by)
            change = self.tr("Change the answer")
            return PaneNote(told, "user-circle", warn=False, action=change)
        asked = self.tr(
            "Another patient in the file? It says: {}. Until that is answered nothing of it goes"
            " into the conclusion"
        )
        return PaneNote(asked.format(said), "user-circle", action=self.tr("Answer"))

    def _answered(self, document: Document, questions: FileQuestions) -> str:
        """« (Левашова М. О., 22.11.2026: девичья фамилия)»."""
        if questions.is_waiting(document):
            return " " + self.tr("(not sent yet)")
        answer = questions.answer(document)
        if answer is None:
            return ""
        who = f"{answer.by_name}, {answer.at:%d.%m.%Y}"
        return f" ({who}: {one_line(answer.reason)})" if answer.reason else f" ({who})"

    def _cut_off(self, info: ClipInfo) -> str:
        if info.frame_count == 1:
            return self.tr("Frame 1 is shown. The rest cannot be read.")
        text = self.tr("Frames 1–{} are shown. The rest cannot be read.")
        return text.format(info.frame_count)


def _to_be_asked(others: dict[Document, str], questions: FileQuestions | None) -> Document:
    """The first that nobody has answered for, else the first."""
    first = next(iter(others))
    if questions is None:
        return first
    return next((one for one in others if questions.whose(one) is None), first)
