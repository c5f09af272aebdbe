"""The first frame is drawn while the window makes ready for it; room for the others comes after."""

import asyncio

import pytest

from tests.shared_memory import blocks_left
from tests.ui.viewers.made_up import make_clip, make_picture
from workstation.core.shared_memory import SharedBlock
from workstation.studies.conversation import Job
from workstation.studies.errors import DecoderStopped, StopReason, Unreadable, UnreadableFile
from workstation.studies.file_link import FileLink
from workstation.studies.messages import (
    Answer,
    ClipOpened,
    CloseFile,
    Done,
    PictureOpened,
    Question,
    Refused,
    Render,
)
from workstation.studies.study import ClipStudy, study_of

FRAMES = make_clip([40.0 * place for place in range(31)])
LONGEST_S = 60


class NoDecoder:
    """A desk at which nobody works: questions wait until `answer` is called."""

    generation = 0

    def __init__(self) -> None:
        self.asked: list[Job] = []
        self._came = asyncio.Event()

    def ask(self, question: Question, size: int, digest: bytes, *, urgent: bool) -> Job:
        """Counted as sent at once."""
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self.asked.append(Job(question, size, digest, answer, sent=True))
        self._came.set()
        return self.asked[-1]

    async def asked_for(self, frames: list[int]) -> None:
        """Waits until these are all that was asked for."""
        async with asyncio.timeout(LONGEST_S):
            while self.drawn != frames:
                self._came.clear()
                await self._came.wait()

    def hurry(self, job: Job) -> None:
        """Nothing is in a hurry."""

    def tell(self, notice: CloseFile) -> None:
        """Nobody hears."""

    def let_go(self, link: FileLink, notice: CloseFile) -> None:
        """Nobody minds."""

    def answer(self, answer: Answer) -> None:
        """To all that was asked."""
        for job in self.asked:
            if not job.answer.done():
                job.answer.set_result(answer)

    @property
    def drawn(self) -> list[int]:
        """Which frames were asked for, in their order."""
        return [job.question.index for job in self.asked if isinstance(job.question, Render)]


@pytest.fixture
def desk() -> NoDecoder:
    return NoDecoder()


async def _clip(desk: NoDecoder) -> ClipStudy:
    link = FileLink(desk, 1, SharedBlock.create(100), b"")
    link.open()
    study = await study_of(link, ClipOpened(FRAMES))
    assert isinstance(study, ClipStudy)
    return study


async def test_it_is_being_drawn_before_anybody_asks(desk: NoDecoder) -> None:
    study = await _clip(desk)
    assert desk.drawn == [0]
    wanted = asyncio.ensure_future(study.frame(0))
    await asyncio.sleep(0)
    assert desk.drawn == [0]
    desk.answer(Done())
    with await wanted as frame:
        assert frame.index == 0
    await study.close()
    assert blocks_left() == []


async def test_a_photo_is_drawn_before_anybody_asks(desk: NoDecoder) -> None:
    link = FileLink(desk, 1, SharedBlock.create(100), b"")
    link.open()
    study = await study_of(link, PictureOpened(make_picture()))
    assert desk.drawn == [0]
    await study.close()


async def test_the_others_have_room_one_after_another_once_it_is_there(desk: NoDecoder) -> None:
    study = await _clip(desk)
    study.prefetch(range(9))
    assert desk.drawn == [0]
    desk.answer(Done())
    waiting = [asyncio.ensure_future(study.frame(index)) for index in range(9)]
    await desk.asked_for(list(range(9)))
    desk.answer(Done())
    frames = await asyncio.gather(*waiting)
    assert [frame.index for frame in frames] == list(range(9))
    for frame in frames:
        frame.release()
    await study.close()
    assert blocks_left() == []


async def test_what_is_wrong_with_it_is_said_to_who_asks(desk: NoDecoder) -> None:
    study = await _clip(desk)
    desk.answer(Refused(Unreadable.DAMAGED, "", None))
    asked = asyncio.ensure_future(study.frame(0))
    await desk.asked_for([0, 0])
    desk.answer(Refused(Unreadable.DAMAGED, "", None))
    with pytest.raises(UnreadableFile):
        await asked
    await study.close()


async def test_a_study_opens_where_no_process_may_draw_from_it(desk: NoDecoder) -> None:
    class Refusing(NoDecoder):
        def ask(self, question: Question, size: int, digest: bytes, *, urgent: bool) -> Job:
            if isinstance(question, Render):
                raise UnreadableFile(Unreadable.STOPS_DECODER)
            return super().ask(question, size, digest, urgent=urgent)

    study = await _clip(Refusing())
    with pytest.raises(UnreadableFile):
        await study.frame(0)
    await study.close()


async def test_where_the_process_ends_over_it_it_is_drawn_when_asked_for(desk: NoDecoder) -> None:
    study = await _clip(desk)
    desk.asked[-1].answer.set_exception(DecoderStopped(StopReason.CRASHED))
    asked = asyncio.ensure_future(study.frame(0))
    await desk.asked_for([0, 0])
    desk.answer(Done())
    (await asked).release()
    await study.close()
