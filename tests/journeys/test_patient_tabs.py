"""One patient with several tabs and devices: one of them has the call."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from backend_client.models.calls import CallState
from tests.journeys.chromium import chromium, missing
from tests.journeys.demo_shelf import DemoShelf
from tests.journeys.doctor import Doctor, Server, demo_server, signed_in
from tests.journeys.patient import Patient
from tests.journeys.test_patient_page import change_row, without_gaps
from tests.unit.media.two_sides import engines
from workstation.core.call_media import MediaState, Sending

pytestmark = [
    pytest.mark.journey,
    pytest.mark.timeout(300),
    pytest.mark.skipif(missing() is not None, reason=str(missing())),
]
BACK = "Вернуться к разговору"
IS_SENDING = "document.getElementById('local').srcObject !== null"
RINGS = "!document.getElementById('ring').hidden"
IN_CALL = "!document.getElementById('call').hidden"
SHOWS_CAMERA = "document.getElementById('self-check').srcObject !== null"


@pytest.fixture(scope="module")
def server(shelf: DemoShelf) -> Iterator[Server]:
    with demo_server(shelf) as started:
        without_gaps(started)
        yield started


@asynccontextmanager
async def two(server: Server, folder: Path) -> AsyncIterator[tuple[Doctor, Patient, Patient]]:
    """A doctor, and a patient whose link is open on two devices a few minutes before the time."""
    async with (
        signed_in(server) as doctor,
        chromium(folder / "telephone") as telephone,
        chromium(folder / "computer") as computer,
    ):
        link = await doctor.take()
        first = await Patient.open(telephone, link)
        await doctor.propose(1)
        await first.accept_time()
        yield doctor, first, await Patient.open(computer, link)
    change_row(server, "update slots set is_held = 0")


async def test_a_link_that_is_used_twice_is_the_same_patient_and_one_has_the_call(
    server: Server, tmp_path: Path
) -> None:
    """OZ-27, DRC-7: it rings on both, one answers, the other writes or takes the call over; what
    has lost it sends nothing and says where it went."""
    async with engines(1) as (engine,), two(server, tmp_path) as (doctor, first, second):
        await second.see_countdown()
        call = await doctor.ring()
        async with doctor.talking(engine, call) as talk:
            await second.page.until(RINGS)
            await first.answer()
            await first.sees_frames()
            await second.page.until(f"!({RINGS})")
            await second.says("Разговор с врачом идёт")
            await second.page.until(f"!({SHOWS_CAMERA})")
            await second.picture(tmp_path / "elsewhere.png")
            await second.open_chat()
            await second.write("Сейчас перейду на компьютер")
            await doctor.hears("Сейчас перейду на компьютер")
            await second.close_chat()
            await second.come_back()
            await second.sees_frames()
            await talk.sees_patient()
            await first.says(BACK)
            assert not await first.page.evaluate(IS_SENDING)
            assert not await first.page.evaluate(IN_CALL)
            assert talk.connections == 2
            await first.come_back()
            await first.sees_frames()
            await talk.sees_patient()
            await second.says(BACK)
            assert not await second.page.evaluate(IS_SENDING)
            await first.hang_up()
            assert (await doctor.ended(call)).state is CallState.ENDED
        await second.says("Врач пишет заключение")
        assert not first.page.errors
        assert not second.page.errors


async def test_a_second_tab_that_is_closed_changes_nothing(server: Server, tmp_path: Path) -> None:
    """The call goes on where it is; the patient is not taken for gone."""
    async with (
        engines(1) as (engine,),
        signed_in(server) as doctor,
        chromium(tmp_path / "profile") as browser,
    ):
        link = await doctor.take()
        patient = await Patient.open(browser, link)
        await doctor.propose(1)
        await patient.accept_time()
        call = await doctor.ring()
        async with doctor.talking(engine, call) as talk:
            await patient.answer()
            await patient.sees_frames()
            other = await patient.follow(link)
            await other.says(BACK)
            assert await other.shows("Написать врачу")
            assert not await other.page.evaluate(SHOWS_CAMERA)
            await other.close_tab()
            await patient.sees_frames()
            await talk.sees_patient()
            assert talk.connections == 1
            await patient.hang_up()
            await doctor.ended(call)
        assert not patient.page.errors
    change_row(server, "update slots set is_held = 0")


@pytest.mark.parametrize(("channel", "sound"), [("audio", Sending.ON), ("text", Sending.MISSING)])
async def test_what_the_patient_has_not_chosen_is_not_sent(
    server: Server, tmp_path: Path, channel: str, sound: Sending
) -> None:
    """DRC-7, OZ-27: by voice no camera is opened, in writing no device at all; the doctor is seen
    all the same, and in writing the chat is open at once."""
    async with (
        engines(1) as (engine,),
        signed_in(server) as doctor,
        chromium(tmp_path / "profile") as browser,
    ):
        patient = await Patient.open(browser, await doctor.take())
        await doctor.propose(1)
        await patient.accept_time()
        call = await doctor.ring()
        async with doctor.talking(engine, call) as talk:
            await patient.answer(channel)
            assert (await doctor.answered(call)).channel == channel
            await patient.sees_frames()
            await talk.is_told(MediaState(sound, Sending.MISSING))
            sent = "document.getElementById('local').srcObject.getTracks().map((one) => one.kind)"
            kinds = ["audio"] if channel == "audio" else []
            assert await patient.page.evaluate(sent) == kinds
            chat = await patient.page.evaluate("!document.getElementById('chat').hidden")
            assert chat is (channel == "text")
            await doctor.hang_up(call)
        assert not patient.page.errors
    change_row(server, "update slots set is_held = 0")
