"""Lists that are longer than a page, through the typed client against the real backend."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from backend_client.audit import AuditQuestion
from backend_client.client import BackendClient
from backend_client.models.accounts import Role
from backend_client.models.calls import CallId
from backend_client.models.common import RequestId
from backend_client.pages import LARGEST_PAGE
from tests.backend.clinic import (
    PASSWORD,
    STAFF,
    START,
    Clinic,
    ClinicMaker,
    a_doctor,
    demo_of,
    id_of,
)
from tests.backend.consultation import MINE
from tests.backend.test_pages import (
    fill_approvals,
    fill_calls,
    fill_history,
    fill_phone,
    fill_schedule,
    fill_signals,
    filled,
)
from tests.client.test_against_backend import client_of

MANY = LARGEST_PAGE + 5
ONE = RequestId(id_of("20-0001"))
AUDITOR = a_doctor("auditor", "Ревизоров Иван Иванович", Role.AUDITOR)


@asynccontextmanager
async def signed_in(clinic: Clinic, login: str) -> AsyncIterator[BackendClient]:
    client = client_of(clinic)
    await client.account.sign_in(login, PASSWORD)
    try:
        yield client
    finally:
        await client.aclose()


async def test_what_belongs_to_one_request_is_read_to_its_end(clinics: ClinicMaker) -> None:
    async with clinics.open(MINE) as clinic, signed_in(clinic, "levashova") as doctor:
        for fill in (fill_calls, fill_phone, fill_signals, fill_history, fill_schedule):
            await filled(clinic, fill, MANY)
        calls = await doctor.calls.attempts(ONE)
        phoned = await doctor.contact.phone_attempts(ONE)
        signals = await doctor.calls.signals(ONE, CallId("call-0"))
        day = await doctor.schedule.between(START, START + timedelta(days=60))
        card = await doctor.requests.card(ONE)
        older = await doctor.requests.history(ONE, card.history_cursor, LARGEST_PAGE)
    newest_first = list(range(MANY, 0, -1))
    assert [one.attempt for one in calls] == newest_first
    assert [one.number for one in phoned] == newest_first
    assert [one.number for one in signals] == list(range(1, MANY + 1, 2))
    assert len({one.slot.id for one in day.entries}) == MANY
    assert day.next_cursor is None
    assert len(card.history) + len(older.items) == MANY + 1


async def test_approvals_are_read_to_their_end(clinics: ClinicMaker) -> None:
    async with clinics.open(MINE) as clinic, signed_in(clinic, "admin") as admin:
        await filled(clinic, fill_approvals, MANY)
        waiting = await admin.conclusions.waiting()
    assert len({one.request_id for one in waiting}) == MANY
    assert waiting == sorted(waiting, key=lambda one: (one.signed_at, one.request_id))


async def test_auditor_reads_page_by_page_or_all(clinics: ClinicMaker) -> None:
    """OZ-28"""
    async with (
        clinics.open_demo(demo_of((MINE,), (*STAFF, AUDITOR))) as clinic,
        signed_in(clinic, "auditor") as auditor,
    ):
        doctor = await clinic.caller()
        for _ in range(3):
            await doctor.get(f"/requests/{ONE}")
        await clinic.parts.audit.flush()
        asked = AuditQuestion(request=ONE, action="request_card", start=START)
        page = await auditor.audit.page(asked, limit=2)
        rest = await auditor.audit.page(asked, page.next_cursor)
        whole = [entry async for entry in auditor.audit.all(asked)]
        later = AuditQuestion(start=START + timedelta(days=1))
        nothing = [entry async for entry in auditor.audit.all(later)]
    assert [*page.items, *rest.items] == whole
    assert [one.action for one in whole] == ["request_card"] * 3
    assert nothing == []
