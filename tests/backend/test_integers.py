"""Numbers of clients: 53 bits are answered, what is wider is refused, on both databases."""

import pytest

from backend_client.models.calls import NewSignal, SignalKind
from backend_client.models.common import ProblemCode
from backend_client.models.messages import ReadMark
from tests.backend.clinic import ClinicMaker, problem
from tests.backend.consultation import MINE, ONE, ring, schedule

LARGEST = 2**53 - 1
TOO_WIDE = (2**53, 2**63, 10**20)


@pytest.mark.parametrize("query", ["messages?before=", "calls/{call}/signals?after="])
async def test_largest_number_in_a_query_is_answered(clinics: ClinicMaker, query: str) -> None:
    async with clinics.open(MINE) as clinic:
        doctor = await clinic.caller()
        await schedule(doctor, await clinic.patient(doctor, ONE))
        path = f"/requests/{ONE}/" + query.format(call=(await ring(doctor)).id)
        answer = await doctor.get(f"{path}{LARGEST}")
        refused = [await doctor.get(f"{path}{number}") for number in TOO_WIDE]
    assert answer.status_code == 200
    assert [problem(one).code for one in refused] == [ProblemCode.INVALID] * len(TOO_WIDE)


async def test_largest_number_in_a_body_is_no_fault(clinics: ClinicMaker) -> None:
    async with clinics.open(MINE) as clinic:
        doctor = await clinic.caller()
        await schedule(doctor, await clinic.patient(doctor, ONE))
        call = await ring(doctor)
        signal = NewSignal(connection=LARGEST, kind=SignalKind.OFFER, payload="x")
        answers = [
            await doctor.post(f"/requests/{ONE}/messages/read", ReadMark(number=LARGEST)),
            await doctor.post(f"/requests/{ONE}/calls/{call.id}/signals", signal),
        ]
        too_wide = [
            await doctor.post(f"/requests/{ONE}/messages/read", ReadMark(number=number))
            for number in TOO_WIDE
        ]
    assert all(answer.status_code < 500 for answer in answers)
    assert [problem(one).code for one in too_wide] == [ProblemCode.INVALID] * len(TOO_WIDE)
