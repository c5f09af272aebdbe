"""What patients, colleagues and the server do reaches the doctor as notices, over real sockets."""

import io
from dataclasses import replace
from pathlib import Path

from backend_client.models.common import RequestId
from backend_client.models.messages import NewMessage
from backend_client.models.request_actions import AskDocuments, MarkLifeThreat
from backend_client.models.requests import Action, RequestStatus
from tests.backend.clinic import ClinicMaker, a_file, id_of
from tests.backend.consultation import MINE, ONE, OTHERS, refuse_all, schedule
from tests.backend.consultation import propose as propose_times
from tests.client.test_services_against_backend import Doctor, doctor, on_a_socket, until
from tests.client.test_triage_against_backend import LocalClock
from tests.client.test_uploads_against_backend import CONTENT, doctor_at
from workstation.core.server_clock import ServerClock
from workstation.core.triage_order import HELD_S, TriageOrder
from workstation.services.case_news import NoticeKind

K = NoticeKind
TWO = RequestId(id_of("20-0002"))
FILES = tuple(a_file(code) for code in ("conclusion", "summary", "echo"))
OWN, COLLEAGUES = replace(MINE, files=FILES), replace(OTHERS, owner_key="orlov")


def waiting(one: Doctor, request_id: str = ONE) -> tuple[NoticeKind, ...]:
    """What waits of that case."""
    found = [two.kinds for two in one.desk.notices.unread if two.request_id == request_id]
    return found[0] if found else ()


async def test_messages_times_and_threats(clinics: ClinicMaker, tmp_path: Path) -> None:
    """OZ-16: counted until the doctor has read them; OZ-10 and OZ-24 for the times."""
    async with (
        clinics.open(OWN, COLLEAGUES) as clinic,
        on_a_socket(clinic) as socket,
        doctor(socket.address, "levashova", tmp_path) as one,
    ):
        staff, orlov = await clinic.caller(), await clinic.caller("orlov")
        patient = await clinic.patient(staff, ONE)
        await until(lambda: one.desk.notices.is_ready)
        await patient.post("/messages", NewMessage(text="Добрый день"))
        await until(lambda: waiting(one) == (K.MESSAGE,))
        await one.desk.chat.mark_read(RequestId(ONE), 1)
        await until(lambda: waiting(one) == ())
        await propose_times(staff)
        await refuse_all(patient)
        await until(lambda: waiting(one) == (K.SLOT_REFUSED,))
        one.desk.notices.read(RequestId(ONE))
        await schedule(staff, patient)
        await until(lambda: waiting(one) == (K.SLOT_ACCEPTED,))
        said = MarkLifeThreat(life_threat=True)
        await orlov.post(f"/requests/{TWO}/life-threat", said)
        await until(lambda: waiting(one, TWO) == (K.LIFE_THREAT,))


async def test_documents_that_were_asked_for(clinics: ClinicMaker, tmp_path: Path) -> None:
    """OZ-20: the order is held for ten seconds; the file comes when the request is nobody's."""
    clock = LocalClock()
    async with (
        clinics.open(OWN) as clinic,
        on_a_socket(clinic) as socket,
        doctor(socket.address, "levashova", tmp_path, clock=ServerClock(clock)) as one,
        doctor_at(socket.address, clinic) as sender,
    ):
        await until(lambda: one.desk.notices.is_ready)
        row = (await one.desk.requests.card(RequestId(ONE))).card.row
        words = AskDocuments(items=["ecg"], text="Пришлите ЭКГ, пожалуйста")
        await one.desk.triage.order(TriageOrder(row.id, Action.ASK_DOCUMENTS, words), row)
        clock.move(HELD_S)
        one.desk.outgoing.wake()
        waits = RequestStatus.AWAITING_DOCUMENTS
        await until(lambda: any(heard.status is waits for heard in one.heard))
        assert one.desk.notices.asked == {row.id}
        assert waiting(one) == ()
        await sender.uploads.send(row.id, "ecg", io.BytesIO(CONTENT), "ЭКГ.pdf")
        await until(lambda: waiting(one) == (K.DOCUMENTS,))
