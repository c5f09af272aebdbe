"""The second half of the tour: one whole consultation, with a real browser as the patient."""

import asyncio
import os
import signal
import tempfile
import time
from contextlib import AsyncExitStack
from pathlib import Path

from cryptography import x509
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget

from backend_client.models.conclusions import ConclusionState
from backend_client.models.requests import RequestRow, RequestStatus
from backend_client.models.schedule import SlotState
from signing.certificates import load_roots
from signing.report import Level
from signing.verify import verify_pdf
from tests.journeys.chromium import chromium
from tests.journeys.driver import Desk, hold
from tests.journeys.house import SLOT_CASE
from tests.journeys.patient import DESKTOP, Patient
from tests.journeys.stage import Stage
from tests.journeys.steps import choose_patient, leave_case, screens, sign_in
from tests.signing.outside_validators import INSTALL, openssl, openssl_refusals, pyhanko_accepts
from tests.unit.media.two_sides import SYNTHETIC
from workstation.core.call_media import CallSettings, Device, DeviceTrouble
from workstation.core.live_call import CallPhase, LiveCall, Recovery
from workstation.documents.pdfa import checked_pdfa
from workstation.services.calls import CallService
from workstation.services.certificates import Certificates
from workstation.ui.screens.approvals.view_model import ApprovalsViewModel, Refusal
from workstation.ui.screens.call.chat_rows import MessageLine
from workstation.ui.widgets.rail import Rail

PDF = "conclusion.pdf"
PIN, WRONG_PIN = "2026", "1111"
NOBODYS_CAMERA = CallSettings(camera="no such camera", microphone="no such microphone")
QUESTION = "Здравствуйте! Держу перед собой список лекарств."
ANSWER = "Здравствуйте. Прочитайте его, пожалуйста, вслух."
UNOPENED = "Не относится к вопросу"
TEXTS = {
    "conclusion.history": "Больна с детства, наблюдается у кардиолога по месту жительства.",
    "conclusion.findings": "ЭхоКГ: перегородка 19 мм, градиент 52 мм рт. ст. ЭКГ: синусовый ритм.",
    "conclusion.recommendations": "Очная консультация кардиохирурга, суточный ЭКГ до приёма.",
}


class Consultation:
    """Steps of the tour, from the link to a PDF with two signatures."""

    desk: Desk
    stage: Stage
    out: Path
    certificates: Certificates
    shown: CallSettings = SYNTHETIC
    """What the doctor sends in the call."""

    def __init__(self, certificates: Certificates) -> None:
        self.certificates = certificates
        self._previewed = b""
        self._browser = AsyncExitStack()
        self._patient: Patient | None = None
        self._request_id = ""
        self._downloaded = b""

    async def close(self) -> None:
        """Ends the browser."""
        await self._browser.aclose()

    async def patient_link(self) -> str:
        """C shows the consultation; L gives the link for the patient into the clipboard."""
        await choose_patient(self.desk, SLOT_CASE)
        self.desk.press(Qt.Key.Key_C)
        model = screens(self.desk).call_model
        await self.desk.until(lambda: model.row is not None, "the consultation did not come")
        self._request_id = self._row().id
        self.desk.press(Qt.Key.Key_L)
        clipboard = QGuiApplication.clipboard()
        await self.desk.until(lambda: "/p/#" in clipboard.text(), "no link in the clipboard")
        hold("#" not in self.desk.window.windowTitle(), "the link is in the title")
        return "in the clipboard"

    async def patient_accepts(self) -> str:
        """The patient opens the link and takes the time: the doctor's week shows it (OZ-8)."""
        url = self.stage.patients_url(QGuiApplication.clipboard().text())
        profile = Path(self._browser.enter_context(tempfile.TemporaryDirectory()))
        browser = await self._browser.enter_async_context(chromium(profile))
        self._patient = patient = await Patient.open(browser, url)
        await patient.picture(self.out / "patient-1-time.png")
        await patient.accept_time()
        await self._until_status(RequestStatus.SCHEDULED, RequestStatus.WAITING)
        await patient.picture(self.out / "patient-2-lobby.png")
        await leave_case(self.desk)
        self._room("week")
        model = screens(self.desk).week_model
        await self.desk.until(
            lambda: any(
                one.slot.state is SlotState.ACCEPTED and one.patient_name.startswith(SLOT_CASE)
                for one in model.entries
            ),
            "the week does not show the appointment",
        )
        return "the appointment stands in the doctor's week"

    async def call_rings(self) -> str:
        """The doctor calls (DRC-4); camera and microphone are missing, and that is said."""
        self._room("queue")
        await choose_patient(self.desk, SLOT_CASE)
        self.desk.press(Qt.Key.Key_C)
        await self.desk.until(lambda: screens(self.desk).call_model.row, "no call screen")
        self._calls().settings = NOBODYS_CAMERA
        self.desk.press(Qt.Key.Key_Return)
        await self._until_phase(CallPhase.RINGING)
        await self._talk().says("Врач звонит")
        await self._talk().picture(self.out / "patient-3-ring.png")
        return "rings at the patient's page"

    async def no_camera(self) -> str:
        """The call goes on with what there is, and says what there is not (SPB-19)."""
        await self._talk().answer()
        await self._until_phase(CallPhase.TALKING)
        lost = self._live().missing
        hold(lost.get(Device.CAMERA) is DeviceTrouble.NOT_FOUND, "the camera is not missed")
        await self.desk.until(
            self.desk.find(QWidget, "call.notice").isVisible, "nothing is said of the camera"
        )
        await self.desk.picture(self.out / "call_without_camera.png")
        self.desk.press(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
        await self._until_phase(CallPhase.OVER)
        await self._until_status(RequestStatus.DRAFTING)
        return ", ".join(device.value for device in lost)

    async def call(self) -> str:
        """Called again, with a picture: both see and hear each other."""
        self._calls().settings = self.shown
        again = self.desk.find(QAbstractButton, "call.again")
        await self.desk.until(again.isVisible, "it cannot be called again")
        again.setFocus()
        self.desk.press(Qt.Key.Key_Return)
        await self._until_phase(CallPhase.RINGING)
        await self._talk().answer()
        await self._until_phase(CallPhase.TALKING)
        await self._talk().sees_frames()
        await self._talk().hears_doctor()
        await self.desk.until(self._hears_patient, "the patient is not heard")
        await self._talk().picture(self.out / "patient-4-call.png")
        live = self._live()
        assert live.first_frame_s is not None
        assert live.answer_to_frame_s is not None
        return (
            f"first picture {live.first_frame_s:.2f} s after the call, "
            f"{live.answer_to_frame_s:.2f} s after the answer"
        )

    async def chat(self) -> str:
        """Both write; the server keeps it (DRC-6)."""
        await self._talk().write(QUESTION)
        heard = "the patient's message did not come"
        await self.desk.until(lambda: QUESTION in self._chat(), heard)
        await self._doctor_writes(ANSWER)
        await self._talk().reads(ANSWER)
        await self._talk().picture(self.out / "patient-5-chat.png")
        await self._talk().close_chat()
        return "both ways"

    async def media_killed_in_call(self) -> str:
        """The media process is killed: the call comes back, and the doctor is told."""
        backing = self.desk.workstation.backing
        assert backing is not None
        pid = backing.media.pid
        assert pid is not None
        told = asyncio.ensure_future(self._recovers(Recovery.MEDIA_RESTARTED))
        await asyncio.sleep(0)
        os.kill(pid, signal.SIGKILL)
        return f"talking again after {await told:.1f} s"

    async def tab_reopened(self) -> str:
        """The patient's tab is closed and opened again: the same call goes on."""
        told = asyncio.ensure_future(self._recovers(Recovery.PATIENT_CAME_BACK))
        await asyncio.sleep(0)
        await self._talk().close_tab()
        await self._talk().reopen()
        await self._talk().come_back()
        seconds = await told
        await self._talk().sees_frames()
        return f"talking again after {seconds:.1f} s"

    async def folded(self) -> str:
        """F6 leads to the conclusion; the call goes on as a strip over it."""
        self.desk.press(Qt.Key.Key_F6)
        strip = self.desk.find(QWidget, "callStrip")
        await self.desk.until(strip.isVisible, "the call is not on the screen any more")
        model = screens(self.desk).conclusion_model
        await self.desk.until(lambda: model.draft is not None, "the form did not come")
        return "strip over the form"

    async def hung_up(self) -> str:
        """The doctor ends the call from the strip; the patient is told that it is over."""
        self.desk.press(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
        await self._until_phase(CallPhase.OVER)
        await self._talk().says("Врач пишет заключение")
        await self._talk().picture(self.out / "patient-6-after.png")
        return "over on both sides"

    async def conclusion_written(self) -> str:
        """The form is filled by keyboard; the page beside it is the page to be signed."""
        model = screens(self.desk).conclusion_model
        for name, text in TEXTS.items():
            self.desk.find(QWidget, name).setFocus()
            self.desk.type_text(text)
        if model.unopened:
            self.desk.find(QLineEdit, "conclusion.unopenedReason").setFocus()
            self.desk.type_text(UNOPENED)
        seconds = await self.desk.until(lambda: model.obstacle is None, "it cannot be signed", 90)
        return f"saved and shown {seconds:.1f} s after the last key"

    async def wrong_pin(self) -> str:
        """A wrong PIN signs nothing and loses nothing."""
        self._type_pin("conclusion.pin", WRONG_PIN)
        self.desk.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        field = self.desk.find(QLineEdit, "conclusion.pin")
        await self.desk.until(lambda: field.property("invalid"), "the wrong PIN was not refused")
        model = screens(self.desk).conclusion_model
        hold(model.state is ConclusionState.DRAFTING, "signed with a wrong PIN")
        hold(model.form.findings == TEXTS["conclusion.findings"], "the text is lost")
        return "refused in place"

    async def signed(self) -> str:
        """The doctor's signature certifies what was shown, byte for byte (PAdES B-LTA)."""
        model = screens(self.desk).conclusion_model
        preview = model.preview.ready
        hold(preview is not None, "no pages to be signed")
        assert preview is not None
        self._previewed = preview.pdf
        self._type_pin("conclusion.pin", PIN)
        begun = time.perf_counter()
        self.desk.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        await self.desk.until(lambda: model.state is ConclusionState.SIGNED, "not signed", 60)
        return f"from Ctrl+Enter to the server's word {time.perf_counter() - begun:.2f} s"

    async def approval_desk(self) -> str:
        """The clinic admin finds it, with the verdict on the doctor's signature (OZ-12)."""
        self.desk = await self.stage.admins_desk(self.desk)
        await self.desk.sign_with(self.certificates)
        await sign_in(self.desk, "berezhnoy")
        self._room("approvals")
        model = self._approvals()
        await self.desk.until(lambda: model.refusal is None, "it cannot be approved")
        return f"{model.count} waits, its signature is good"

    async def altered_file_refused(self) -> str:
        """Bytes of the PDF are changed in the server's store: it is not approved."""
        files, path = self.stage.files, await self._kept_path()
        whole = await files.read(path)
        await files.write(path, whole[:-200] + b" " + whole[-199:])
        model = self._approvals()
        model.read_again()
        await self.desk.until(
            lambda: model.refusal is Refusal.FILE_CHANGED, "the altered file was not refused"
        )
        self._type_pin("approvals.pin", PIN)
        self.desk.press(Qt.Key.Key_Return)
        await self.desk.picture(self.out / "approval_refused.png")
        hold(model.chosen is not None, "an altered file was approved")
        await files.write(path, whole)
        model.read_again()
        await self.desk.until(lambda: model.refusal is None, "the whole file is refused, too")
        return "refused while it was altered"

    async def approved(self) -> str:
        """A, PIN, Enter: the second signature; the patient's page offers the PDF (SPB-21)."""
        model = self._approvals()
        self.desk.find(QWidget, "approvals.list").setFocus()
        self.desk.press(Qt.Key.Key_A)
        self.desk.type_text(PIN)
        begun = time.perf_counter()
        self.desk.press(Qt.Key.Key_Return)
        await self.desk.until(lambda: model.count == 0, "not approved", 60)
        seconds = time.perf_counter() - begun
        await self._talk().wait_for_conclusion()
        await self._talk().picture(self.out / "patient-7-conclusion.png")
        await self._talk().picture(self.out / "patient-7-conclusion-desktop.png", DESKTOP)
        self._downloaded = await self._talk().download_pdf()
        return f"approved after {seconds:.2f} s, {len(self._downloaded)} bytes at the patient"

    async def signatures_hold(self) -> str:
        """OpenSSL and pyHanko's own validator accept both signatures of the patient's file, which
        is B-LTA for both and begins with the PDF/A that the doctor saw."""
        await asyncio.to_thread((self.out / PDF).write_bytes, self._downloaded)
        roots = await asyncio.to_thread(self._roots)
        judged = await asyncio.to_thread(pyhanko_accepts, self._downloaded, roots)
        hold(judged == [True, True], f"pyHanko says {judged}")
        program = openssl()
        hold(program is not None, INSTALL)
        assert program is not None
        with tempfile.TemporaryDirectory() as folder:
            refusals = await asyncio.to_thread(
                openssl_refusals, program, self._downloaded, roots, Path(folder)
            )
        hold(len(refusals) >= 2 and not any(refusals), f"OpenSSL says {refusals}")
        told = await asyncio.to_thread(verify_pdf, self._downloaded, roots)
        levels = [one.level for one in told.signatures]
        hold(levels == [Level.B_LTA, Level.B_LTA], f"the levels are {levels}")
        hold(self._downloaded.startswith(self._previewed), "other pages than were seen")
        await asyncio.to_thread(checked_pdfa, self._previewed)
        hold(not self._talk().page.errors, f"the page says {self._talk().page.errors}")
        self.desk = await self.stage.doctors_desk(self.desk)
        return f"{self.out / PDF}: both B-LTA, accepted by OpenSSL and pyHanko"

    # what the steps share

    async def _doctor_writes(self, text: str) -> None:
        """M, the words, Enter; Esc leaves the field once the server has them."""
        self.desk.press(Qt.Key.Key_M)
        self.desk.type_text(text)
        self.desk.press(Qt.Key.Key_Return)
        await self.desk.until(lambda: text in self._chat(), "the message was not sent")
        self.desk.press(Qt.Key.Key_Escape)

    def _chat(self) -> list[str]:
        lines = screens(self.desk).call_model.chat.rows.lines
        return [line.message.text for line in lines if isinstance(line, MessageLine)]

    @property
    def patient(self) -> Patient:
        """At their page, once the link was followed."""
        return self._talk()

    def _talk(self) -> Patient:
        assert self._patient is not None
        return self._patient

    def _calls(self) -> CallService:
        desk = self.desk.workstation.desk
        assert desk is not None
        return desk.calls

    def _live(self) -> LiveCall:
        live = self._calls().live
        assert live is not None
        return live

    def _row(self) -> RequestRow:
        row = screens(self.desk).call_model.row
        assert row is not None
        return row

    def _approvals(self) -> ApprovalsViewModel:
        model = screens(self.desk).approvals_model
        assert model is not None
        return model

    def _hears_patient(self) -> bool:
        stats = self._live().stats
        return stats is not None and stats.audio_received.level_dbfs > -60

    def _room(self, key: str) -> None:
        self.desk.window.findChildren(Rail)[0].chosen.emit(key)

    def _type_pin(self, name: str, pin: str) -> None:
        field = self.desk.find(QLineEdit, name)
        field.setFocus()
        field.selectAll()
        self.desk.type_text(pin)

    async def _until_phase(self, phase: CallPhase) -> None:
        def is_there() -> bool:
            live = self._calls().live
            return live is not None and live.phase is phase

        await self.desk.until(is_there, f"the call is not {phase.value}", 90)

    async def _until_status(self, *statuses: RequestStatus) -> None:
        await self.desk.until(
            lambda: self._row().status in statuses, f"the request is not {statuses[0].value}"
        )

    async def _recovers(self, why: Recovery) -> float:
        """Seconds from now until the call was lost for that reason, told, and came back."""
        before = self._live().recoveries
        begun = time.perf_counter()
        await self.desk.until(lambda: self._live().recoveries > before, "not lost", 90)
        await self.desk.until(
            lambda: self._live().phase is CallPhase.TALKING and self._live().recovery is why,
            f"the call did not come back ({why.value})",
            60,
        )
        return time.perf_counter() - begun

    async def _kept_path(self) -> str:
        """Of the signed PDF in the server's store."""
        paths = list(await self.stage.files.sizes(f"conclusions/{self._request_id}"))
        hold(len(paths) == 1, f"{len(paths)} files of the conclusion")
        return paths[0]

    def _roots(self) -> list[x509.Certificate]:
        found: list[x509.Certificate] = []
        for path in sorted(self.stage.trust_roots.glob("*.pem")):
            found += load_roots(path)
        return found


CONSULTATION = (
    Consultation.patient_link,
    Consultation.patient_accepts,
    Consultation.call_rings,
    Consultation.no_camera,
    Consultation.call,
    Consultation.chat,
    Consultation.media_killed_in_call,
    Consultation.tab_reopened,
    Consultation.folded,
    Consultation.hung_up,
    Consultation.conclusion_written,
    Consultation.wrong_pin,
    Consultation.signed,
    Consultation.approval_desk,
    Consultation.altered_file_refused,
    Consultation.approved,
    Consultation.signatures_hold,
)
