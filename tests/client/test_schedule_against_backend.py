"""The doctor's schedule as the workstation works with it, against the real backend (OZ-8)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from backend_client.errors import Conflict
from backend_client.models.common import ProblemCode, RequestId
from backend_client.models.requests import Action, RequestRow, RequestStatus
from backend_client.models.schedule import SlotState
from tests.backend.clinic import PASSWORD, REQUEST, ClinicMaker, id_of
from tests.client.test_against_backend import client_of
from workstation.core.connection import ConnectionState, Link
from workstation.services.link import LinkState
from workstation.services.schedule import ScheduleService

ONE, TWO = RequestId(id_of("20-0001")), RequestId(id_of("20-0002"))
REQUESTS = (REQUEST, replace(REQUEST, number="20-0002"))


async def test_a_proposed_time_holds_the_doctors_week_until_a_newer_one(
    clinics: ClinicMaker,
) -> None:
    async with clinics.open(*REQUESTS) as clinic:
        client = client_of(clinic)
        await client.account.sign_in("levashova", PASSWORD)
        seen = (await client.requests.claim(ONE)).row.version
        card = await client.requests.claim(TWO)
        assert Action.PROPOSE_SLOT in card.row.allowed_actions
        heard: list[RequestRow | None] = []
        now = clinic.clock()
        service = ScheduleService(
            client.schedule,
            LinkState(ConnectionState(Link.ONLINE, now)),
            lambda _, row: heard.append(row),
        )
        start = now.replace(minute=0, second=0, microsecond=0) + timedelta(days=1)
        proposed = (await service.propose(ONE, seen, start)).row.version
        assert [row.status for row in heard if row is not None] == [RequestStatus.SLOT_PROPOSED]
        with pytest.raises(Conflict) as taken:
            await service.propose(TWO, card.row.version, start)
        assert taken.value.code is ProblemCode.SLOT_TAKEN
        with pytest.raises(Conflict) as stale:
            await service.propose(ONE, seen, start + timedelta(hours=1))
        assert stale.value.code is ProblemCode.STALE_VERSION
        await service.propose(ONE, proposed, start + timedelta(hours=2))
        (entry,) = (await service.between(now, now + timedelta(weeks=5))).entries
        assert entry.slot.start == start + timedelta(hours=2)
        assert entry.slot.state is SlotState.PROPOSED
        await client.aclose()
