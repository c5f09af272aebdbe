"""Who the patient is, through the typed client and the window's service (DRC-14, DRC-16)."""

from dataclasses import replace

import pytest

from backend_client.errors import Conflict, Forbidden
from backend_client.models.common import ProblemCode, RequestId
from backend_client.models.identity import DataField, IdentityMark, IdentityProof
from backend_client.models.personal_data import BringData, NewPersonalData
from backend_client.models.request_actions import EndWithNote
from backend_client.models.requests import IdentityLevel, RequestRow
from tests.backend.clinic import PATIENT, ClinicMaker
from tests.backend.consultation import MINE
from tests.client.test_request_actions import ONE, signed_in
from workstation.services.identity import IdentityService

UNKNOWN = replace(PATIENT, identity_level=IdentityLevel.NOT_IDENTIFIED)
OURS = replace(MINE, patient=UNKNOWN)


class Heard:
    """The road in of rows."""

    def __init__(self) -> None:
        self.rows: list[RequestRow] = []

    def hear(self, request_id: RequestId, row: RequestRow | None) -> None:
        """Keeps what came."""
        assert row is not None
        assert row.id == request_id
        self.rows.append(row)


async def test_identity_is_confirmed_by_the_doctor_and_withdrawn_by_the_clinic(
    clinics: ClinicMaker,
) -> None:
    """DRC-16: each answer comes in by the road of all changes."""
    async with (
        clinics.open(OURS) as clinic,
        signed_in(clinic) as doctor,
        signed_in(clinic, "admin") as admin,
    ):
        heard = Heard()
        service = IdentityService(doctor.identity, heard.hear)
        row = (await doctor.requests.card(ONE)).row
        await service.confirm(row, IdentityProof.PASSPORT)
        with pytest.raises(Forbidden):
            await service.withdraw(heard.rows[-1], "-")
        after = await admin.identity.withdraw(ONE, EndWithNote(note="Чужой паспорт"))
    assert row.identity_marks == [IdentityMark.NOT_IDENTIFIED]
    assert [one.identity_marks for one in heard.rows] == [[IdentityMark.BY_PERSON]]
    assert after.row.identity_marks == row.identity_marks


async def test_data_that_nobody_has_seen_are_not_confirmed(clinics: ClinicMaker) -> None:
    """DRC-14: changed once more meanwhile: refused with the present card."""
    async with (
        clinics.open(OURS) as clinic,
        signed_in(clinic) as doctor,
        signed_in(clinic, "admin") as admin,
    ):
        heard = Heard()
        service = IdentityService(doctor.identity, heard.hear)
        brought = BringData(data=NewPersonalData(place="Пермь"))
        seen = (await admin.identity.bring_data(ONE, brought)).row
        newer = BringData(data=NewPersonalData(place="Омск"))
        await admin.identity.bring_data(ONE, newer)
        with pytest.raises(Conflict) as stale:
            await service.decide_data(seen, [DataField.PLACE], confirm=True)
        row = (await doctor.requests.card(ONE)).row
        await service.decide_data(row, [DataField.PLACE], confirm=True)
    assert stale.value.code is ProblemCode.STALE_VERSION
    assert [one.patient.place for one in heard.rows] == ["Омск"]
