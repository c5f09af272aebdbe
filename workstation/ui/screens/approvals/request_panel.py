"""The request beside the conclusion: who asks what, with what, of whom (OZ-7, OZ-12)."""

from PySide6.QtCore import QEvent

from backend_client.models.conclusions import ConclusionForm
from backend_client.models.requests import ItemState, RequestCard
from workstation.ui.request_words import RequestWords
from workstation.ui.screens.approvals.beside import Said, SaidColumn
from workstation.ui.theme import Theme

_HISTORY = 6
"""Newest lines of what happened."""


class RequestPanel(SaidColumn):
    """Read only, as the server has the request now."""

    def __init__(self, theme: Theme, words: RequestWords) -> None:
        super().__init__(theme, "approvals.requestPanel")
        self._words = words
        self._card: RequestCard | None = None
        self._form: ConclusionForm | None = None

    def show_request(self, card: RequestCard | None, form: ConclusionForm | None) -> None:
        """Shows it; `form` knows what was asked, as the doctor has put it."""
        self._card, self._form = card, form
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._show()
        super().changeEvent(event)

    def _show(self) -> None:
        card = self._card
        if card is None:
            self.show_said(())
            return
        said = (self._asked(card), self._complaints(card), self._diagnosis(card))
        more = (self._person(card), self._missing(card), self._happened(card))
        self.show_said([one for one in (*said, *more) if one.lines])

    def _asked(self, card: RequestCard) -> Said:
        time, row = self._words.time, card.row
        came = f"{self._words.route(row.route).word}, {time.day_and_time(row.created_at)}"
        question = "" if self._form is None else self._form.question.strip()
        lines = [("", question or self.tr("The question was not written down"))]
        lines += [(self.tr("Asks"), card.requesting_doctor)] if card.requesting_doctor else []
        lines += [(self.tr("Topic"), card.topic)] if card.topic else []
        return Said(self.tr("Who asks, and what"), (*lines, (self.tr("Came"), came)))

    def _complaints(self, card: RequestCard) -> Said:
        text = card.complaints.strip() or self.tr("none were given")
        return Said(self.tr("Complaints"), (("", text),))

    def _diagnosis(self, card: RequestCard) -> Said:
        diagnosis = card.row.diagnosis
        text = f"{diagnosis.icd10 or ''} {diagnosis.text}".strip()
        return Said(self.tr("With what diagnosis"), (("", text),) if text else ())

    def _person(self, card: RequestCard) -> Said:
        """The snapshot: the patient's data as they were confirmed last (DRC-14)."""
        row, words = card.row, self._words
        patient = row.patient
        born = f"{words.time.full_date(patient.birth_date)}, {words.time.age(patient.birth_date)}"
        lines = [
            ("", f"{patient.full_name}, {words.sex(patient.sex)}"),
            (self.tr("Born"), born),
            (self.tr("Lives in"), patient.place),
            (self.tr("Observation"), words.care_setting(row.care_setting)),
            (self.tr("Medical record"), card.medical_record_number),
            ("", words.identity(card.identity_level, card.identity).word),
        ]
        if card.representative is not None:
            who = f"{card.representative.full_name}, {card.representative.relation}"
            lines.append((self.tr("Representative"), who))
        lines += [("", mark.word) for mark in words.identity_marks(row)]
        told = tuple(line for line in lines if line[1])
        return Said(self.tr("Patient, as confirmed"), told)

    def _missing(self, card: RequestCard) -> Said:
        items = (one for one in card.row.checklist if one.state is ItemState.MISSING)
        return Said(self.tr("Was not sent"), tuple(("", one.title) for one in items))

    def _happened(self, card: RequestCard) -> Said:
        time = self._words.time
        lines = tuple((time.short_moment(one.at), one.text) for one in card.history[:_HISTORY])
        return Said(self.tr("What happened"), lines)
