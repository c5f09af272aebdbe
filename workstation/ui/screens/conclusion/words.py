"""The conclusion in words: where it stands, where its text is, why it cannot be signed."""

from datetime import datetime

from PySide6.QtCore import QObject

from backend_client.models.catalogue import ConclusionTemplate
from backend_client.models.conclusions import Conclusion, ConclusionState
from backend_client.models.documents import Document
from backend_client.models.requests import RequestStatus
from workstation.ui.error_text import UserMessage, user_message
from workstation.ui.request_words import Sign
from workstation.ui.screens.conclusion.draft_writer import Keeping
from workstation.ui.screens.conclusion.form_state import Obstacle, Section, section_of
from workstation.ui.screens.conclusion.view_model import ConclusionViewModel
from workstation.ui.wording import NBSP, Wording

_PAPERS = "workstation.documents.errors."


class ConclusionWords(QObject):
    """Words of this screen alone."""

    def __init__(self, wording: Wording, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.wording = wording

    def section(self, section: Section) -> str:
        """«Жалобы»."""
        return {
            Section.QUESTION: self.tr("Question to the consultant"),
            Section.COMPLAINTS: self.tr("Complaints"),
            Section.HISTORY: self.tr("History"),
            Section.FINDINGS: self.tr("Findings of the studies"),
            Section.DIAGNOSIS: self.tr("Diagnosis by ICD-10"),
            Section.ANSWER: self.tr("Answer to the question"),
            Section.RECOMMENDATIONS: self.tr("Recommendations"),
            Section.FURTHER_TESTS: self.tr("Further tests"),
            Section.DECISION: self.tr("Decision"),
            Section.FOLLOW_UP: self.tr("Follow-up"),
            Section.URGENT: self.tr("When to call an ambulance"),
            Section.BASIS: self.tr("Basis (323-FZ, art. 36.2)"),
            Section.LIMITS: self.tr("Limits of a remote consultation"),
        }.get(section, "")

    def template(self, template: ConclusionTemplate) -> str:
        """«шаблон: кардиохирургия 3.1»; its name is the centre's, in its language."""
        return self.tr("template: {} {}").format(template.title_ru, template.version)

    def state(self, state: ConclusionState) -> str:
        """The chip beside the title."""
        words = {
            ConclusionState.DRAFTING: self.tr("draft"),
            ConclusionState.RETURNED: self.tr("returned for revision"),
            ConclusionState.SIGNED: self.tr("signed"),
            ConclusionState.DELIVERED: self.tr("delivered"),
        }
        return words.get(state) or self.tr("unknown state")

    def clock(self, at: datetime) -> str:
        """«12:04:11» in the doctor's zone."""
        local = at.astimezone(self.wording.now().tzinfo)
        return f"{local.hour:02d}:{local.minute:02d}:{local.second:02d}"

    def kept(self, model: ConclusionViewModel) -> Sign:
        """Where the text is."""
        draft, record = model.draft, model.record
        if draft is None:
            return Sign("", "")
        if draft.keeping is Keeping.STALE:
            return Sign("warning", self.tr("not saved: changed elsewhere"), "danger.text")
        if model.is_cut_off and not draft.is_kept and not draft.is_disk_out:
            kept = self.tr("kept on this computer, not sent yet")
            text = kept if draft.is_here else self.tr("saving")
            return Sign("floppy-disk", text, "text.secondary" if draft.is_here else "text.tertiary")
        if draft.keeping is Keeping.FAILED:
            reason = draft.problem.title if draft.problem is not None else ""
            return Sign("warning", self.tr("not saved: {}").format(_lower(reason)), "danger.text")
        if model.is_leaving:
            return Sign("floppy-disk", self.tr("saving before you leave"), "text.secondary")
        if record is None or draft.keeping in (Keeping.WAITING, Keeping.SAVING):
            begun = draft.keeping is not Keeping.NOT_BEGUN
            text = self.tr("saving") if begun else self.tr("nothing is written yet")
            return Sign("floppy-disk" if begun else "pencil-simple", text, "text.tertiary")
        return Sign("check", self.tr("saved {}").format(self.clock(record.changed_at)), "ok.text")

    def not_filled(self, sections: tuple[Section, ...]) -> Sign:
        """«не заполнено 2: Анамнез, Рекомендации»."""
        if not sections:
            return Sign("check", self.tr("all is filled"), "ok.text")
        names = ", ".join(_lower(self.section(section)) for section in sections)
        return Sign("list-dashes", self.tr("%n not filled: {}", None, len(sections)).format(names))

    def unopened(self, files: tuple[Document, ...]) -> tuple[str, str]:
        """«Не открыто 2 файла:» and their names."""
        names = ", ".join(self.tr("“{}”").format(file.title) for file in files)
        return self.tr("%n file(s) not opened:", None, len(files)), names

    def size(self, pages: int, size: int) -> str:
        """«2 стр., 184 КБ»."""
        kilobytes = self.tr("{} KB").format(max(1, round(size / 1024)))
        count = self.tr("%n page(s)", None, pages)
        return f"{count}, {kilobytes}".replace(" ", NBSP)

    def read_only(self, model: ConclusionViewModel) -> str:
        """Why nothing can be written, where the state of the conclusion does not say it."""
        row = model.row
        if row is None or model.is_editable or model.is_signing:
            return ""
        if model.state not in (ConclusionState.DRAFTING, ConclusionState.RETURNED):
            return ""
        if model.has_ended:
            return self._ended(row.status)
        if row.owner is not None and not row.owner.is_me:
            text = self.tr("{} has the case: the conclusion can only be read")
            return text.format(row.owner.name)
        if row.owner is None:
            return self.tr("Nobody has the case: take it to write the conclusion")
        return self.tr("In its present state the conclusion can only be read")

    def told_patient(self, model: ConclusionViewModel) -> str:
        """Of a request that has ended without a conclusion: what the patient was told."""
        outcome = None if model.card is None else model.card.outcome
        if not model.has_ended or outcome is None or not outcome.note.strip():
            return ""
        return self.tr("The patient was told: {}").format(outcome.note.strip())

    def _ended(self, status: RequestStatus) -> str:
        """How the request has ended (OZ-22, SPB-22, DRC-11)."""
        told = {
            RequestStatus.CLOSED_WITHOUT_CONCLUSION: self.tr("Closed without a conclusion"),
            RequestStatus.NO_CONTACT: self.tr("Closed: the patient could not be reached"),
            RequestStatus.CANCELLED: self.tr("The patient has cancelled the consultation"),
            RequestStatus.CANCELLED_LATE: self.tr("The patient has cancelled too late"),
            RequestStatus.ANNULLED: self.tr("The request was annulled"),
            RequestStatus.INVITED_IN_PERSON: self.tr("The patient is invited to a visit in person"),
            RequestStatus.INPATIENT_CARE: self.tr("Treatment in hospital is recommended"),
            RequestStatus.OUT_OF_PROFILE: self.tr("The request is out of the centre's profile"),
            RequestStatus.DECLINED: self.tr("The request was declined"),
        }
        return told.get(status, "")

    def not_signed(self) -> str:
        """In the sign bar of a request that has ended without a conclusion."""
        return self.tr("Nothing is signed: the request has ended without a conclusion")

    def cut_off(self, model: ConclusionViewModel) -> UserMessage | None:
        """That there is no connection, and what becomes of the text; None where there is one."""
        draft = model.draft
        if draft is None or not model.is_cut_off or not model.is_editable:
            return None
        title = self.tr("No connection: you can go on writing")
        if draft.is_disk_out:
            return UserMessage(title, self.tr("The text stays in this window until it is sent."))
        kept = self.tr(
            "The text is kept on this computer and is sent by itself; signing comes then."
        )
        unknown = self.tr("Whether the server has a text of this conclusion is seen then.")
        return UserMessage(title, kept if draft.record is not None else f"{kept} {unknown}")

    def standing(self, record: Conclusion) -> Sign:
        """What has come of a signed conclusion."""
        signed = self.wording.day_and_time(record.signed_at) if record.signed_at else ""
        if record.state is ConclusionState.SIGNED:
            text = self.tr("Signed {}. Waits for the approval of the clinic.").format(signed)
            return Sign("shield-check", text, "ok.text")
        if record.state is ConclusionState.DELIVERED:
            return Sign("circle-wavy-check", self._delivered(record, signed), "ok.text")
        return Sign("question", self.tr("The conclusion is in a state that is not known here"))

    def obstacle(self, model: ConclusionViewModel) -> str:
        """Why the button does nothing now; "" where it signs."""
        obstacle = model.obstacle
        if obstacle is None:
            return ""
        if obstacle is Obstacle.TOO_EARLY:
            return self._too_early(model)
        if obstacle is Obstacle.NO_CERTIFICATE:
            return self._no_certificate(model)
        return {
            Obstacle.BUSY: self.tr("The file is being signed and handed in"),
            Obstacle.NOT_WRITTEN: self.read_only(model),
            Obstacle.NOT_IDENTIFIED: self.tr(
                "The patient is not identified: confirm the identity on the request's card"
            ),
            Obstacle.NOT_ALLOWED: self.tr("In its present state the request cannot be signed"),
            Obstacle.CUT_OFF: self.tr(
                "No connection: it can be signed once the server has the text"
            ),
            Obstacle.STALE: self.tr("Choose above which text is to stay"),
            Obstacle.NOTHING_FILLED: self.tr("Write history, findings or recommendations first"),
            Obstacle.BAD_CODE: self.tr("The ICD-10 code has a mistake: correct it"),
            Obstacle.UNOPENED: self.tr("Open the files or say why they need not be"),
            Obstacle.NO_BASIS: self.tr(
                "Say on what basis the diagnosis is made remotely: 323-FZ, art. 36.2"
            ),
            Obstacle.NOT_SAVED: self.tr("The text is not saved yet: it cannot be signed"),
            Obstacle.SAVING: self.tr("The text is being saved, then the pages are made"),
            Obstacle.UNPRINTABLE: self.tr("The pages of this text cannot be shown: see above them"),
            Obstacle.NO_PAGES: self.tr("The pages of this text are being made"),
        }.get(obstacle, "")

    def data_changed(self) -> str:
        """Newer personal data wait: the paper has the confirmed ones (DRC-14)."""
        return self.tr("Personal data have changed: the confirmed ones stand on the paper")

    def paper_problem(self, error: BaseException) -> UserMessage:
        """Why the pages cannot be made or shown."""
        for kind in type(error).__mro__:
            name = f"{kind.__module__}.{kind.__qualname__}"
            if name == _PAPERS + "UnprintableText":
                return self._unprintable(error)
            if name == _PAPERS + "NotArchivable":
                title = self.tr("The file would not be fit for the archive (PDF/A)")
                return UserMessage(title, self.tr("It cannot be signed. Tell the administrator."))
            if name == _PAPERS + "DocumentTooLong":
                title = self.tr("The conclusion is too long to be printed")
                most = int(getattr(error, "most_pages", 0))
                detail = self.tr("At most %n page(s): shorten the text.", None, most)
                return UserMessage(title, detail)
        return user_message(error)

    def fault(self, error: BaseException) -> str:
        """What is wrong with a field, for the line under it."""
        text = self.tr("These signs cannot be printed: {}. Remove them.")
        return text.format(_signs(error))

    @staticmethod
    def faulty_section(error: BaseException | None) -> Section | None:
        """The section that cannot be printed; None where it is another trouble."""
        return section_of(str(getattr(error, "field", "")))

    def _unprintable(self, error: BaseException) -> UserMessage:
        section, field = self.faulty_section(error), str(getattr(error, "field", ""))
        signs, title = _signs(error), self.tr("{}: signs that cannot be printed: {}")
        name = self.section(section) if section is not None else self._own_line(field)
        if name:
            return UserMessage(title.format(name, signs), self.tr("Remove them."))
        told = self.tr("The administrator of the centre can correct them.")
        return UserMessage(title.format(self._of_request(field), signs), told)

    def _own_line(self, field: str) -> str:
        """Beside the form: what the doctor has typed; "" for a field that is none of those."""
        reason = self.tr("Why files were not opened")
        return {"unopened_reason": reason, "replaces": self.tr("What is corrected")}.get(field, "")

    def _of_request(self, field: str) -> str:
        """What of the request cannot be printed, by its name on the paper."""
        return {
            "patient.full_name": self.tr("The patient's name"),
            "patient.place": self.tr("The patient's place"),
            "patient.record_number": self.tr("The number of the medical record"),
            "patient.representative": self.tr("The representative"),
            "patient.relation": self.tr("The representative"),
            "participants": self.tr("The participants"),
            "asked_by": self.tr("The doctor who has sent the patient"),
            "doctor.full_name": self.tr("The doctor's name"),
            "doctor.post": self.tr("The doctor's post"),
            "centre_name": self.tr("The centre's name"),
        }.get(field, self.tr("The request"))

    def _delivered(self, record: Conclusion, signed: str) -> str:
        given = self.wording.day_and_time(record.delivered_at) if record.delivered_at else ""
        if record.approved_by:
            text = self.tr("Signed {}, approved by {}, given to the patient {}.")
            return text.format(signed, record.approved_by, given)
        return self.tr("Signed {}, given to the patient {}.").format(signed, given)

    def _too_early(self, model: ConclusionViewModel) -> str:
        if model.row is not None and model.row.status is RequestStatus.IN_CALL:
            return self.tr("The call is on: it can be signed when it has ended")
        return self.tr("It can be signed after the talk with the patient")

    def _no_certificate(self, model: ConclusionViewModel) -> str:
        signing = model.signing
        if signing.no_certificate is not None:
            return signing.no_certificate.whole
        facts = signing.certificate
        unfit = signing.words.unfit(facts, self.wording) if facts is not None else None
        return unfit.whole if unfit is not None else self.tr("The certificate is being read")


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _signs(error: BaseException) -> str:
    return ", ".join(_shown(sign) for sign in getattr(error, "characters", ()))


def _shown(sign: str) -> str:
    """The sign itself where it can be seen, else its number."""
    return sign if sign.isprintable() and not sign.isspace() else f"U+{ord(sign):04X}"
