"""Questions go in order, few at a time; what is urgent goes first; a death has one culprit."""

import asyncio

import pytest

from workstation.studies.conversation import Conversation
from workstation.studies.errors import DecoderStopped, StopReason
from workstation.studies.job_watch import JobWatch
from workstation.studies.limits import DecoderLimits
from workstation.studies.messages import Block, Done, Render, decode_request

INTO = Block("/x", 10, 0, kept=True)


class Talk:
    """A conversation with nobody at the other end: `sent` is what would have gone there."""

    def __init__(self, limits: DecoderLimits | None = None) -> None:
        self.sent: list[int] = []
        self.overdue = asyncio.Event()
        watch = JobWatch(limits or DecoderLimits(), lambda: 0.0, self.overdue.set)
        self.conversation = Conversation(watch)

    def begin(self) -> None:
        self.conversation.begin(self._note)

    def ask(self, index: int, *, urgent: bool = True) -> "asyncio.Future[object]":
        job = self.conversation.ask(Render(1, index, 2, 2, INTO), 10, b"%d" % index, urgent=urgent)
        return job.answer  # type: ignore[return-value]  # whatever is answered

    def _note(self, message: bytes) -> None:
        request = decode_request(message)
        assert isinstance(request, Render)
        self.sent.append(request.index)


async def test_nothing_is_sent_before_the_process_is_up() -> None:
    talk = Talk()
    talk.ask(1)
    assert talk.sent == []
    talk.begin()
    assert talk.sent == [1]
    talk.conversation.end(DecoderStopped(StopReason.CRASHED))


async def test_two_are_on_their_way_and_the_urgent_go_first() -> None:
    talk = Talk()
    talk.begin()
    for index in range(4):
        talk.ask(index, urgent=False)
    hurried = talk.conversation.ask(Render(1, 8, 2, 2, INTO), 10, b"", urgent=False)
    talk.ask(9)
    talk.conversation.hurry(hurried)
    assert talk.sent == [0, 1]
    for _ in range(6):
        talk.conversation.answered(Done())
    assert talk.sent == [0, 1, 9, 8, 2, 3]


async def test_answers_belong_to_the_oldest_question() -> None:
    talk = Talk()
    talk.begin()
    first, second = talk.ask(1), talk.ask(2)
    talk.conversation.answered(Done())
    assert (first.done(), second.done()) == (True, False)
    talk.conversation.answered(Done())
    assert second.done()
    talk.conversation.answered(Done())


async def test_what_was_withdrawn_is_not_sent() -> None:
    talk = Talk()
    talk.begin()
    answers = [talk.ask(index, urgent=False) for index in range(4)]
    answers[2].cancel()
    answers[0].cancel()
    talk.conversation.answered(Done())
    assert talk.sent == [0, 1, 3]
    talk.conversation.end(DecoderStopped(StopReason.CRASHED))


async def test_a_death_fails_all_and_is_blamed_on_the_oldest() -> None:
    talk = Talk()
    talk.begin()
    answers = [talk.ask(index) for index in (5, 6, 7)]
    culprit = talk.conversation.end(DecoderStopped(StopReason.TIME))
    assert culprit is not None
    assert culprit.file_digest == b"5"
    for answer in answers:
        with pytest.raises(DecoderStopped):
            await answer
    assert talk.conversation.end(DecoderStopped(StopReason.TIME)) is None


async def test_the_clock_runs_for_one_question_at_a_time() -> None:
    talk = Talk(DecoderLimits(cpu_s=1, clock_factor=0.01))
    talk.ask(1)
    talk.begin()
    await asyncio.wait_for(talk.overdue.wait(), 60)
    talk.conversation.end(DecoderStopped(StopReason.TIME))
