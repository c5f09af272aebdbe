"""A call as the doctor has it: placed, answered, talked, ended (DRC-4, DRC-7, DRC-8, SPB-20)."""

import asyncio
import contextlib
from datetime import timedelta

import pytest

from backend_client.errors import Conflict, Forbidden, TimedOut, Unreachable
from backend_client.models.calls import Call, CallState, Channel, ConsultationClock, SignalKind
from backend_client.models.common import ProblemCode
from backend_client.models.messages import Side
from tests.factories import NOW
from tests.unit.services.call_scene import (
    ONE,
    TWO,
    Scene,
    make_call,
    make_frame,
    make_stats,
    scene,
    settle,
)
from workstation.core.call_media import (
    Device,
    DeviceNames,
    DeviceNote,
    DeviceTrouble,
    MediaState,
    Sending,
)
from workstation.core.live_call import CallEnd, CallPhase, LiveCall
from workstation.media.errors import NotPossibleNow
from workstation.services.calls import CallRunning


async def test_it_rings_and_camera_and_microphone_are_open_before_the_answer() -> None:
    """DRC-4: the doctor calls."""
    async with scene() as stage:
        await stage.ring()
        assert stage.phases == [CallPhase.PLACING, CallPhase.RINGING]
        assert stage.live.attempt == 1
        assert stage.live.rings_until == stage.backend.call.rings_until
        assert stage.link.is_open
        stage.link.local_frame.emit(make_frame(7))
        assert stage.local == [7]
        assert stage.offers == []


async def test_nothing_is_opened_before_it_rings() -> None:
    async with scene() as stage:
        stage.backend.fail_with("place", Forbidden())
        with pytest.raises(Forbidden):
            await stage.ring()
        assert stage.telephone.links == []


async def test_the_answer_brings_an_offer_and_the_first_picture_the_talk() -> None:
    """DRC-7, DRC-8: the clock runs from the patient's answer."""
    async with scene() as stage:
        await stage.ring()
        await stage.time.move(6)
        await stage.answer()
        assert stage.is_in(CallPhase.CONNECTING)
        assert stage.live.answered_at == stage.time.now()
        assert stage.offers == [(1, "offer of 1")]
        assert stage.media == [{"microphone": True, "camera": True}]
        await stage.describe()
        assert stage.link.accepted == ["answer"]
        await stage.time.move(0.5)
        stage.link.connect()
        assert stage.is_in(CallPhase.CONNECTING)
        stage.link.show()
        stage.link.show(2)
        assert stage.is_in(CallPhase.TALKING)
        assert stage.live.is_receiving
        assert stage.live.first_frame_s == pytest.approx(6.5)
        assert stage.live.answer_to_frame_s == pytest.approx(0.5)
        assert stage.remote == [1, 2]


async def test_one_call_at_a_time() -> None:
    async with scene() as stage:
        await stage.ring()
        with pytest.raises(CallRunning):
            await stage.service.place(TWO)
        with pytest.raises(CallRunning):
            await stage.service.rejoin(TWO)
        await stage.service.hang_up()
        await stage.service.place(TWO)
        assert stage.live.request_id == TWO


@pytest.mark.parametrize(
    ("state", "by", "end"),
    [
        (CallState.DECLINED, Side.PATIENT, CallEnd.DECLINED),
        (CallState.TIMED_OUT, None, CallEnd.TIMED_OUT),
        (CallState.CANCELLED, Side.DOCTOR, CallEnd.CANCELLED),
    ],
)
async def test_a_call_that_nobody_takes(state: CallState, by: Side | None, end: CallEnd) -> None:
    """DRC-4"""
    async with scene() as stage:
        await stage.ring()
        await stage.end(state, by)
        assert (stage.live.phase, stage.live.end) == (CallPhase.OVER, end)
        assert not stage.link.is_open
        assert stage.backend.count("hang_up") == 0


@pytest.mark.parametrize(
    ("by", "end"), [(Side.PATIENT, CallEnd.BY_PATIENT), (Side.DOCTOR, CallEnd.BY_DOCTOR)]
)
async def test_a_talk_that_ends_at_the_server(by: Side, end: CallEnd) -> None:
    async with scene() as stage:
        await stage.talk()
        await stage.end(CallState.ENDED, by)
        assert (stage.live.end, stage.live.is_receiving) == (end, False)
        assert not stage.link.is_open
        stage.link.show(99)
        assert 99 not in stage.remote


async def test_a_call_that_rings_out_unheard_is_found_by_asking() -> None:
    async with scene() as stage:
        await stage.ring()
        await stage.time.move(46.9)
        assert stage.is_in(CallPhase.RINGING)
        assert stage.backend.count("attempts") == 0
        stage.backend.change(state=CallState.TIMED_OUT)
        await stage.time.move(0.2)
        assert stage.live.end is CallEnd.TIMED_OUT


async def test_an_answer_that_was_not_heard_is_found_by_asking() -> None:
    async with scene() as stage:
        await stage.ring()
        stage.backend.fail_with("attempts", Unreachable(), Unreachable())
        stage.backend.change(state=CallState.ACTIVE, channel=Channel.VIDEO, answered_at=NOW)
        stage.service.missed_something()
        await stage.time.move(3)
        assert stage.is_in(CallPhase.CONNECTING)
        assert len(stage.offers) == 1


async def test_hanging_up_ends_at_once_and_the_server_is_told_when_it_can_be() -> None:
    async with scene() as stage:
        await stage.talk()
        stage.backend.fail_with("hang_up", Unreachable(), TimedOut())
        await stage.service.hang_up()
        assert (stage.live.phase, stage.live.end) == (CallPhase.OVER, CallEnd.BY_DOCTOR)
        await settle()
        assert not stage.link.is_open
        await stage.time.move(1)
        stage.service.missed_something()
        await settle()
        assert stage.backend.count("hang_up") == 3
        assert stage.backend.call.state is CallState.ENDED
        await stage.time.move(60)
        assert stage.backend.count("hang_up") == 3


async def test_hanging_up_while_it_rings() -> None:
    async with scene() as stage:
        await stage.ring()
        await stage.service.hang_up()
        await settle()
        assert stage.live.end is CallEnd.CANCELLED
        assert stage.backend.call.state is CallState.CANCELLED
        assert not stage.link.is_open


async def test_hanging_up_before_the_server_has_answered() -> None:
    async with scene() as stage:
        stage.backend.may_answer.clear()
        placing = asyncio.ensure_future(stage.service.place(ONE))
        await settle()
        await stage.service.hang_up()
        assert stage.live.end is CallEnd.CANCELLED
        stage.backend.may_answer.set()
        await placing
        await settle()
        assert stage.backend.call.state is CallState.CANCELLED
        assert stage.telephone.links == []


async def test_a_screen_that_closes_does_not_end_the_call() -> None:
    async with scene() as stage:
        stage.backend.may_answer.clear()
        screen = asyncio.ensure_future(stage.service.place(ONE))
        await settle()
        screen.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await screen
        stage.backend.may_answer.set()
        await settle()
        assert stage.is_in(CallPhase.RINGING)


async def test_the_server_s_refusal_is_raised_and_shown() -> None:
    async with scene() as stage:
        stage.backend.fail_with("place", Conflict(ProblemCode.CALL_RUNNING))
        with pytest.raises(Conflict) as refusal:
            await stage.service.place(ONE)
        assert stage.live.end is CallEnd.NOT_PLACED
        assert stage.live.problem is refusal.value
        await stage.time.move(60)
        assert stage.backend.asked == ["place"]


async def test_an_order_whose_answer_is_lost_rings_at_nobody() -> None:
    """The patient must not take a call behind which no doctor is."""
    async with scene() as stage:
        stage.backend.loses_answers = True
        stage.backend.fail_with("attempts", Unreachable())
        with pytest.raises(Unreachable):
            await stage.service.place(ONE)
        assert stage.live.end is CallEnd.NOT_PLACED
        await stage.time.move(2)
        assert stage.backend.call.state is CallState.CANCELLED
        stage.backend.loses_answers = False
        await stage.ring()
        first, second = stage.backend.keys
        assert first != second


async def test_a_call_of_yesterday_is_not_withdrawn() -> None:
    async with scene() as stage:
        stage.backend.calls = [make_call()]
        await stage.time.move(3600)
        stage.backend.fail_with("place", Unreachable())
        with pytest.raises(Unreachable):
            await stage.service.place(ONE)
        await settle()
        assert stage.backend.count("hang_up") == 0


async def test_calling_again_waits_until_the_last_call_is_hung_up() -> None:
    async with scene() as stage:
        await stage.talk()
        stage.backend.fail_with("hang_up", Unreachable())
        await stage.service.hang_up()
        await settle()
        await stage.ring()
        assert stage.backend.asked[-2:] == ["hang_up", "place"]
        assert stage.is_in(CallPhase.RINGING)
        assert stage.link.is_open


async def test_an_answer_that_overtakes_the_server_s_own_words() -> None:
    async with scene() as stage:
        stage.backend.may_answer.clear()
        placing = asyncio.ensure_future(stage.service.place(ONE))
        await settle()
        stage.service.hear_call(make_call(1, CallState.ACTIVE, channel=Channel.VIDEO))
        stage.backend.may_answer.set()
        await placing
        stage.backend.change(state=CallState.ACTIVE, channel=Channel.VIDEO)
        await settle()
        assert stage.is_in(CallPhase.CONNECTING)
        assert len(stage.offers) == 1


async def test_calls_of_others_change_nothing_here_but_are_told() -> None:
    async with scene() as stage:
        changed: list[Call] = []
        stage.service.attempt_changed.subscribe(changed.append)
        await stage.ring()
        before = stage.live
        stage.service.hear_call(make_call(9, CallState.ENDED, request_id=TWO))
        assert stage.live == before
        assert [call.attempt for call in changed] == [9]


async def test_an_older_word_of_the_server_takes_nothing_back() -> None:
    async with scene() as stage:
        await stage.talk()
        stage.service.hear_call(make_call())
        stage.service.hear_call(make_call(1, CallState.UNKNOWN))
        assert stage.is_in(CallPhase.TALKING)


async def test_a_talk_in_writing_opens_no_media() -> None:
    """DRC-7: the doctor's screen follows."""
    async with scene() as stage:
        await stage.ring()
        await stage.answer(Channel.TEXT)
        assert (stage.live.phase, stage.live.channel) == (CallPhase.TALKING, Channel.TEXT)
        assert not stage.link.is_open
        assert (stage.live.microphone_on, stage.live.camera_on) == (False, False)
        await stage.service.set_camera(True)
        await stage.call_back()
        await stage.time.move(60)
        assert stage.backend.sent == []
        assert len(stage.telephone.links) == 1
        assert not stage.live.camera_on
        await stage.end(CallState.ENDED, Side.PATIENT)
        assert stage.live.end is CallEnd.BY_PATIENT


async def test_by_voice_our_camera_is_off_until_the_doctor_turns_it_on() -> None:
    """DRC-7"""
    async with scene() as stage:
        await stage.ring()
        await stage.answer(Channel.AUDIO)
        assert stage.link.muted == [(False, True)]
        assert stage.media == [{"microphone": True, "camera": False}]
        await stage.say(SignalKind.ANSWER, {"type": "answer", "sdp": "voice"})
        stage.link.connect()
        stage.link.stats.emit(make_stats(chunks=3))
        assert stage.is_in(CallPhase.TALKING)
        await stage.service.set_camera(True)
        await settle()
        assert stage.link.muted[-1] == (False, False)
        assert stage.media[-1] == {"microphone": True, "camera": True}


async def test_the_patient_is_told_of_every_switch_and_the_newest_counts() -> None:
    """SPB-20"""
    async with scene() as stage:
        await stage.talk()
        await stage.service.set_microphone(False)
        await settle()
        stage.backend.fail_with("send_signal", Unreachable())
        await stage.service.set_camera(False)
        await stage.service.set_microphone(True)
        await stage.time.move(2)
        assert stage.link.muted[-3:] == [(True, False), (True, True), (False, True)]
        assert stage.media[1] == {"microphone": False, "camera": True}
        assert stage.media[-1] == {"microphone": True, "camera": False}
        assert (stage.live.microphone_on, stage.live.camera_on) == (True, False)


async def test_devices_chosen_in_the_call_are_used_at_once_and_in_later_connections() -> None:
    """Over the connection that is there; what the doctor has switched off stays off."""
    others = DeviceNames("Camera 2", "Headset", "Headset")
    async with scene() as stage:
        await stage.talk()
        await stage.service.set_microphone(False)
        before = stage.link
        await stage.service.choose_devices(others)
        assert before is stage.link
        assert before.used == [others]
        assert stage.service.settings.devices == others
        assert before.muted[-1] == (True, False)
        before.fail()
        await settle()
        assert stage.link is not before
        assert stage.link.settings.devices == others
        assert (stage.link.settings.audio, stage.link.settings.video) == (False, True)


async def test_a_choice_while_the_media_process_is_down_is_for_the_next_connection() -> None:
    others = DeviceNames(microphone="Headset")
    async with scene() as stage:
        await stage.talk()
        stage.link.error = NotPossibleNow("over")
        await stage.service.choose_devices(others)
        stage.link.stop()
        await settle()
        assert stage.link.settings.devices == others


@pytest.mark.parametrize("is_on", [True, False])
async def test_a_device_that_comes_again_is_named_and_unmutes_nothing(*, is_on: bool) -> None:
    """Gone or there, plugged in or another one: on and off are the doctor's alone."""
    async with scene() as stage:
        await stage.talk()
        await stage.service.set_microphone(is_on)
        await stage.service.set_camera(is_on)
        orders = list(stage.link.muted)
        for device, trouble, name in (
            (Device.MICROPHONE, DeviceTrouble.GONE, "Headset"),
            (Device.CAMERA, DeviceTrouble.GONE, "Camera"),
            (Device.MICROPHONE, DeviceTrouble.NONE, "Headset"),
            (Device.CAMERA, DeviceTrouble.NONE, "Camera 2"),
        ):
            stage.link.devices_missing.emit(DeviceNote(device, trouble, name))
            assert stage.live.devices[device] == name
        await settle()
        assert stage.live.missing == {}
        assert (stage.live.microphone_on, stage.live.camera_on) == (is_on, is_on)
        assert stage.link.muted == orders
        assert stage.media[-1] == {"microphone": is_on, "camera": is_on}


async def test_what_is_missing_here_is_shown_and_told_and_the_call_goes_on() -> None:
    """SPB-20"""
    async with scene() as stage:
        await stage.ring()
        stage.link.devices_missing.emit(DeviceNote(Device.CAMERA, DeviceTrouble.NOT_FOUND))
        assert stage.live.missing == {Device.CAMERA: DeviceTrouble.NOT_FOUND}
        await stage.answer()
        assert stage.media == [{"microphone": True, "camera": False}]
        await stage.connect()
        stage.link.devices_missing.emit(DeviceNote(Device.CAMERA, DeviceTrouble.NONE))
        await settle()
        assert stage.live.missing == {}
        assert stage.media[-1] == {"microphone": True, "camera": True}
        assert stage.is_in(CallPhase.TALKING)


async def test_what_the_patient_sends_is_shown_as_the_page_says() -> None:
    """SPB-20"""
    async with scene() as stage:
        await stage.talk()
        assert stage.live.remote_media == MediaState(Sending.ON, Sending.ON)
        await stage.say(SignalKind.MEDIA, {"microphone": False, "camera": True})
        assert stage.live.remote_media == MediaState(Sending.OFF, Sending.ON)


async def test_what_the_page_says_over_the_connection_itself_counts_more() -> None:
    """SPB-20: there it says of a device that it is missing; by way of the server only "off"."""
    async with scene() as stage:
        await stage.talk()
        no_camera = MediaState(Sending.ON, Sending.MISSING)
        stage.link.remote_media_changed.emit(no_camera)
        await stage.say(SignalKind.MEDIA, {"microphone": True, "camera": False})
        assert stage.live.remote_media == no_camera
        stage.link.fail()
        await settle()
        await stage.describe()
        assert stage.live.remote_media == MediaState(Sending.ON, Sending.ON)


async def test_a_state_is_told_once() -> None:
    async with scene() as stage:
        await stage.talk()
        count = len(stage.told)
        stage.link.show(2)
        stage.link.connect()
        await stage.hear_call()
        await stage.say(SignalKind.MEDIA, {"microphone": True, "camera": True})
        assert len(stage.told) == count
        stage.link.stats.emit(make_stats(frames_received=9))
        assert len(stage.told) == count + 1


async def test_a_listener_s_mistake_does_not_end_the_call() -> None:
    def stumble(_: LiveCall) -> None:
        raise KeyError

    async with scene() as stage:
        stage.service.changed.subscribe(stumble)
        await stage.talk()
        assert stage.is_in(CallPhase.TALKING)


async def test_a_program_that_was_started_again_takes_the_call_up() -> None:
    async with scene() as stage:
        active = make_call(1, CallState.ACTIVE, channel=Channel.VIDEO, answered_at=NOW)
        stage.backend.calls = [active]
        assert await stage.service.rejoin(ONE)
        await settle()
        assert stage.phases == [CallPhase.CONNECTING]
        assert stage.offers == [(2, "offer of 1")]
        await stage.connect()
        assert stage.is_in(CallPhase.TALKING)
        assert stage.live.answered_at == NOW
        assert stage.live.first_frame_s is None
        assert stage.live.recoveries == 0


async def test_a_call_that_is_being_hung_up_is_not_taken_up() -> None:
    async with scene() as stage:
        await stage.talk()
        stage.backend.fail_with("hang_up", Unreachable())
        await stage.service.hang_up()
        await settle()
        assert not await stage.service.rejoin(ONE)
        assert stage.live.end is CallEnd.BY_DOCTOR


@pytest.mark.parametrize("state", [CallState.ENDED, CallState.RINGING])
async def test_there_may_be_no_call_to_take_up(state: CallState) -> None:
    async with scene() as stage:
        stage.backend.calls = [make_call(1, state)]
        assert not await stage.service.rejoin(ONE)
        assert stage.service.live is None


async def test_closing_hangs_up_and_leaves_nothing() -> None:
    stage = Scene()
    await stage.talk()
    await stage.service.close()
    assert stage.live.end is CallEnd.BY_DOCTOR
    assert stage.backend.call.state is CallState.ENDED
    assert not stage.link.is_open


async def test_attempts_are_listed() -> None:
    async with scene() as stage:
        stage.backend.calls = [make_call(2), make_call(1, CallState.TIMED_OUT)]
        assert [call.attempt for call in await stage.service.attempts(ONE)] == [2, 1]
        stage.backend.fail_with("attempts", Unreachable())
        with pytest.raises(Unreachable):
            await stage.service.attempts(ONE)


async def test_more_time_is_the_servers_word_and_two_orders_are_one() -> None:
    """DRC-8: the clock comes with the answer, and an older word does not take the time back."""
    clock = ConsultationClock(
        started_at=NOW,
        soon_at=NOW + timedelta(minutes=25),
        last_at=NOW + timedelta(minutes=29),
        ends_at=NOW + timedelta(minutes=30),
        extension_minutes=10,
    )
    async with scene() as stage:
        await stage.ring()
        assert all(live.clock is None for live in stage.told)
        answered = stage.backend.change(
            state=CallState.ACTIVE, channel=Channel.TEXT, answered_at=NOW, clock=clock
        )
        stage.service.hear_call(answered)
        await settle()
        assert stage.live.clock == clock
        await stage.service.extend()
        stage.backend.fail_with("extend", Conflict(ProblemCode.STALE_VERSION))
        await stage.service.extend()
        stage.service.hear_call(answered)
        longer = stage.live.clock
        assert longer is not None
        assert longer.ends_at == NOW + timedelta(minutes=40)
        stage.backend.fail_with("extend", Unreachable())
        with pytest.raises(Unreachable):
            await stage.service.extend()
        await stage.service.hang_up()
        await stage.service.extend()
        assert stage.backend.count("extend") == 3
