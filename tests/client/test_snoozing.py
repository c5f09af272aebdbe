"""Requests that are laid aside, through the typed client."""

from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from backend_client.errors import Conflict, Rejected
from backend_client.models.common import ProblemCode
from backend_client.models.messages import NewMessage
from backend_client.models.requests import Action, QueueGroup
from backend_client.models.snoozing import LayAside, Snooze, SnoozeChoice, SnoozeEnd, TakeUp
from tests.backend.clinic import REQUEST, START, ClinicMaker
from tests.client.test_notices_against_backend import waiting
from tests.client.test_request_actions import ONE, signed_in
from tests.client.test_services_against_backend import Doctor, doctor, on_a_socket, until
from workstation.core.triage_order import TriageOrder
from workstation.services.case_news import NoticeKind


async def test_a_request_is_laid_aside_till_an_offered_moment_and_taken_up(
    clinics: ClinicMaker,
) -> None:
    async with clinics.open(REQUEST) as clinic, signed_in(clinic) as doctor:
        card = await doctor.requests.card(ONE)
        offered = {one.choice: one.at for one in card.snooze_moments}
        until = offered[SnoozeChoice.HOUR]
        said = LayAside(version=card.row.version, until=until, note="Ждём анализ")
        aside = await doctor.actions.snooze(ONE, said, key="one")
        again = await doctor.actions.snooze(ONE, said, key="one")
        listed = await doctor.requests.page(QueueGroup.SNOOZED)
        awake = await doctor.actions.wake(ONE, TakeUp())
        with pytest.raises(Conflict) as refused:
            await doctor.actions.wake(ONE, TakeUp())
        with pytest.raises(Rejected):
            await doctor.actions.snooze(ONE, LayAside(until=START + timedelta(days=99)))
    assert aside == again
    assert aside.row.snooze is not None
    assert (aside.row.snooze.until, aside.row.snooze.note) == (until, "Ждём анализ")
    assert [row.id for row in listed.items] == [ONE]
    assert awake.row.snooze is None
    assert awake.row.version == card.row.version, "it is nobody else's business"
    assert refused.value.code is ProblemCode.MOVE_NOT_ALLOWED


def snoozes(one: Doctor) -> Snooze | None:
    """What the window heard last."""
    return one.heard[-1].snooze if one.heard else None


def is_ready(one: Doctor) -> bool:
    return one.desk.notices.is_ready


def has_laid(one: Doctor) -> bool:
    return snoozes(one) is not None


def has_it_back(one: Doctor) -> bool:
    return waiting(one) == (NoticeKind.BACK,)


async def test_all_windows_of_a_doctor_agree_and_the_patients_word_brings_it_back(
    clinics: ClinicMaker, tmp_path: Path
) -> None:
    """Over real sockets: laid aside in one window, gone in the other, and both are told."""
    async with (
        clinics.open(REQUEST) as clinic,
        on_a_socket(clinic) as socket,
        doctor(socket.address, "levashova", tmp_path / "one") as one,
        doctor(socket.address, "levashova", tmp_path / "two") as two,
        doctor(socket.address, "orlov", tmp_path / "three") as colleague,
    ):
        patient = await clinic.patient(await clinic.caller(), ONE)
        for window in (one, two, colleague):
            await until(partial(is_ready, window))
        row = (await one.desk.requests.card(ONE)).card.row
        said = LayAside(version=row.version, until=START + timedelta(hours=1), note="Звонок")
        await one.desk.triage.order(TriageOrder(ONE, Action.SNOOZE, said), row)
        for window in (one, two):
            await until(partial(has_laid, window))
            assert window.heard[-1].groups == [QueueGroup.SNOOZED]
        assert (await patient.post("/messages", NewMessage(text="Стало хуже"))).is_success
        for window in (one, two):
            await until(partial(has_it_back, window))
            back = snoozes(window)
            assert back is not None
            assert (back.why, back.note) == (SnoozeEnd.MESSAGE, "Звонок")
        await until(lambda: any(row.unread_messages for row in colleague.heard))
        assert all(row.snooze is None for row in colleague.heard)
        assert waiting(colleague) == ()
