"""A call outlives its media process, its connection and the patient's page."""

import itertools

import pytest

from backend_client.errors import Conflict, ServerFault, Unreachable
from backend_client.models.calls import CallState, Channel, SignalKind
from backend_client.models.common import ProblemCode
from backend_client.models.messages import Side
from tests.unit.services.call_scene import FakeLink, Scene, make_stats, scene, settle
from workstation.core import call_media
from workstation.core.call_media import Receiving
from workstation.core.live_call import CallEnd, CallPhase, Recovery
from workstation.media.errors import NotPossibleNow

SILENT = Receiving(flowing=False, silent_s=2)
FLOWING = Receiving(flowing=True, silent_s=0)


async def test_a_killed_media_process_is_a_new_connection_in_the_same_call() -> None:
    async with scene() as stage:
        await stage.talk()
        before = stage.link
        before.stop()
        await settle()
        assert stage.is_in(CallPhase.RECOVERING)
        assert stage.live.recovery is Recovery.MEDIA_RESTARTED
        assert not stage.live.is_receiving
        assert stage.offers == [(1, "offer of 1"), (2, "offer of 2")]
        assert stage.link is not before
        await stage.connect()
        assert stage.is_in(CallPhase.TALKING)
        assert (stage.live.recovery, stage.live.recoveries) == (Recovery.MEDIA_RESTARTED, 1)
        assert stage.backend.count("place") == 1


async def test_a_media_process_that_ends_while_it_rings_only_opens_again() -> None:
    async with scene() as stage:
        await stage.ring()
        stage.link.stop()
        await settle()
        assert stage.is_in(CallPhase.RINGING)
        await stage.time.move(1)
        assert stage.link.number == 2
        assert stage.link.is_open
        await stage.answer()
        assert stage.offers == [(1, "offer of 2")]
        assert stage.backend.count("reconnect") == 0


@pytest.mark.parametrize("state", [call_media.CallState.FAILED, call_media.CallState.CLOSED])
async def test_a_connection_that_fails_is_made_again(state: call_media.CallState) -> None:
    async with scene() as stage:
        await stage.talk()
        stage.link.fail(state)
        await settle()
        assert stage.live.recovery is Recovery.LINK_LOST
        await stage.connect()
        assert stage.is_in(CallPhase.TALKING)


async def test_silence_of_some_seconds_is_a_lost_connection() -> None:
    async with scene() as stage:
        await stage.talk()
        comes: list[bool] = []
        stage.service.changed.subscribe(lambda live: comes.append(live.is_receiving))
        stage.link.receiving_changed.emit(SILENT)
        await stage.time.move(1.4)
        stage.link.receiving_changed.emit(FLOWING)
        await stage.time.move(10)
        assert comes == [False, True]
        assert stage.is_in(CallPhase.TALKING)
        stage.link.receiving_changed.emit(SILENT)
        await stage.time.move(1.5)
        assert stage.live.recovery is Recovery.LINK_LOST
        assert len(stage.offers) == 2


async def test_the_silence_of_a_patient_who_sends_nothing_is_no_loss() -> None:
    """SPB-20"""
    async with scene() as stage:
        await stage.talk()
        await stage.say(SignalKind.MEDIA, {"microphone": False, "camera": False})
        stage.link.receiving_changed.emit(SILENT)
        await stage.time.move(60)
        assert stage.is_in(CallPhase.TALKING)
        await stage.say(SignalKind.MEDIA, {"microphone": True, "camera": False})
        await stage.time.move(2)
        assert stage.is_in(CallPhase.RECOVERING)


async def test_a_patient_without_devices_is_talked_to() -> None:
    async with scene() as stage:
        await stage.ring()
        await stage.answer()
        await stage.say(SignalKind.ANSWER, {"type": "answer", "sdp": "a"})
        await stage.say(SignalKind.MEDIA, {"microphone": False, "camera": False})
        stage.link.connect()
        assert stage.is_in(CallPhase.TALKING)
        assert not stage.live.is_receiving


async def test_several_causes_at_once_make_one_recovery() -> None:
    async with scene() as stage:
        await stage.talk()
        first = stage.link
        first.receiving_changed.emit(SILENT)
        stage.service.hear_signal(stage.live.request_id, stage.write(SignalKind.RECONNECT, {}))
        first.stop()
        await stage.time.move(5)
        assert stage.live.recovery is Recovery.MEDIA_RESTARTED
        assert stage.backend.count("reconnect") == 1
        assert len(stage.telephone.links) == 2


async def test_what_was_switched_off_stays_off() -> None:
    async with scene() as stage:
        await stage.talk()
        await stage.service.set_camera(False)
        stage.link.stop()
        await settle()
        assert (stage.link.settings.audio, stage.link.settings.video) == (True, False)
        assert stage.media[-1] == {"microphone": True, "camera": False}
        await stage.service.set_microphone(False)
        await settle()
        assert stage.link.muted[-1] == (True, True)
        assert stage.media[-1] == {"microphone": False, "camera": False}


async def test_the_camera_does_not_go_off_between_two_connections() -> None:
    async with scene() as stage:
        await stage.talk()
        before = stage.link
        before.did.append("mark")
        before.fail()
        await settle()
        assert stage.link.is_open
        assert not before.is_open
        assert before.did[-2:] == ["mark", "hang_up"]


async def test_only_the_present_connection_is_seen() -> None:
    async with scene() as stage:
        await stage.talk()
        before = stage.link
        before.fail()
        await settle()
        before.show(50)
        before.stats.emit(make_stats(frames_received=50))
        assert stage.remote == [1]
        assert stage.is_in(CallPhase.RECOVERING)


async def test_a_page_that_was_opened_again_gets_an_offer_at_once() -> None:
    async with scene() as stage:
        await stage.talk()
        stage.link.fail(call_media.CallState.CLOSED)
        await stage.time.move(3)
        assert len(stage.offers) == 2
        await stage.call_back()
        assert stage.live.recovery is Recovery.PATIENT_CAME_BACK
        assert stage.offers[-1] == (3, "offer of 3")
        await stage.connect()
        assert stage.is_in(CallPhase.TALKING)
        assert stage.live.recoveries == 1


async def test_an_offer_without_an_answer_is_given_time_and_then_made_again_gently() -> None:
    async with scene() as stage:
        await stage.talk()
        stage.link.fail()
        times: list[float] = []
        for _ in range(600):
            await stage.time.move(0.25)
            while len(times) < len(stage.offers) - 1:
                times.append(stage.time.passed)
        waits = [round(later - sooner) for sooner, later in itertools.pairwise(times)]
        assert waits[:5] == [16, 17, 19, 23, 23]
        assert stage.is_in(CallPhase.RECOVERING)
        assert stage.link.is_open


async def test_a_page_that_comes_back_within_the_wait_does_not_wait() -> None:
    async with scene() as stage:
        await stage.talk()
        stage.link.fail()
        await stage.time.move(15.1)
        assert len(stage.offers) == 2
        await stage.call_back()
        assert len(stage.offers) == 3
        assert stage.live.recovery is Recovery.PATIENT_CAME_BACK


async def test_a_page_that_asks_over_and_over_is_served_at_its_turn() -> None:
    async with scene() as stage:
        await stage.talk()
        for _ in range(20):
            await stage.call_back()
            await stage.call_back()
            await stage.time.move(0.5)
        assert 3 <= len(stage.offers) <= 6


async def test_the_first_connection_may_fail_too() -> None:
    async with scene() as stage:
        await stage.ring()
        await stage.answer()
        await stage.describe()
        stage.link.fail()
        await settle()
        assert (stage.live.phase, stage.live.recovery) == (CallPhase.RECOVERING, Recovery.LINK_LOST)
        await stage.connect()
        assert stage.is_in(CallPhase.TALKING)
        assert stage.live.first_frame_s is not None


async def test_a_broken_media_process_is_tried_again_with_growing_waits() -> None:
    async with scene() as stage:
        await stage.talk()
        stage.telephone.is_broken = True
        stage.link.stop()
        await stage.time.move(30)
        count = len(stage.telephone.links)
        assert 5 <= count <= 8
        stage.telephone.is_broken = False
        await stage.time.move(8)
        assert stage.live.recovery is Recovery.MEDIA_RESTARTED
        await stage.connect()
        assert stage.is_in(CallPhase.TALKING)


async def test_a_server_that_is_away_is_asked_until_it_is_back() -> None:
    async with scene() as stage:
        await stage.talk()
        stage.backend.fail_with("reconnect", Unreachable(), ServerFault(502), Unreachable())
        stage.link.fail()
        await stage.time.move(3)
        assert len(stage.offers) == 1
        stage.service.missed_something()
        await settle()
        assert len(stage.offers) == 2


async def test_an_offer_is_sent_until_the_server_takes_it() -> None:
    async with scene() as stage:
        await stage.ring()
        stage.backend.fail_with("send_signal", Unreachable(), Unreachable())
        await stage.answer()
        assert stage.offers == []
        await stage.time.move(3)
        assert stage.offers == [(1, "offer of 1")]


async def test_recovery_ends_with_the_call() -> None:
    """The patient has hung up, and that was not heard."""
    async with scene() as stage:
        await stage.talk()
        stage.backend.change(state=CallState.ENDED, ended_by=Side.PATIENT)
        stage.link.fail()
        await settle()
        assert stage.live.end is CallEnd.BY_PATIENT
        assert not any(link.is_open for link in stage.telephone.links)
        asked = len(stage.backend.asked)
        await stage.time.move(60)
        assert len(stage.backend.asked) == asked


async def test_hanging_up_while_it_recovers() -> None:
    async with scene() as stage:
        await stage.talk()
        stage.link.fail()
        await settle()
        await stage.service.hang_up()
        await settle()
        assert stage.live.end is CallEnd.BY_DOCTOR
        assert not any(link.is_open for link in stage.telephone.links)


async def test_an_answer_of_no_use_waits_for_a_better_one() -> None:
    async with scene() as stage:
        await stage.ring()
        await stage.answer()
        stage.link.is_bad.add("broken")
        await stage.describe("broken")
        assert stage.is_in(CallPhase.CONNECTING)
        await stage.describe("whole")
        await stage.describe("another")
        assert stage.link.accepted == ["whole"]


async def test_a_link_that_cannot_go_on_is_replaced() -> None:
    async with scene() as stage:
        await stage.ring()
        stage.link.error = NotPossibleNow("out of order")
        await stage.answer()
        assert stage.offers == [(2, "offer of 2")]


async def test_a_word_for_a_connection_that_is_gone_changes_nothing() -> None:
    async with scene() as stage:
        await stage.talk()
        stage.link.fail()
        await settle()
        await stage.say(SignalKind.ANSWER, {"type": "answer", "sdp": "old"}, connection=1)
        await stage.say(SignalKind.RECONNECT, {}, connection=1)
        assert stage.link.accepted == []
        assert stage.backend.count("reconnect") == 1


async def test_a_call_that_another_desk_has_taken_over_is_not_written_into() -> None:
    async with scene() as stage:
        await stage.ring()
        stage.backend.fail_with("send_signal", Conflict(ProblemCode.STALE_VERSION))
        await stage.answer()
        assert stage.offers == [(2, "offer of 2")]


async def test_signals_that_were_missed_are_fetched() -> None:
    async with scene() as stage:
        await stage.ring()
        await stage.answer()
        stage.write(SignalKind.ANSWER, {"type": "answer", "sdp": "missed"})
        stage.service.missed_something()
        await settle()
        assert stage.link.accepted == ["missed"]


async def test_once_the_server_is_back_what_was_missed_is_fetched_at_once() -> None:
    """While it was away the waits between two questions had grown."""
    async with scene() as stage:
        await stage.ring()
        await stage.answer()
        stage.backend.fail_with("attempts", *[Unreachable()] * 4)
        stage.service.missed_something()
        await stage.time.move(8)  # the next question would be in seven seconds
        stage.write(SignalKind.ANSWER, {"type": "answer", "sdp": "missed"})
        stage.backend.errors.clear()
        stage.service.missed_something()
        await settle()
        assert stage.link.accepted == ["missed"]


async def test_signals_are_taken_once_and_in_order_by_whichever_road() -> None:
    async with scene() as stage:
        await stage.talk()
        off = stage.write(SignalKind.MEDIA, {"microphone": False, "camera": False})
        on = stage.write(SignalKind.MEDIA, {"microphone": True, "camera": False})
        seen: list[object] = []
        stage.service.changed.subscribe(lambda live: seen.append(live.remote_media))
        stage.backend.may_answer.clear()
        stage.service.missed_something()
        await settle()
        await stage.hear_signal(on)
        assert seen == []
        stage.backend.may_answer.set()
        await settle()
        await stage.hear_signal(off)
        assert len(seen) == 2
        assert stage.live.remote_media == call_media.MediaState(
            call_media.Sending.ON, call_media.Sending.OFF
        )


async def test_what_cannot_be_fetched_now_is_fetched_later_and_holds_nothing_up() -> None:
    async with scene() as stage:
        await stage.ring()
        await stage.answer()
        stage.backend.fail_with("signals", Unreachable())
        missed = stage.write(SignalKind.MEDIA, {"microphone": True, "camera": False})
        stage.service.missed_something()
        await stage.time.move(1.1)
        assert stage.live.remote_media is not None
        assert missed.number == 1


@pytest.mark.parametrize("channel", [Channel.VIDEO, Channel.AUDIO])
async def test_a_rejoined_call_recovers_like_any(channel: Channel) -> None:
    async with scene() as stage:
        await stage.talk(channel)
        again = Scene()
        again.backend.calls = stage.backend.calls
        assert await again.service.rejoin(stage.live.request_id)
        await settle()
        link: FakeLink = again.link
        link.stop()
        await settle()
        assert again.live.recovery is Recovery.MEDIA_RESTARTED
        assert again.link is not link
        await again.service.close()
