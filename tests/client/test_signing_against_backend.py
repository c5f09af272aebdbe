"""A conclusion from the draft to the patient: real papers, real signatures, the real backend."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from backend.conclusions.process_checker import ProcessChecker
from backend.settings import Settings
from backend_client.client import BackendClient
from backend_client.errors import Conflict, Rejected
from backend_client.models.common import ProblemCode, RequestId
from backend_client.models.conclusions import ConclusionForm, ConclusionState
from signing.report import Verdict
from signing.verify import verify_pdf
from tests.backend.clinic import PASSWORD, ClinicMaker, PatientCaller, SetClock
from tests.backend.consultation import MINE, ONE, consult
from tests.client.test_against_backend import client_of
from tests.unit.services.house import FakeOpener
from workstation.services.answers import CardView, SignedPdf
from workstation.services.approvals import ApprovalService
from workstation.services.certificates import DemoCertificates
from workstation.services.conclusions import ConclusionService

REQUEST_ID = RequestId(ONE)
FORM = ConclusionForm(complaints="Перебои", recommendations="Холтер")


@pytest.fixture
def clinics(settings: Settings, tmp_path: Path) -> ClinicMaker:
    return ClinicMaker(settings, SetClock(), ProcessChecker(tmp_path / "trust-roots"))


class FreshCards:
    """Cards without a cache behind them."""

    def __init__(self, client: BackendClient) -> None:
        self._client = client

    async def card(self, request_id: RequestId) -> CardView:
        return CardView(await self._client.requests.card(request_id))


@dataclass(frozen=True)
class Desks:
    """A doctor and a clinic admin after a consultation, and the patient."""

    doctor: ConclusionService
    admin: ApprovalService
    patient: PatientCaller
    certificates: DemoCertificates

    async def signed(self) -> SignedPdf:
        """The doctor writes and signs; the admin reads."""
        draft = await self.doctor.open(REQUEST_ID)
        await self.doctor.save(REQUEST_ID, 0, draft.form)
        await self.doctor.save(REQUEST_ID, 1, FORM)
        preview = await self.doctor.preview(await self.doctor.open(REQUEST_ID))
        signed = await self.doctor.sign(preview, self.doctor.pin_hint)
        assert signed.state is ConclusionState.SIGNED
        (approval,) = await self.admin.waiting()
        read = await self.admin.read(approval)
        assert read.pdf.startswith(preview.pdf)
        return read


@asynccontextmanager
async def desks(clinics: ClinicMaker, folder: Path) -> AsyncIterator[Desks]:
    async with clinics.open(MINE) as clinic:
        caller = await clinic.caller()
        patient = await clinic.patient(caller, ONE)
        await consult(caller, patient)
        doctor, admin = client_of(clinic), client_of(clinic)
        levashova = await doctor.account.sign_in("levashova", PASSWORD)
        agapova = await admin.account.sign_in("admin", PASSWORD)
        keys, opener = DemoCertificates(folder / "trust-roots", present), FakeOpener()
        cards = FreshCards(doctor)
        yield Desks(
            ConclusionService(
                doctor.conclusions, doctor.calls, cards, opener, keys, levashova, present
            ),
            ApprovalService(admin.conclusions, opener, keys, agapova, present),
            patient,
            keys,
        )
        await doctor.aclose()
        await admin.aclose()


def present() -> datetime:
    """The server's checks of signatures go by the real clock."""
    return datetime.now(UTC)


async def test_draft_signed_approved_and_in_the_patients_hands(
    clinics: ClinicMaker, tmp_path: Path
) -> None:
    """OZ-12, DRC-13, SPB-21"""
    async with desks(clinics, tmp_path) as house:
        signed = await house.signed()
        done = await house.admin.approve(signed, house.admin.pin_hint)
        delivered = (await house.patient.get("/conclusion")).content
        roots = await house.certificates.roots()
        report = await asyncio.to_thread(verify_pdf, delivered, roots, 2)
    assert done.state is ConclusionState.DELIVERED
    assert delivered.startswith(signed.pdf)
    assert report.verdict is Verdict.VALID


async def test_file_that_was_changed_on_the_servers_disk_is_neither_read_nor_approved(
    clinics: ClinicMaker, tmp_path: Path
) -> None:
    async with desks(clinics, tmp_path) as house:
        signed = await house.signed()
        await asyncio.to_thread(change_kept_file, tmp_path)
        with pytest.raises(Conflict) as reading:
            await house.admin.read(signed.approval)
        with pytest.raises(Conflict) as approving:
            await house.admin.approve(signed, house.admin.pin_hint)
        waiting = await house.admin.waiting()
    assert reading.value.code is ProblemCode.FILE_CHANGED
    assert approving.value.code is ProblemCode.FILE_CHANGED
    assert waiting == [signed.approval]


async def test_server_refuses_a_signature_whose_root_it_does_not_trust(
    clinics: ClinicMaker, tmp_path: Path
) -> None:
    async with desks(clinics, tmp_path / "elsewhere") as house:
        await house.doctor.save(REQUEST_ID, 0, FORM)
        preview = await house.doctor.preview(await house.doctor.open(REQUEST_ID))
        with pytest.raises(Rejected) as refused:
            await house.doctor.sign(preview, house.doctor.pin_hint)
        assert (await house.doctor.open(REQUEST_ID)).conclusion is not None
        assert await house.admin.waiting() == []
    assert refused.value.code is ProblemCode.BAD_SIGNATURE


def change_kept_file(folder: Path) -> None:
    """Somebody with access to the disk alters one byte."""
    (kept,) = (folder / "files" / "conclusions" / ONE).glob("*.pdf")
    content = bytearray(kept.read_bytes())
    content[len(content) // 2] ^= 1
    kept.write_bytes(content)
